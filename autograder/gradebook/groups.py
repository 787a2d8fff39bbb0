"""Groups of equal wrong answers, whatever the code: what a teacher explains together.

A group is all answers to one check with one digest (`judging.alike`). Its name is made of these
two alone: it stays the same when a class is graded again, and an equal answer that comes later
belongs to it.
"""

from __future__ import annotations

import base64
import hashlib

from autograder.model import Verdict

LETTERS = 6  # of a group's name: one of a thousand million for each check


def group_of(verdict: Verdict) -> str:
    """The name of the group of a verdict's answer; empty where something explains it.

    Of a grading that kept no digest, what the report shows of the answer takes its place.
    """
    if not verdict.status.missed or verdict.status.ours or verdict.diagnosis is not None:
        return ""
    shown = [f"{one.where}: {one.actual}" for one in verdict.evidence]
    told = verdict.answer or "\n".join(shown or [verdict.status.value, verdict.message])
    digest = hashlib.sha256(f"{verdict.id}\n{told}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:LETTERS]
