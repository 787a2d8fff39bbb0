"""Figures compared by what is drawn in them, and put into words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.authoring import Axes, Figure
from autograder.judging.closeness import is_close
from autograder.judging.leeway import Leeway
from autograder.judging.outcome import Block

_NAMES = {"title": "title", "x": "label of the x axis", "y": "label of the y axis"}
MOST_LINES = 40  # that are counted


def compare_figures(wanted: Figure, found: Figure, rules: Leeway, what: str) -> Iterator[Block]:
    """A block for each text and each kind of thing that the reference draws."""
    ours, theirs = wanted.axes, found.axes
    lost = ""
    if not theirs and ours:
        lost = "Nothing is drawn."
    elif len(ours) != len(theirs):
        lost = f"{_count(len(theirs))} drawn on; {len(ours)} needed."
    for number, due in enumerate(ours, 1):
        of = f" of axes {number}" if len(ours) > 1 else ""
        for name, message in _differences(
            due, None if lost else theirs[number - 1], wanted, rules
        ):
            said = lost or (message and f"{message}{of}.")
            yield Block(f"{name}{of}", 0.0 if said else 1.0, said)


def _differences(
    due: Axes, found: Axes | None, figure: Figure, rules: Leeway
) -> Iterator[tuple[str, str]]:
    """Everything the reference draws on one axes, each with what is wrong with it, or ""."""
    for field, name in _NAMES.items():
        if text := getattr(due, field):
            yield (
                f"the {name}",
                (found and _text(name, text, getattr(found, field), figure)) or "",
            )
    if due.legend:
        yield "the legend", (found and _legend(due.legend, found.legend, figure)) or ""
    if due.lines:
        yield "the lines", _lines(due.lines, found.lines, rules) if found else ""
    for field, name in (("points", "points"), ("bars", "bars"), ("image", "image")):
        ours = getattr(due, field)
        if ours is not None and ours.size:
            yield (
                f"the {name}",
                _arrays(name, ours, getattr(found, field), rules) if found else "",
            )


def _text(name: str, due: str, found: str, figure: Figure) -> str:
    if not found:
        return f"There is no {name}"
    if figure.words and _folded(due) != _folded(found):
        return f"The {name} is {found[:60]!r}; {due[:60]!r} is needed"
    return ""


def _legend(due: tuple[str, ...], found: tuple[str, ...], figure: Figure) -> str:
    if not found:
        return "There is no legend"
    if figure.words and sorted(map(_folded, due)) != sorted(map(_folded, found)):
        return f"The legend says {', '.join(found)[:60]!r}; {', '.join(due)[:60]!r} is needed"
    return ""


def _lines(due: tuple[Any, ...], found: tuple[Any, ...], rules: Leeway) -> str:
    """Each line is compared with one that fits, whatever the order; else with what is left."""
    if len(due) != len(found):
        many = f"more than {MOST_LINES}" if len(found) > MOST_LINES else len(found)
        return f"{many} line{'s' * (len(found) != 1)} drawn; {len(due)} needed"
    left = list(found)
    missed = []
    for number, ours in enumerate(due, 1):
        place = next((n for n, each in enumerate(left) if _fits(ours, each, rules)), None)
        if place is None:
            missed.append((number, ours))
        else:
            del left[place]
    for (number, ours), theirs in zip(missed, left, strict=True):
        return _arrays(f"line {number}" if len(due) > 1 else "the line", ours, theirs, rules)
    return ""


def _fits(due: Any, found: Any, rules: Leeway) -> bool:
    """True if the numbers are close: of places and values each, which have their own units."""
    if due.shape != found.shape:
        return False
    if due.ndim != 2 or due.shape[1] != 2:
        return is_close(due, found, rules.allowed("", due))
    pairs = zip(due.T, found.T, strict=True)
    return all(is_close(one, other, rules.allowed("", one)) for one, other in pairs)


def _arrays(name: str, due: Any, found: Any, rules: Leeway) -> str:
    subject = name if name.startswith("the ") else f"the {name}"
    subject = name.capitalize() if name.startswith("line ") else subject.capitalize()
    if found is None or not found.size:
        return f"There is none of the {name}" if name != "image" else "There is no image"
    if due.shape != found.shape:
        return f"{subject}: {len(found)} in place of {len(due)} are drawn"
    if _fits(due, found, rules):
        return ""
    if due.ndim != 2 or due.shape[1] != 2:
        return f"{subject} has other numbers"
    place = _worst(np.nan_to_num(due), np.nan_to_num(found))
    ours, theirs = (", ".join(f"{n:.6g}" for n in row[place]) for row in (due, found))
    verb = "go" if name.endswith("s") else "goes"
    return f"{subject} {verb} through ({theirs}); ({ours}) is right"


@np.errstate(all="ignore")
def _worst(due: Any, found: Any) -> int:
    """The row that is furthest off, by the size of its column."""
    gap = np.abs(due - found) / np.maximum(np.abs(due).max(axis=0), 1e-300)
    return int(np.argmax(gap.max(axis=1)))


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _count(number: int) -> str:
    return f"{number} pair{'s' * (number != 1)} of axes {'is' if number == 1 else 'are'}"
