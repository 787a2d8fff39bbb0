"""Hints in steps: what it is about, where to look, an idea. None shows the line to write."""

from __future__ import annotations

import re

from autograder.feedback.lines import evidence
from autograder.model import Diagnosis, Status, Verdict
from autograder.wording import sentence, visible

STEPS = ("What it is about", "Where to look", "An idea")

# Where a sentence about a mistake goes on to say what to write instead.
_ON = re.compile(r"(?<=[.!?:;])\s")


def hints(verdict: Verdict, diagnosis: Diagnosis | None, advice: str) -> tuple[str, ...]:
    """The steps that there are for a check which misses points, the gentlest first.

    verdict     without a cause that was looked for.
    diagnosis   the known mistake that gives the same answers.
    advice      what the check's author says to whoever misses it.
    """
    about = sentence(verdict.title)
    if verdict.status is Status.NOT_ATTEMPTED:
        return about, visible(verdict.message), visible(advice)
    said = [visible(verdict.message)]
    for one in evidence(verdict)[:1]:
        said += [one.where, f"expected {one.expected}", f"yours    {one.actual}"]
    idea = [what_is_wrong(diagnosis.sentence)] if diagnosis else []
    steps = (about, "\n".join(filter(None, said)), "\n".join(filter(None, [*idea, advice])))
    return tuple(step for step in steps if step)


def what_is_wrong(told: str) -> str:
    """The first part of a sentence about a mistake: what it is, not what to write instead."""
    return sentence(_ON.split(told, maxsplit=1)[0].rstrip(".:;"))
