"""A glance at compiled functions: whether they set more than what is their own.

Nearly all do not, and need no closer look (`memory`), which takes twenty times as long.
"""

from __future__ import annotations

import inspect
import opcode
import types
from collections.abc import Collection, Iterator

_ATTRIBUTES = frozenset(opcode.opmap[name] for name in ("STORE_ATTR", "DELETE_ATTR"))
_GLOBALS = frozenset(opcode.opmap[name] for name in ("STORE_GLOBAL", "DELETE_GLOBAL"))
_SETTING = _ATTRIBUTES | _GLOBALS
_LOCALS = frozenset(code for name, code in opcode.opmap.items() if name.startswith("LOAD_FAST"))
_STORES = frozenset(code for name, code in opcode.opmap.items() if "STORE_FAST" in name)
_TWO = frozenset(code for name, code in opcode.opmap.items() if name.count("_FAST") == 2)
_CACHE, _EXTENDED, _GLOBAL, _CELL, _STORE_CELL = (
    opcode.opmap[name]
    for name in ("CACHE", "EXTENDED_ARG", "LOAD_GLOBAL", "LOAD_DEREF", "STORE_DEREF")
)


def lasts(statement: types.CodeType, variables: Collection[str], names: frozenset[str]) -> bool:
    """True if a function in a statement of the top level may leave something behind.

    variables   global names that must not be asked for.
    names       of functions and attributes that must not be mentioned at all.
    """
    return any(
        not names.isdisjoint(code.co_names) or _closes_over(code) or _reaches(code, variables)
        for code in _functions(statement)
    )


def marks(statement: types.CodeType) -> bool:
    """True if a function of the top level, and no method, sets an attribute of something."""
    return any(
        not _ATTRIBUTES.isdisjoint(code.co_code[::2])
        for code in statement.co_consts
        if isinstance(code, types.CodeType) and code.co_flags & inspect.CO_OPTIMIZED
    )


def _functions(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _functions(constant)


def _closes_over(code: types.CodeType) -> bool:
    """True if a function uses names of one around it; comprehensions and `super()` may."""
    return not code.co_name.startswith("<") and not {"__class__"}.issuperset(code.co_freevars)


def _reaches(code: types.CodeType, variables: Collection[str]) -> bool:
    """True if it sets a global or an attribute, or asks for one of the variables.

    An attribute of an argument is that object's own; another local name may stand for anything.
    """
    raw = code.co_code
    if _SETTING.isdisjoint(raw[::2]) and frozenset(code.co_names).isdisjoint(variables):
        return False  # nearly all
    own = _LOCALS if code.co_freevars else _LOCALS | {_CELL}
    before = argument = last = 0
    for operation, low in zip(raw[::2], raw[1::2], strict=True):
        if operation == _CACHE:
            continue
        last, argument = argument, (argument << 8 if before == _EXTENDED else 0) | low
        asks = operation == _GLOBAL and code.co_names[argument >> 1] in variables
        sets = operation in _ATTRIBUTES and not (
            before in own and _is_argument(code, last & 15 if before in _TWO else last)
        )
        if asks or sets or operation in _GLOBALS:
            return True
        before = operation
    return False


def _is_argument(code: types.CodeType, place: int) -> bool:
    """True if the local name at this place is a parameter that is never bound again."""
    flags = code.co_flags
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(flags & inspect.CO_VARARGS) + bool(flags & inspect.CO_VARKEYWORDS)
    if place >= count:
        return False
    stored = set()
    for operation, low in zip(code.co_code[::2], code.co_code[1::2], strict=True):
        if operation in _STORES:
            stored |= {low >> 4, low & 15} if operation in _TWO else {low}
        elif operation == _STORE_CELL:
            stored.add(low)
    return place not in stored
