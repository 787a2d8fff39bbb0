"""nbgrader's tree of submissions, and the clones that GitHub Classroom makes."""

from __future__ import annotations

from autograder.intake.sources.claims import Claim, Placed, Question
from autograder.intake.sources.junk import any_junk
from autograder.intake.sources.times import iso_time

TIMESTAMP = "timestamp.txt"
_NBGRADERS = (TIMESTAMP, "submission_secret.txt")


def nbgrader(placed: list[Placed], question: Question) -> list[Claim] | None:
    """`submitted/STUDENT/ASSIGNMENT/…`, from the course's folder or from `submitted` itself.

    Other assignments in the same tree are left alone.
    """
    tree = [
        (parts[1:], member) for parts, member in placed if parts[0] == "submitted"
    ] or placed
    mine = [
        (parts, member)
        for parts, member in tree
        if len(parts) > 2 and parts[1] == question.assignment
    ]
    if not mine:
        return None
    stamps = {parts[0]: member for parts, member in mine if parts[2:] == (TIMESTAMP,)}
    texts = question.texts(stamps.values())
    times = {student: _stamped(texts.get(member, "")) for student, member in stamps.items()}
    return [
        Claim(
            member=member,
            person=parts[0],
            student=parts[0],
            name="/".join(parts[2:]),
            submitted=times.get(parts[0]),
        )
        for parts, member in mine
        if not any_junk(parts) and parts[-1] not in _NBGRADERS
    ]


def _stamped(text: str) -> str | None:
    """The time in a `timestamp.txt`; without a zone it is UTC, as nbgrader reads it."""
    return iso_time(text) or iso_time(f"{text.strip()} UTC")


def github_classroom(placed: list[Placed], question: Question) -> list[Claim] | None:
    """A clone for each student, called ASSIGNMENT-LOGIN; a slug of another name is found too.

    The times in a clone are what the student's own clock says, or when it was cloned. They
    prove nothing about a deadline, so that they are not read.
    """
    clones = sorted({parts[0] for parts, _ in placed if parts[1:2] == (".git",)})
    prefix = _slug(clones, question.assignment)
    if not prefix:
        return None
    return [
        Claim(
            member=member,
            person=parts[0],
            student=parts[0][len(prefix) :],
            name="/".join(parts[1:]),
            # Where the slug is certain, the login is: its end may be another's login.
            aliases=() if prefix == f"{question.assignment}-" else _endings(parts[0]),
        )
        for parts, member in placed
        if parts[0] in clones and len(parts) > 1 and not any_junk(parts)
    ]


def _slug(clones: list[str], assignment: str) -> str:
    """What all clones begin with, up to a hyphen; logins have hyphens too, so look closely."""
    slug = f"{assignment}-"
    if clones and all(name.startswith(slug) and name != slug for name in clones):
        return slug
    if len(clones) < 3:  # two logins may begin alike
        return ""
    first, last = clones[0], clones[-1]
    common = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return first[: first.rfind("-", 0, common) + 1]


def _endings(folder: str) -> tuple[str, ...]:
    """Every end of the name that may be the login, for a roster to find."""
    parts = folder.split("-")
    return tuple("-".join(parts[n:]) for n in range(1, len(parts)))
