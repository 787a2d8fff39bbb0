"""Every source in turn, and the last submission of each student over all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.errors import GradeError, IntakeError, UsageError
from autograder.submissions.reader import read
from autograder.submissions.sources.archives import archive, is_archive
from autograder.submissions.sources.claims import Claim, Search
from autograder.submissions.sources.folders import Folder
from autograder.submissions.sources.layouts import taken
from autograder.submissions.sources.members import (
    A_CLASS,
    Container,
    SourceBounds,
    SourceMember,
    shown,
)
from autograder.submissions.sources.model import Collected, Entry, Surveyed, Unread
from autograder.submissions.sources.reading import claimants, read_all

Item = Entry | Unread | Surveyed | int
_MAX_TEXT = 512 * 2**20  # bytes of what tells of people: it can hold everybody's results


def collect(sources: Sequence[Path], *, assignment: str, module: str) -> Collected:
    """The last submission of each student in `sources`, sorted by student.

    assignment  its name: which folder of nbgrader's tree, which prefix of a clone.
    module      the stub's name without `.py`: which of a student's files is the submission.

    A later time counts before an earlier one; where a time is not known, the source named
    later does. UsageError when a source does not exist; nothing else stops it.
    """
    last: dict[str, Entry] = {}
    unread: list[Unread] = []
    superseded = 0
    for item in iterate(sources, assignment=assignment, module=module):
        if isinstance(item, int):
            superseded += item
        elif isinstance(item, Unread):
            unread.append(item)
        elif isinstance(item, Entry):
            before = last.get(item.student)
            superseded += before is not None
            if before is None or not _is_later(before, item):
                last[item.student] = item
    entries = tuple(last[student] for student in sorted(last))
    return Collected(entries, tuple(unread), superseded)


class Looking(msgspec.Struct, frozen=True, kw_only=True):
    """The description of what is looked for, and of what helps to tell people apart.

    extra        patterns of the files that may be handed in beside a submission.
    assignments  all of the course, for trees that hold several.
    layout       what the user says that the sources are, one of `layouts.names()`.
    zone         of times that name none.
    is_somebody  whether a login or a name is one of a person who is known.
    """

    extra: Sequence[str] = ()
    assignments: Sequence[str] = ()
    layout: str = ""
    zone: str = "UTC"
    is_somebody: Callable[[str], bool] = lambda name: False


def iterate(
    sources: Sequence[Path], *, assignment: str, module: str, looking: Looking | None = None
) -> Iterator[Item]:
    """The items that `collect` collects, one by one; a number counts those that were replaced.

    Before the first of a source comes how it is read.
    """
    for source in sources:
        if not source.exists():
            raise UsageError(
                f"There is no file or folder {source}.",
                hint="Give a folder of submissions, or a .zip or .tar as it was downloaded.",
            )
    for source in sources:
        yield from _one(source, assignment, module, A_CLASS, looking or Looking())


def _one(
    source: Path, assignment: str, module: str, bounds: SourceBounds, looking: Looking
) -> Iterator[Item]:
    container: Container
    if source.is_dir():
        container, where = Folder(source, bounds), f"{shown(str(source)).rstrip('/')}/"
    elif is_archive(source.name):
        container, where = archive(source, source.name, bounds), f"{shown(source.name)}: "
    else:
        yield _single(source)
        return
    search = Search(
        assignment,
        module,
        lambda members: _texts(container, members),
        tuple(looking.extra),
        tuple(looking.assignments),
        looking.is_somebody,
        looking.zone,
    )
    try:
        found = taken(
            container.members(),
            search,
            packed=not isinstance(container, Folder),
            called=source.resolve().name,
            layout=looking.layout,
        )
    except IntakeError as error:
        yield Unread(shown(str(source)), "", f"{error.message} {error.hint or ''}".strip())
        return
    yield Surveyed(
        shown(str(source)), found.layout, found.why, _claimed(found.claims), found.left
    )
    if container.trouble:
        yield Unread(shown(str(source)), "", container.trouble)
    if not found.claims:
        yield Unread(shown(str(source)), "", "there is no submission in it")
    people = claimants(found.claims)
    del found  # what is not chosen is let go
    yield from read_all(people, container, search, where)


def _claimed(claims: Sequence[Claim]) -> tuple[tuple[str, str, str], ...]:
    """Everybody once, as `Surveyed.claimed` has them."""
    return tuple(
        dict.fromkeys(
            (
                shown(claim.display or claim.student),
                claim.system,
                shown(claim.number or _identity(claim)),
            )
            for claim in claims
            if claim.student
        )
    )


def _identity(claim: Claim) -> str:
    """The text that tells somebody without a number from a namesake."""
    return claim.person if claim.student == claim.display else claim.student


def _single(source: Path) -> Entry | Unread:
    """A file of one student, who has its name."""
    student = shown(source.stem)
    try:
        return Entry(student=student, submission=read(source), source=shown(str(source)))
    except GradeError as error:
        return Unread(shown(str(source)), student, error.message)


def _texts(container: Container, members: Collection[SourceMember]) -> dict[SourceMember, str]:
    return {
        member: data.decode("utf-8", "replace")
        for member, data in container.read(list(members), _MAX_TEXT)
        if isinstance(data, bytes)
    }


def _is_later(before: Entry, after: Entry) -> bool:
    """True if `before` was handed in after `after`, as far as both times are known."""
    if before.submitted is None or after.submitted is None:
        return False
    return datetime.fromisoformat(before.submitted) > datetime.fromisoformat(after.submitted)
