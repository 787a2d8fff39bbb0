"""Looks at a call (what it printed, raised, changed), compared and put into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

import numpy as np

from autograder.authoring import Changed, Estimator, Figure, Printed, Raises, Seen
from autograder.judging.closeness import TOLERANCE, same
from autograder.judging.estimators import compare_estimators
from autograder.judging.figures import compare_figures
from autograder.judging.leeway import Leeway
from autograder.judging.outcome import Block
from autograder.judging.words import describe
from autograder.model import Evidence

_NUMBER = r"[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?"
LONGEST = 20_000  # characters of a line that is looked at word by word
WORD = 400  # characters of a word in which numbers are looked for
SHOWN = 80


def compare_printed(
    wanted: Printed, found: Printed, rules: Leeway, what: str
) -> Iterator[Block]:
    """One block: the first line that differs, or how many lines there are."""
    due, lines = wanted.lines, found.lines
    evidence = Evidence("", _shown(wanted.text), _shown(found.text))
    if not found.text.strip() and wanted.text.strip():
        message = "Nothing is printed."
        if found.returned and _are_alike(wanted.text, found.returned, False):
            message = "The text is returned, and not printed. Use print(...)."
        yield Block("", 0.0, message, evidence=evidence)
        return
    for number, (one, other) in enumerate(zip_longest(due, lines), 1):
        if one is None:
            more = len(lines) - len(due)
            said = f"Line {number} is printed, {_quoted(other)}, and is not asked for."
            if more > 1:
                said = f"{more} more lines are printed than are asked for, from line {number}."
            yield Block("", 0.0, said, evidence=evidence)
            return
        if other is None:
            said = f"Line {number} is missing: {_quoted(one)}."
            yield Block("", 0.0, said, evidence=evidence)
            return
        if not _are_alike(one, other, rules.exact):
            said = f"Line {number} is printed as {_quoted(other)}; {_quoted(one)} is right."
            yield Block("", 0.0, said, evidence=evidence)
            return
    yield Block("", 1.0)


def compare_raised(wanted: Raises, found: Raises, rules: Leeway, what: str) -> Iterator[Block]:
    """One block: whether the exception is the one that is due."""
    if found.holds:
        yield Block("", 1.0)
        return
    subject = "the call" if what == "the answer" else what
    if not found.name:
        gave = describe(found.returned)
        message = f"{subject} raises nothing, and returns {gave}; {wanted.due} is needed."
    elif wanted.says and found.name == wanted.due:
        message = (
            f"{subject} raises {found.name}, and its text does not say {wanted.says!r}: "
            f"{_quoted(found.text)}."
        )
    else:
        message = f"{subject} raises {found.name}; {wanted.due} is needed."
    yield Block("", 0.0, message)


def is_looked_at(answer: Any) -> bool:
    """True if an answer tells of a call beside what it returned."""
    if isinstance(answer, Mapping):
        return any(map(is_looked_at, answer.values()))
    if isinstance(answer, tuple | list):
        return any(map(is_looked_at, answer))
    return isinstance(answer, Seen)


def raised_in(value: Any) -> Iterator[Raises]:
    """The exceptions that an answer consists of."""
    if isinstance(value, np.ndarray):  # told apart sooner than a mapping
        return
    if isinstance(value, Raises):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from raised_in(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from raised_in(item)


def said_of_unchanged(wanted: Changed, found: Changed) -> str:
    """The message for an argument that is as it was before the call; "" where it is not so."""
    if not same(found.after, found.before) or same(wanted.after, wanted.before):
        return ""
    said = "The argument is as it was before the call."
    if same(found.returned, wanted.after):
        return f"{said} What is returned is right; change the argument itself."
    return f"{said} Change the argument itself, and not a copy of it."


def _are_alike(wanted: str, found: str, exact: bool) -> bool:
    if wanted == found:
        return True
    if exact or len(found) > LONGEST:
        return False
    one, other = wanted.split(), found.split()
    return len(one) == len(other) and all(map(_are_words_alike, one, other))


def _are_words_alike(wanted: str, found: str) -> bool:
    """The same text, in which numbers with a point may differ in their last digits."""
    if wanted == found:
        return True
    if len(found) > WORD:
        return False
    ours, theirs = re.findall(_NUMBER, wanted), re.findall(_NUMBER, found)
    return (
        bool(ours)
        and len(ours) == len(theirs)
        and re.split(_NUMBER, wanted) == re.split(_NUMBER, found)
        and all(
            abs(float(a) - float(b)) <= TOLERANCE * abs(float(a))
            for a, b in zip(ours, theirs, strict=True)
        )
    )


def _quoted(text: str) -> str:
    text = " ".join(text.split()) if len(text) > SHOWN else text
    return repr(text[:SHOWN] + ("…" if len(text) > SHOWN else ""))


def _shown(text: str) -> str:
    return text.strip("\n")[:400] or "nothing"


LOOKS: Mapping[type, Callable[[Any, Any, Leeway, str], Iterator[Block]]] = {
    Printed: compare_printed,
    Raises: compare_raised,
    Figure: compare_figures,
    Estimator: compare_estimators,
}
