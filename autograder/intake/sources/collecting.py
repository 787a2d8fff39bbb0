"""Every source in turn, and the last submission of each student over all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from autograder.errors import GradeError, IntakeError, UsageError
from autograder.intake.reader import read
from autograder.intake.sources.archives import archive, is_archive
from autograder.intake.sources.claims import Question
from autograder.intake.sources.folders import Folder
from autograder.intake.sources.layouts import claims
from autograder.intake.sources.members import A_CLASS, Bounds, Container, Member, shown
from autograder.intake.sources.model import Collected, Entry, Unread
from autograder.intake.sources.reading import persons, read_all

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
        else:
            before = last.get(item.student)
            superseded += before is not None
            if before is None or not _is_later(before, item):
                last[item.student] = item
    entries = tuple(last[student] for student in sorted(last))
    return Collected(entries, tuple(unread), superseded)


def iterate(
    sources: Sequence[Path], *, assignment: str, module: str, extra: Sequence[str] = ()
) -> Iterator[Entry | Unread | int]:
    """What `collect` collects, one by one; a number says how many submissions were replaced.

    extra   patterns of the files that may be handed in beside a submission.
    """
    for source in sources:
        if not source.exists():
            raise UsageError(
                f"There is no file or folder {source}.",
                hint="Give a folder of submissions, or a .zip or .tar as it was downloaded.",
            )
    for source in sources:
        yield from _one(source, assignment, module, A_CLASS, tuple(extra))


def _one(
    source: Path, assignment: str, module: str, bounds: Bounds, extra: tuple[str, ...]
) -> Iterator[Entry | Unread | int]:
    container: Container
    if source.is_dir():
        container, where = Folder(source, bounds), f"{shown(str(source)).rstrip('/')}/"
    elif is_archive(source.name):
        container, where = archive(source, source.name, bounds), f"{shown(source.name)}: "
    else:
        yield _single(source)
        return
    question = Question(assignment, module, lambda members: _texts(container, members), extra)
    try:
        found = claims(container.members(), question, wrapped=not isinstance(container, Folder))
    except IntakeError as error:
        yield Unread(shown(str(source)), "", error.message)
        return
    if container.trouble:
        yield Unread(shown(str(source)), "", container.trouble)
    if not found:
        yield Unread(shown(str(source)), "", "there is no submission in it")
    people = persons(found)
    del found  # what is not chosen is let go
    yield from read_all(people, container, question, where)


def _single(source: Path) -> Entry | Unread:
    """A file of one student, who has its name."""
    student = shown(source.stem)
    try:
        return Entry(student=student, submission=read(source), source=shown(str(source)))
    except GradeError as error:
        return Unread(shown(str(source)), student, error.message)


def _texts(container: Container, members: Collection[Member]) -> dict[Member, str]:
    return {
        member: data.decode("utf-8", "replace")
        for member, data in container.read(list(members), _MAX_TEXT)
        if isinstance(data, bytes)
    }


def _is_later(before: Entry, after: Entry) -> bool:
    """Whether `before` was handed in after `after`, as far as both times are known."""
    if before.submitted is None or after.submitted is None:
        return False
    return datetime.fromisoformat(before.submitted) > datetime.fromisoformat(after.submitted)
