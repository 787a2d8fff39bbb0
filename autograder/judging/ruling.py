"""From the answers of all cases to one ruling: credit, words and evidence. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msgspec import UNSET, UnsetType

from autograder.judging.outcome import Block, Raised
from autograder.judging.words import describe, keys
from autograder.model import Evidence, Status

# What a probe holds in place of a student's value; Python's own words would name it.
_OURS = re.compile(r"\b(Foreign|Opaque|Remote|Called|Played|Taped)\b")

SHOWN = 2  # misses that are put into words; the table tells the points of the rest


@dataclass(frozen=True)
class Ruling:
    """The share of a check's points that is earned (0..1), and what to say about it."""

    credit: float
    message: str = ""
    hint: str = ""
    evidence: tuple[Evidence, ...] = ()
    remarks: tuple[str, ...] = ()
    status: Status | None = None  # where the credit alone does not tell
    answer: str = ""  # a digest of what came, for a wrong answer
    number: float | UnsetType = UNSET  # that was measured on data held out

    @property
    def said(self) -> Status:
        """The status, from the credit unless something else was said."""
        if self.status is not None:
            return self.status
        if self.credit >= 1:
            return Status.PASSED
        return Status.PARTIAL if self.credit > 0 else Status.FAILED


def rule_unusable(raised: Raised, last: Any, name: str) -> Ruling:
    """The probe could not go on with what came back."""
    if last is None:
        return Ruling(0.0, *returned_none(name))
    return Ruling(0.0, unusable(raised, last, name))


def unusable(raised: Raised, last: Any, name: str) -> str:
    """The reason why a probe could not go on with what came back, for the student."""
    if raised.type_name == "KeyError" and isinstance(last, Mapping):
        return f"{name} returned a dictionary without {raised.text}; it has {keys(last)}."
    why = "" if _OURS.search(raised.text) else f" ({raised.text})"
    return f"{name} returned {describe(last)}, which does not fit here{why}."


def returned_none(name: str) -> tuple[str, str]:
    """The message and the hint for a function that ends without `return`."""
    return (
        f"{name} returned None.",
        "A function gives back what stands after `return`. Without it, and where a call "
        "stands there that gives nothing back, Python returns None.",
    )


def merged(
    cases: Sequence[Sequence[Block]], weights: Mapping[str, float] | None = None
) -> Ruling:
    """A block is worth its lowest credit of all cases, and is told by the case that gave it.

    weights   of the keys of an answer that is a dictionary; else all blocks earn alike.
    """
    if not weights and any(cases) and all(map(_are_right, cases)):
        return Ruling(1.0)
    places: dict[tuple[int, str], list[Block]] = {}
    remarks: dict[str, None] = {}
    for blocks in cases:
        for index, block in enumerate(blocks):
            places.setdefault((index, block.where), []).append(block)
            if block.remark:
                remarks[block.remark] = None
    worst = {
        place: min(_agreeing(blocks), key=lambda block: block.credit)
        for place, blocks in places.items()
    }
    missed = [block for block in worst.values() if block.credit < 1]
    messages = list(dict.fromkeys(block.message for block in missed))
    message = " ".join(messages[:SHOWN])
    if len(messages) > SHOWN:
        others = len(messages) - SHOWN
        message += f" And {others} more differ{'s' if others == 1 else ''}."
    credit = sum(block.credit for block in worst.values()) / len(worst) if worst else 0.0
    if weights and worst:
        credit = _weighted(list(worst.values()), weights)
    return Ruling(
        credit,
        message,
        evidence=tuple(block.evidence for block in missed if block.evidence is not None),
        remarks=tuple(remarks),
    )


def _are_right(blocks: Sequence[Block]) -> bool:
    """True if nothing is missed and nothing to be remarked, as of most answers."""
    for block in blocks:  # noqa: SIM110  a generator would take twice as long
        if block.credit < 1 or block.remark:
            return False
    return True


def _weighted(blocks: Sequence[Block], weights: Mapping[str, float]) -> float:
    """The credit where each key has its own weight, shared by the blocks below it."""
    below: dict[str, list[float]] = {key: [] for key in weights}
    for block in blocks:
        for key in weights:
            if block.where == key or block.where.endswith(f" in {key}"):
                below[key].append(block.credit)
                break
    total = sum(weights[key] for key, credits in below.items() if credits)
    earned = (weights[key] * sum(c) / len(c) for key, c in below.items() if c)
    return sum(earned) / total if total else 0.0


def _agreeing(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of one place, where a constant counts only if every case shows it."""
    if not any(block.constants for block in blocks):
        return blocks
    shared = set.intersection(*(set(block.constants) for block in blocks))
    found = next((reason for reason in blocks[0].constants if reason in shared), None)
    return [
        block
        if not block.constants
        else replace(block, credit=0.0, message=block.otherwise)
        if found is None
        else replace(block, message=block.constants[found])
        for block in blocks
    ]


def with_remarks(ruling: Ruling, remarks: Sequence[str]) -> Ruling:
    """The ruling, with more to remark."""
    if not remarks:
        return ruling
    return replace(ruling, remarks=tuple(dict.fromkeys((*ruling.remarks, *remarks))))
