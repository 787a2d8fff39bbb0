"""What a layout says of one file: whose it is, and when it came."""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from autograder.intake.sources.members import Member

Placed = tuple[tuple[str, ...], Member]  # the path within the layout, and the file


class Question(msgspec.Struct, frozen=True):
    """What is looked for. `texts` reads small files that tell of people and times."""

    assignment: str
    module: str
    texts: Callable[[Collection[Member]], dict[Member, str]]
    extra: tuple[str, ...] = ()  # patterns of what may be handed in beside the submission


class Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One file of one student.

    person   tells students of one source apart; `student` is what people call them.
    number   the system's own number of the person, where it has one; `system` says whose.
    display  the name that the student could choose, where there is one.
    name     the file's path as the student handed it in.
    order    sorts the attempts of one student; the last one counts.
    """

    member: Member
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
