"""The claim of a layout about one file: whose it is, and when it came."""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from autograder.submissions.sources.members import SourceMember

Placed = tuple[tuple[str, ...], SourceMember]  # the path within the layout, and the file


def _nobody(*_: str) -> bool:
    return False


class Search(msgspec.Struct, frozen=True):
    """The description of what is looked for.

    texts        reads small files that tell of people and times.
    extra        patterns of what may be handed in beside the submission.
    assignments  all that the course has, for trees that hold several.
    is_somebody  whether a login or a name is one of a person who is known.
    zone         of times that name none.
    """

    assignment: str
    module: str
    texts: Callable[[Collection[SourceMember]], dict[SourceMember, str]]
    extra: tuple[str, ...] = ()
    assignments: tuple[str, ...] = ()
    is_somebody: Callable[[str], bool] = _nobody
    zone: str = "UTC"


class Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One file of one student.

    person   tells students of one source apart; `student` is what people call them.
    number   the system's own number of the person, where it has one; `system` says whose.
    display  the name that the student could choose, where there is one.
    name     the file's path as the student handed it in.
    order    sorts the attempts of one student; the last one counts.
    untimed  what stands where a time should be, and is none.
    """

    member: SourceMember
    person: str
    student: str
    name: str
    number: str = ""
    system: str = ""
    display: str = ""
    late: bool | None = None
    submitted: str | None = None
    attempt: int = 0
    order: str = ""
    aliases: tuple[str, ...] = ()
    refusal: str = ""  # why it is no submission, such as a text that was typed
    untimed: str = ""


def stray(unit: str, member: SourceMember, reason: str) -> Claim:
    """A claim for a file where no student's work lies: listed by name, and nobody's."""
    name = member.path.rpartition("/")[2]
    return Claim(member=member, person=f"?{unit}", student="", name=name, refusal=reason)
