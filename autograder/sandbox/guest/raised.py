"""An exception of a submission as plain data: its name, its text, the student's own lines."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping
from typing import Any

from numpy import matrix

from autograder.sandbox.guest import loading

MAX_FRAMES = 20
MAX_KINDS = 12
MAX_MATRICES = 8

# A student knows the class MLP, and not the module that it is in here.
_OUR_MODULE = re.compile(r"(<class '|<)submission\.(?=\w)")

# Bound here, so that a submission which patches these cannot reach them.
_type_name = type.__dict__["__name__"].__get__
_module_name = type.__dict__["__module__"].__get__
_ancestors = type.__dict__["__mro__"].__get__

_PYTHONS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)

Lines = Mapping[str, list[str]]  # the source as it was handed in, by file name


def described(error: BaseException, request: str, lines: Lines) -> tuple[str, Any]:
    """The kind and the fields of the reply to a request that ended with `error`."""
    kind = type(error)
    if issubclass(kind, MemoryError):
        return "memory", []
    found = frames(error, lines)
    inside = bool(found) and _is_last(error, lines)
    if issubclass(kind, NotImplementedError) and request == "call" and inside:
        where, function, _ = found[-1]
        return "not_attempted", [function, where]
    names = [_called(known) for known in _ancestors(kind)[:MAX_KINDS]]
    return "raised", [_error_name(kind), _text(error), found, _matrices(error, lines), names]


def frames(error: BaseException, lines: Lines) -> list[list[str]]:
    """Its way through the submission: the place, the function, the text of the line."""
    found = []
    for filename, line, function in _walk(error):
        if filename in lines:
            source = lines[filename]
            text = source[line - 1].strip()[:200] if 0 < line <= len(source) else ""
            where = f"line {line}" if filename == loading.SCRIPT else f"{filename}, line {line}"
            found.append([where, function, text])
    return found[-MAX_FRAMES:]


def place_of(where: str) -> tuple[str, int] | None:
    """The file and the line of a place in words, as a frame says it."""
    found = re.match(r"(?:(.*), )?line (\d+)$", where, re.DOTALL)
    return (found[1] or loading.SCRIPT, int(found[2])) if found else None


def _is_last(error: BaseException, lines: Lines) -> bool:
    return [filename for filename, _, _ in _walk(error)][-1] in lines


def _walk(error: BaseException) -> Iterator[tuple[str, int, str]]:
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        yield code.co_filename, step.tb_lineno or 0, code.co_qualname
        step = step.tb_next


def _matrices(error: BaseException, lines: Lines) -> list[str]:
    """The names of each np.matrix in the last of the submission's functions that it left."""
    found: list[str] = []
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in lines:
            known = dict.items(step.tb_frame.f_locals)
            found = [name for name, value in known if type(value) is matrix]
        step = step.tb_next
    return found[:MAX_MATRICES]


def _error_name(kind: type) -> str:
    """The name of an exception: an own kind of ValueError is a ValueError."""
    if _module_name(kind) == loading.SCRIPT:
        for known in _ancestors(kind):
            if known is Exception or known is BaseException:
                break  # too general to tell anything
            if _module_name(known) == "builtins":
                kind = known
                break
    return _called(kind)


def _called(kind: type) -> str:
    """The name of a class; one that a submission calls as Python's is another one."""
    name: str = _type_name(kind)
    shadows = name in _PYTHONS and _module_name(kind) == loading.SCRIPT
    return f"{name} of its own" if shadows else name


def _text(error: BaseException) -> str:
    try:
        text = str(error)[:500]
    except BaseException:  # its __str__ is the student's, and may raise anything
        return ""
    return _OUR_MODULE.sub(r"\1", text)
