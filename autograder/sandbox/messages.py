"""What a guest tells: the functions it loaded, its problems, its replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.errors import Frame
from autograder.sandbox.text import clean

MAX_NAMES = 10_000


@dataclass(frozen=True)
class Handle:
    """A value that stays in the guest: a model, a function, a set, a generator."""

    id: int
    type_name: str
    callable: bool
    owner: object = field(repr=False)  # the guest; ids mean nothing in another one


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
    where   "line 12", or "cell 3, line 2".
    text    the line, trimmed to 120 characters, or the name.
    names   the functions that are lost by it.
    """

    kind: str
    where: str
    text: str
    message: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """What a submission defines, and what could not be run.

    remembers   the functions and classes that may keep something between two calls.
    """

    functions: Mapping[str, Function]
    names: tuple[str, ...]
    problems: tuple[Problem, ...]
    remembers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What a call returned.

    value     plain data with NumPy arrays, wire.Opaque for arrays of objects or strings, and
              a Handle for anything else, also nested.
    mutated   the arguments that changed in place: "0", "scale", "0['W1']".
    output    what was printed meanwhile.
    lenient   dict keys as the student wrote them, which were found in another case.
    """

    value: Any
    mutated: tuple[str, ...] = ()
    output: str = ""
    lenient: tuple[str, ...] = ()


def function_from(data: Mapping[str, Any]) -> Function:
    """A function as the guest describes it; raises KeyError, TypeError or ValueError."""
    parameters = tuple(
        Parameter(
            clean(p["name"], 80), clean(p["kind"], 20), bool(p["has_default"]), _default(p)
        )
        for p in data["parameters"]
    )
    return Function(
        clean(data["name"], 80), parameters, bool(data["signature_known"]), bool(data["empty"])
    )


def _default(data: Mapping[str, Any]) -> tuple[float | str, ...]:
    value = data.get("default")
    if type(value) is str:
        return (clean(value, 40),)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 63):
        return (value,)
    return ()


def problem_from(data: Mapping[str, Any]) -> Problem:
    """A problem as the guest describes it; raises KeyError, TypeError or ValueError."""
    kind, where, text, message = (
        clean(data[key], limit)
        for key, limit in (("kind", 20), ("where", 80), ("text", 120), ("message", 500))
    )
    return Problem(kind, where, text, message, texts_from(data["names"]))


def texts_from(values: Sequence[Any]) -> tuple[str, ...]:
    """Short texts, cleaned."""
    if not values:  # as nearly always
        return ()
    return tuple(clean(str(value), 120) for value in values[:MAX_NAMES])


def frames_from(frames: Sequence[Any]) -> tuple[Frame, ...]:
    """The lines of a traceback, cleaned; what is none is left out."""
    return tuple(
        Frame(*(clean(str(part), 200) for part in frame))
        for frame in frames
        if isinstance(frame, list) and len(frame) == 3
    )
