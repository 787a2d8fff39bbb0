"""From the answers of all cases to one ruling: credit, words and evidence. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.authoring import Expectation
from autograder.judging.compare import compare
from autograder.judging.gradient import Numeric, judge_gradient
from autograder.judging.outcome import Block, Outcome, Raised
from autograder.judging.words import describe, keys
from autograder.model import Evidence, Status

OWN_CONVENTION_CREDIT = 0.5  # right gradients of one's own, different cost
# What a probe holds in place of a student's value; Python's own words would name it.
_OURS = re.compile(r"\b(Foreign|Opaque|Remote|_Callable|Played|Taped)\b")

SHOWN = 2  # misses that are put into words; the table tells the points of the rest


@dataclass(frozen=True)
class Ruling:
    """How much of a check's points are earned (0..1), and what to say about it."""

    credit: float
    message: str = ""
    hint: str = ""
    evidence: tuple[Evidence, ...] = ()
    remarks: tuple[str, ...] = ()
    status: Status | None = None  # where the credit alone does not tell

    @property
    def said(self) -> Status:
        """The status, from the credit unless something else was said."""
        if self.status is not None:
            return self.status
        if self.credit >= 1:
            return Status.PASSED
        return Status.PARTIAL if self.credit > 0 else Status.FAILED


def rule_values(
    expected: Sequence[Any],
    answers: Sequence[Outcome],
    sizes: Sequence[Mapping[str, int]],
    name: str,
    last: Any,
    *,
    exact: bool = False,
) -> Ruling:
    """Compare each case's answer with the reference's.

    sizes   the lengths of each case's inputs, by what each is.
    name    the checked function, for the words.
    last    what the submission returned last: where the probe could do nothing with it, that
            is what to speak about.
    exact   whether more than was asked for is another answer.
    """
    cases = []
    for wanted, answer, lengths in zip(expected, answers, sizes, strict=False):
        if isinstance(answer, Raised):
            return rule_unusable(answer, last, name)
        if answer.value is None and wanted is not None:
            return Ruling(0.0, *returned_none(name))
        cases.append(compare(wanted, answer.value, sizes=lengths, exact=exact))
    ruling = _merged(cases)
    if last is None and ruling.credit < 1:
        message, hint = returned_none(name)
        return replace(ruling, message=message, hint=hint)
    return ruling


def rule_gradients(
    numeric: Sequence[Mapping[str, Numeric]],
    answers: Sequence[Outcome],
    sizes: Sequence[Mapping[str, int]],
    name: str,
    last: Any,
) -> Ruling:
    """Compare each case's analytic gradients with the numeric ones."""
    cases = []
    for wanted, answer, lengths in zip(numeric, answers, sizes, strict=False):
        if isinstance(answer, Raised):
            return rule_unusable(answer, last, name)
        cases.append(judge_gradient(wanted, answer.value, lengths))
    return _merged(cases)


def rule_requirements(
    expected: Sequence[Sequence[Expectation]], answers: Sequence[Sequence[Expectation]],
    stopped: str,
) -> Ruling:  # fmt: skip
    """Count the properties that hold in every case, if not all of them are of mere form.

    stopped   what is said of properties that the probe did not reach.
    """
    cases = []
    earning = [[line for line in each if line.earns] for each in expected]
    for wanted, found_lines in zip(earning, answers, strict=False):
        lines = [line for line in found_lines if line.earns]
        blocks = []
        for index, line in enumerate(wanted):
            if index >= len(lines):
                blocks.append(Block(line.what, 0.0, stopped))
            elif lines[index].holds:
                blocks.append(Block(line.what, 1.0))
            else:
                found = lines[index]
                saw = f" ({found.saw})" if found.saw else ""
                blocks.append(
                    Block(
                        found.what,
                        0.0,
                        f"This should hold, and does not: {found.what}{saw}.",
                        evidence=Evidence("", found.what, found.saw) if found.saw else None,
                    )
                )
        cases.append(tuple(blocks))
    ruling = _merged(cases)
    telling = [index for index, line in enumerate(earning[0]) if not line.form]
    if telling and not any(all(blocks[index].credit for blocks in cases) for index in telling):
        alone = "What holds is the form alone, which earns nothing by itself."
        held = alone if ruling.credit else ""
        return replace(ruling, credit=0.0, message=f"{ruling.message} {held}".strip())
    return ruling


def rule_threshold(reached: Sequence[float], at_least: float) -> Ruling:
    """The first draw passes at once; otherwise two of three."""
    passed = [value >= at_least for value in reached]
    if passed[0] or sum(passed) >= 2:
        return Ruling(1.0)
    values = " and ".join(f"{value:.3g}" for value in reached)
    in_tries = ", in tries with other draws," if len(reached) > 1 else ""
    return Ruling(
        0.0,
        f"It reached {values}{in_tries} where {at_least:.3g} is needed.",
        evidence=tuple(
            Evidence(f"try {number}", f"at least {at_least:.3g}", f"{value:.4g}")
            for number, value in enumerate(reached, 1)
        ),
    )


def rule_unusable(raised: Raised, last: Any, name: str) -> Ruling:
    """The probe could not go on with what came back."""
    if last is None:
        return Ruling(0.0, *returned_none(name))
    return Ruling(0.0, unusable(raised, last, name))


def unusable(raised: Raised, last: Any, name: str) -> str:
    """Why a probe could not go on with what came back, for the student."""
    if raised.type_name == "KeyError" and isinstance(last, Mapping):
        return f"{name} returned a dictionary without {raised.text}; it has {keys(last)}."
    why = "" if _OURS.search(raised.text) else f" ({raised.text})"
    return f"{name} returned {describe(last)}, which does not fit here{why}."


def returned_none(name: str) -> tuple[str, str]:
    """The message and the hint for a function that ends without `return`."""
    return (
        f"{name} returned None.",
        "A function gives back what stands after `return`; without it, Python returns None.",
    )


def _merged(cases: Sequence[Sequence[Block]]) -> Ruling:
    """A block is worth its lowest credit of all cases, and is told by the case that gave it."""
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
    return Ruling(
        credit,
        message,
        evidence=tuple(block.evidence for block in missed if block.evidence is not None),
        remarks=tuple(remarks),
    )


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
    return replace(ruling, remarks=tuple(dict.fromkeys((*ruling.remarks, *remarks))))
