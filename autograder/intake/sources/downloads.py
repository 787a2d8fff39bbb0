"""The downloads of Canvas, Moodle, Blackboard and Gradescope, by the names that they give.

Each function returns None when the files are not named in its way.
"""

from __future__ import annotations

import re

from autograder.intake.sources.claims import Claim, Placed, Question
from autograder.intake.sources.gradescope import METADATA, Submitter, people
from autograder.intake.sources.times import long_time

# doejane_LATE_1234_5678_small.py: sortable name, user, attachment, name as handed in. What
# was typed into a text box has no attachment.
_CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?:anon_(?P<anon>\w+?)|(?P<user>\d+))_"
    r"(?:(?P<file>\d+)_(?P<rest>.+)|(?P<typed>text|link)\.html)"
)
# "Jane Doe_1234_assignsubmission_file", with what follows in a folder or in the same name.
_MOODLE = re.compile(
    r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<rest>.*))?"
)
_BLACKBOARD = re.compile(
    r"(?P<head>.+)_attempt_(?P<stamp>\d{4}(?:-\d\d){5})(?:_(?P<rest>.+)|(?P<manifest>\.txt))"
)
_SUBMISSION = re.compile(r"submission_\d+")


def _typed(system: str) -> str:
    return f"it is text typed into {system}, and no file"


def canvas(placed: list[Placed], question: Question) -> list[Claim] | None:
    """Loose files; "LATE" marks what came late. Only the last attempt is in a download."""
    found = []
    for parts, member in placed:
        match = _CANVAS.fullmatch(parts[0])
        if len(parts) > 1 or match is None:
            continue
        number = match["user"] or match["anon"]
        found.append(
            Claim(
                member=member,
                person=number,
                student=match["name"] or number,
                name=match["rest"] or parts[0],
                number=number,
                system="canvas",
                display=match["name"] or "",
                late=match["late"] is not None,
                aliases=(number,),
                refusal=_typed("Canvas") if match["typed"] else "",
            )
        )
    return found or None


def moodle(placed: list[Placed], question: Question) -> list[Claim] | None:
    """A folder for each student (or their files with its name in front)."""
    found = []
    for parts, member in placed:
        match = _MOODLE.fullmatch(parts[0])
        if match is None:
            continue
        inner = (*filter(None, [match["rest"]]), *parts[1:])
        number = match["number"] or ""
        found.append(
            Claim(
                member=member,
                person=f"{match['name']}_{number}",
                student=match["name"],
                name="/".join(inner) or parts[-1],
                number=number,
                system="moodle" if number else "",
                display=match["name"],
                aliases=(number,) if number else (),
                refusal="" if match["kind"] == "file" else _typed("Moodle"),
            )
        )
    return found or None


def blackboard(placed: list[Placed], question: Question) -> list[Claim] | None:
    """Loose files, and for each attempt a text that names the student and the time."""
    matches = [
        (match, member)
        for parts, member in placed
        if len(parts) == 1 and (match := _BLACKBOARD.fullmatch(parts[0])) is not None
    ]
    if not matches:
        return None
    manifests = {
        match.group("head", "stamp"): member for match, member in matches if match["manifest"]
    }
    texts = question.texts(manifests.values())
    told = {
        attempt: _told(texts.get(member, ""), attempt[0])
        for attempt, member in manifests.items()
    }
    found = []
    for match, member in matches:
        attempt = match.group("head", "stamp")
        login, name, submitted = told.get(attempt) or _told("", attempt[0])
        found.append(
            Claim(
                member=member,
                person=login,
                student=login,
                name=match["rest"] or "",
                submitted=submitted,
                order=match["stamp"],
                display=name,
                aliases=(name,) if name else (),
                refusal="" if match["rest"] else _typed("Blackboard"),
            )
        )
    return found


def _told(manifest: str, head: str) -> tuple[str, str, str | None]:
    """Login, name and time of an attempt: what its text says, else the end of `head`.

    The lines "Name: value" are at the top; what the student wrote begins after them.
    """
    fields: dict[str, str] = {}
    for line in manifest.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key in fields:
            break
        fields[key] = value.strip()
    submitted = long_time(fields.get("Date Submitted", ""))
    match = re.fullmatch(r"(.*) \(([^()]+)\)", fields.get("Name", ""))
    if match is not None and head.endswith(f"_{match[2]}"):
        return match[2], match[1], submitted
    return head.rpartition("_")[2], "", submitted


def gradescope(placed: list[Placed], question: Question) -> list[Claim] | None:
    """A folder for each submission, and one file that says who made them, alone or together."""
    tops = {parts[0] for parts, _ in placed if len(parts) > 1}
    metadata = next((member for parts, member in placed if parts == (METADATA,)), None)
    if metadata is None and not (tops and all(map(_SUBMISSION.fullmatch, tops))):
        return None
    known = {}
    if metadata is not None:
        known = people(question.texts([metadata]).get(metadata, ""))
    found = []
    for parts, member in placed:
        if len(parts) < 2:
            continue
        handed_in = known.get(parts[0])
        for who in handed_in.submitters if handed_in is not None else (Submitter((parts[0],)),):
            found.append(
                Claim(
                    member=member,
                    person=who.called[0],
                    student=who.called[0],
                    name="/".join(parts[1:]),
                    submitted=handed_in.submitted if handed_in is not None else None,
                    order=handed_in.submitted or "" if handed_in is not None else "",
                    display=who.display,
                    aliases=who.called[1:],
                )
            )
    return found or None
