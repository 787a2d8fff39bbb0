"""A guest's messages: the functions it loaded, its problems, its replies."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from autograder.errors import BrokenProtocol, StackFrame
from autograder.sandbox.text import clean

MAX_NAMES = 10_000
MAX_PARAMETERS = 100  # of one function
MAX_CHANGES = 20  # of arguments, that are spoken about
MAX_FIXES = 80  # small changes of functions, that are tried
MAX_LINES = 20  # of a traceback

# Why a value cannot be used, in the words of `wire` and `guest`, and in no others.
# Compiled when first asked about, since that takes longer than the rest of this module.
_REASON = (
    r"which could not be read"
    r"|which is nested deeper than \d+ levels"
    r"|which is too big"
    r"|which is too big: its text has more than \d+ million characters"
    r"|which is too big: it (?:has|holds) (?:more than [\d,.]+"
    r" (?:items|(?:keys|members of sets) that are not strings|arrays|MB of arrays"
    r"|million numbers)"
    r"|an integer of more than [\d,]+ digits|an array of the shape \([\d, ]*\))"
    r"|`[\w.]{1,80}` is an? \w{1,80}, not a function"
)


@dataclass(frozen=True)
class Handle:
    """A value that stays in the guest: a model, a function, a set, a generator."""

    id: int
    type_name: str
    callable: bool
    owner: object = field(repr=False)  # the guest; ids mean nothing in another one


_LEAVES = frozenset({float, int, str, bool, type(None)})


def holds_handle(value: Any) -> bool:
    """True if there is a handle in a value, at whatever depth."""
    kind = type(value)
    if kind in _LEAVES or kind.__module__ == "numpy":  # whose arrays hold numbers and texts
        return False
    if isinstance(value, (list, tuple, set, frozenset, deque)):
        return any(map(holds_handle, value))
    if isinstance(value, (dict, Mapping)):
        return any(map(holds_handle, value.values()))
    return isinstance(value, Handle)


@dataclass(frozen=True)
class Parameter:
    """One parameter; `kind` is positional, var_positional, keyword_only or var_keyword.

    default   its one default, where that is a number or a short text.
    """

    name: str
    kind: str
    has_default: bool
    default: tuple[float | str, ...] = ()


@dataclass(frozen=True)
class Function:
    """A function or class that the submission defines.

    empty   its body is only a docstring, pass, ..., return None or NotImplementedError.
    """

    name: str
    parameters: tuple[Parameter, ...]
    signature_known: bool
    empty: bool


@dataclass(frozen=True)
class Problem:
    """Something in the file that could not be run or read.

    kind    syntax, raised, missing_module, slow, exited, inessential, import, magic, shim,
            repaired, plotting, redefined, copy.
    where   "line 12", or "cell 3, line 2"; "" where no line is meant.
    text    the line, trimmed to 120 characters, or the name of what is gone.
    names   the functions that are lost by it.
    """

    kind: str
    where: str
    text: str
    message: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """The definitions of a submission, and what could not be run.

    remembers   the functions and classes that may keep something between two calls.
    """

    functions: Mapping[str, Function]
    names: tuple[str, ...]
    problems: tuple[Problem, ...]
    remembers: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallResult:
    """The value that a call returned.

    value     plain data with NumPy arrays, wire.Opaque for arrays of objects or strings, and
              a Handle for anything else, also nested.
    mutated   the arguments that changed in place, some of them: "0", "scale", "0['W1']".
    output    what was printed meanwhile.
    lenient   dict keys as the student wrote them, which were found in another case.
    matrix    whether an np.matrix is in it, which travels as an array.
    """

    value: Any
    mutated: tuple[str, ...] = ()
    output: str = ""
    lenient: tuple[str, ...] = ()
    matrix: bool = False


class _Parameter(msgspec.Struct):
    name: str
    kind: str
    has_default: bool
    default: Any = None


class _Function(msgspec.Struct):
    name: str
    parameters: list[_Parameter]
    signature_known: bool
    empty: bool


class _Problem(msgspec.Struct):
    kind: str
    where: str
    text: str
    message: str
    names: list[str]


class _Fields(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """The fields of a message in their order, no more and no less."""


class Value(_Fields):
    """The value of a call, an attribute or an item."""

    value: Any
    mutated: list[str]
    lenient: list[str]
    matrix: bool = False


class Done(_Fields):
    """It is done, and there is nothing to tell."""


class ErrorMessage(_Fields):
    """An exception, its traceback, the names of each np.matrix there, and of its classes."""

    type_name: str
    text: str
    frames: list[tuple[str, str, str]]
    matrices: list[str] = []
    kinds: list[str] = []


class Memory(_Fields):
    """It asked for more memory than there is."""


class Named(_Fields):
    """A function that is missing, or why a value cannot be used."""

    text: str


class Unwritten(_Fields):
    """A function that is not attempted, and where it says so."""

    name: str
    where: str


class Changes(_Fields):
    """Small changes of functions: of each its kind, its line, and pieces of code."""

    changes: list[list[str]]


class Contents(_Fields):
    """The content of a submission, once it is loaded."""

    problems: list[_Problem]
    functions: list[_Function]
    names: list[str]
    remembers: list[str]

    def loaded(self, left_out: Iterable[Problem]) -> Loaded:
        """In our own words, with what was left out before."""
        functions = map(_function, self.functions[:MAX_NAMES])
        problems = map(_problem, self.problems[:MAX_NAMES])
        return Loaded(
            {function.name: function for function in functions},
            texts_from(self.names),
            (*left_out, *problems),
            texts_from(self.remembers),
        )


class Loading(_Fields):
    """The statement that is loaded now: its file name and line."""

    filename: str
    line: int


class Importing(_Fields):
    """The beginning or the end of an import."""

    begins: bool


class AskedPart(_Fields):
    """A call to a part, which the host may answer."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


Message = (
    Value
    | Done
    | ErrorMessage
    | Memory
    | Named
    | Unwritten
    | Changes
    | Contents
    | Loading
    | Importing
    | AskedPart
)
_KINDS: Mapping[str, type[Message]] = {
    "value": Value,
    "done": Done,
    "loaded": Contents,
    "raised": ErrorMessage,
    "memory": Memory,
    "missing": Named,
    "not_attempted": Unwritten,
    "changes": Changes,
    "unusable": Named,
    "at": Loading,
    "importing": Importing,
    "ask": AskedPart,
}


def message_from(kind: str, body: Any) -> Message:
    """A guest's message, each field of the type that it must have.

    This is the only door for it. Raises BrokenProtocol.
    """
    try:
        return msgspec.convert(body, _KINDS[kind])
    except KeyError:
        raise BrokenProtocol("a message of an unknown kind") from None
    except msgspec.ValidationError as error:
        raise BrokenProtocol(f"a malformed message: {error}") from error


def _function(data: _Function) -> Function:
    parameters = tuple(
        Parameter(clean(p.name, 80), clean(p.kind, 20), p.has_default, _default(p.default))
        for p in data.parameters[:MAX_PARAMETERS]
    )
    return Function(clean(data.name, 80), parameters, data.signature_known, data.empty)


def _default(value: Any) -> tuple[float | str, ...]:
    if type(value) is str:
        return (clean(value, 40),)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 63):
        return (value,)
    return ()


def _problem(data: _Problem) -> Problem:
    return Problem(
        clean(data.kind, 20),
        clean(data.where, 80),
        clean(data.text, 120),
        clean(data.message, 500),
        texts_from(data.names),
    )


def texts_from(values: Sequence[str], most: int = MAX_NAMES) -> tuple[str, ...]:
    """Short texts, cleaned."""
    if not values:  # as nearly always
        return ()
    return tuple(clean(value, 120) for value in values[:most])


def is_a_reason(text: str) -> bool:
    """True if a guest says in our own words why a value cannot be used.

    It could say anything, and a student's words would pass for the grader's.
    """
    return re.fullmatch(_REASON, text) is not None


def frames_from(frames: Sequence[tuple[str, str, str]]) -> tuple[StackFrame, ...]:
    """The last lines of a traceback, cleaned."""
    return tuple(
        StackFrame(*(clean(part, 200) for part in frame)) for frame in frames[-MAX_LINES:]
    )
