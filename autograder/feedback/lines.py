"""One verdict in lines of plain text: what stands below a cell, and in a comment."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.feedback.signs import SIGNS, number
from autograder.model import Evidence, Status, Verdict
from autograder.wording import visible

PIECES = 2  # rows of evidence; one wrong line of code can make every array differ


@dataclass(frozen=True)
class Line:
    """A sentence and what it is: "", "Likely", "Teacher" or "Try"."""

    label: str
    text: str


def lines(verdict: Verdict) -> list[Line]:
    """The lines about what happened, the likely mistake, and what to try next."""
    found = [Line("", verdict.message)] if verdict.message else []
    if verdict.diagnosis:
        found.append(Line("Likely", verdict.diagnosis.sentence))
    if verdict.explained:
        found.append(Line("Teacher", verdict.explained))
    # With a diagnosis, the advice about the exception would only say it once more.
    if verdict.hint and not (verdict.diagnosis and verdict.status is Status.ERRORED):
        found.append(Line("Try", verdict.hint))
    return [Line(line.label, "\n".join(map(visible, line.text.split("\n")))) for line in found]


def evidence(verdict: Verdict) -> list[Evidence]:
    """The first pieces of evidence which the message has not told already."""
    untold = [
        one
        for one in verdict.evidence
        if not all(part in verdict.message for part in (one.where, one.expected, one.actual))
    ]
    return [
        Evidence(visible(one.where), visible(one.expected), visible(one.actual))
        for one in untold[:PIECES]
    ]


def heading(verdict: Verdict) -> str:
    """ "sigmoid: passed, 5 of 5 points"."""
    points = f"{number(verdict.points)} of {number(verdict.possible)} points"
    return f"{visible(verdict.id)}: {SIGNS[verdict.status].word}, {points}"


def as_text(verdict: Verdict) -> str:
    """The verdict as plain text, for where HTML is not shown."""
    said = [heading(verdict)]
    for one in evidence(verdict):
        where = f"{one.where}: " if one.where else ""
        said.append(f"  {where}expected {one.expected}, yours {one.actual}")
    for line in lines(verdict):
        label = f"{line.label}: " if line.label else ""
        said.append(f"  {label}{line.text}")
    return "\n".join(said)
