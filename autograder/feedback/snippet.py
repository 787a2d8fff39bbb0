"""A case of a check as a short program, for a student to run and change.

Its inputs are written out. What came back, what was printed and what is right are comments.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.judging.closeness import as_array, is_structure, same
from autograder.judging.words import describe, noun
from autograder.sandbox.host.messages import Handle
from autograder.solution.heard import Attribute, Call
from autograder.wording import visible

INLINE = 20  # characters of a value up to which it stands in the call itself
MOST = 20_000  # numbers of an array that is written out
LINES = 30  # of one comment
DIFFER = 6  # places that are named


def snippet(
    heading: Sequence[str],
    events: Sequence[Call | Attribute],
    *,
    file: str = "",
    answer: Any = None,
    expected: Any = None,
    seed: int | None = None,
) -> str:
    """The text of a program that asks a submission what a check has asked it.

    heading    sentences for its first lines.
    events     what the check called and set, in order.
    file       the submission's path, to be run; "" where its functions are there already.
    answer     what the check got, and `expected` what is right; None to leave both out.
    seed       of NumPy's generator; None where nothing is drawn from it.
    """
    compared = _compared(answer, expected) if expected is not None else []
    program = _Program()
    for event in events:
        program.add(event, said=not compared or event is not events[-1])
    said = [*heading]
    if any(one.size > MOST for event in events for one in _arrays(_given(event))):
        said.append(f"Arrays of more than {MOST:,} numbers are too long, and are zeros here.")
    lines = [*_comment("\n".join(said)), "", "import numpy as np"]
    if file:
        lines[-1:] = ["import runpy", "", "import numpy as np", ""]
        lines.append(f"mine = runpy.run_path({file!r})")
        lines += [f'{name} = mine["{name}"]' for name in program.functions]
    lines += [] if seed is None else ["", f"np.random.seed({seed})"]
    lines += ["", *program.lines, *compared]
    return "\n".join(lines).rstrip("\n") + "\n"


@dataclass
class _Program:
    """The lines so far, and what the names in them stand for."""

    lines: list[str] = field(default_factory=list)
    functions: dict[str, None] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)  # an expression, by the value's text
    _objects: dict[int, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def add(self, event: Call | Attribute, *, said: bool) -> None:
        """Add a call or a setting; one of an object that nobody knows is left out.

        said   whether to say what a call gave.
        """
        if event.on is not None and event.on.id not in self._objects:
            return
        on = f"{self._objects[event.on.id]}." if event.on is not None else ""
        if not _is_name(event.name):
            return
        if isinstance(event, Attribute):
            self.lines.append(f"{on}{event.name} = {self._expression(event.value, event.name)}")
            return
        if not on:
            self.functions[event.name] = None
        names = [*event.names, *event.kwargs]
        values = [*event.args, *event.kwargs.values()]
        given = [
            self._expression(value, name or "argument")
            for name, value in zip(names, values, strict=True)
        ]
        for place, name in enumerate(event.kwargs, len(event.args)):
            given[place] = f"{name}={given[place]}"
        call = f"{on}{event.name}({', '.join(given)})"
        self._take(event, call, said=said)

    def _take(self, event: Call, call: str, *, said: bool) -> None:
        kind = event.value.type_name.lower() if isinstance(event.value, Handle) else ""
        name = self._new(kind if kind and _is_name(kind) else "answer")
        self.lines.append(f"{name} = {call}")
        if isinstance(event.value, Handle):
            self._objects[event.value.id] = name
        elif not event.raised:
            self.lines.append(f"print({name})")
            for text, expression in _leaves(event.value, name):
                self._known.setdefault(text, expression)
        self.lines += [*_told(event, said=said), ""]

    def _expression(self, value: Any, name: str) -> str:
        if isinstance(value, Handle):
            return self._objects.get(value.id, "...")
        text = _literal(value)
        if len(text) <= INLINE:
            return text
        if text not in self._known:
            self._known[text] = self._new(name if _is_name(name) else "argument")
            self.lines.append(f"{self._known[text]} = {text}")
        return self._known[text]

    def _new(self, name: str) -> str:
        """A name that stands for nothing yet."""
        found, number = name, 1
        while found in self._taken or found in self.functions or found in ("np", "mine"):
            number += 1
            found = f"{name}{number}"
        self._taken.add(found)
        return found


def _is_name(text: str) -> bool:
    """True if it may stand in a program; a submission has chosen it."""
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)


def _literal(value: Any) -> str:
    """The value as Python writes it; ... where it cannot be written down."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, Mapping):
        items = [f"{key!r}: {_literal(item)}" for key, item in value.items()]
        inner = ",\n    ".join(item.replace("\n", "\n    ") for item in items)
        return f"{{\n    {inner},\n}}" if items else "{}"
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, float) and not np.isfinite(value):
        return f"float('{value}')"
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return repr(value)
    return "..."


def _given(event: Call | Attribute) -> Any:
    return event.value if isinstance(event, Attribute) else [*event.args, event.kwargs]


def _arrays(value: Any) -> Iterator[np.ndarray]:
    """The arrays in a value, at whatever depth."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _arrays(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _arrays(item)


def _array(array: np.ndarray) -> str:
    if not 0 < array.size <= MOST or array.dtype.kind not in "biufc":
        return f"np.zeros({array.shape})"
    with np.printoptions(threshold=MOST + 1, nanstr="np.nan", infstr="np.inf", linewidth=88):
        numbers = np.array2string(array, separator=", ", floatmode="unique", prefix="np.array(")
    usual = array.dtype in (np.float64, np.int64, np.bool_)
    return f"np.array({numbers}{'' if usual else f', dtype=np.{array.dtype}'})"


def _leaves(value: Any, expression: str) -> Iterator[tuple[str, str]]:
    """The texts of a result and of its parts, and how each is reached."""
    yield _literal(value), expression
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _leaves(item, f"{expression}[{place}]")
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{expression}[{key!r}]")


def _told(call: Call, *, said: bool) -> list[str]:
    """The outcome of a call, in comments."""
    lines: list[str] = []
    if call.raised:
        lines += _comment(f"{call.name} stopped with {call.raised}")
        for frame in call.frames:
            mark = ">" if frame is call.frames[-1] else " "
            lines += _comment(f"{mark} {frame.where}, in {frame.function}: {frame.text}")
    elif said and not isinstance(call.value, Handle):
        lines += ["# It gave:", *_comment(_matrix(call.value), "#   ")]
    if call.printed.strip():
        lines += ["# It printed:", *_comment(call.printed.rstrip("\n"), "#   ")]
    return lines


def _compared(answer: Any, expected: Any) -> list[str]:
    """Each part that is not right, beside what is."""
    said: list[str] = []
    for path, mine, right in _differing(answer, expected, ()):
        name = noun(path)
        said += [*_comment(f"In {name}, the check got:"), *_comment(_matrix(mine), "#   ")]
        said += ["# Right is:", *_comment(_matrix(right), "#   ")]
        ours, theirs = as_array(mine), as_array(right)
        if ours is not None and theirs is not None and ours.shape == theirs.shape != ():
            with np.errstate(all="ignore"):
                places = np.argwhere(~np.isclose(ours, theirs, rtol=1e-6, atol=1e-9))
            first = ", ".join(str(place.tolist()) for place in places[:DIFFER])
            said.append(f"# They differ in {len(places)} of {ours.size} places: {first}")
    return said


def _differing(
    mine: Any, right: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    if isinstance(mine, Mapping) and isinstance(right, Mapping):
        for key in right:
            if key in mine:
                yield from _differing(mine[key], right[key], (*path, str(key)))
            else:
                yield (*path, str(key)), None, right[key]
    elif is_structure(mine) and is_structure(right) and len(mine) == len(right):
        for place, (one, other) in enumerate(zip(mine, right, strict=True)):
            yield from _differing(one, other, (*path, place))
    elif not same(mine, right):
        yield path, mine, right


def _matrix(value: Any) -> str:
    """A value for a reader: matrices as matrices, and of large ones the corners."""
    array = as_array(value)
    if array is not None and array.ndim:
        shape = f"shape {array.shape}\n"
        return shape + np.array2string(array, precision=7, threshold=150, max_line_width=84)
    if isinstance(value, Mapping):
        return "\n".join(f"{key!r}: {_matrix(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return "\n".join(map(_matrix, value))
    plain = isinstance(value, (bool, int, float, str, np.generic))
    return str(value) if plain else describe(value)


def _comment(text: str, mark: str = "# ") -> list[str]:
    """Text from anywhere as comments, if it is not too long: no character of it can end one."""
    lines = text.split("\n")
    more = [f"and {len(lines) - LINES} lines more"] if len(lines) > LINES else []
    return [(mark + visible(line)).rstrip() for line in [*lines[:LINES], *more]]
