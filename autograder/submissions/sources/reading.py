"""From the claims of one source to submissions: group, choose, read, and tell apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from autograder.errors import IntakeError
from autograder.model import Submission
from autograder.submissions.beside import MAX_BYTES, MAX_FILES, wanted, with_files
from autograder.submissions.reader import parse
from autograder.submissions.sources.archives import archive, is_archive
from autograder.submissions.sources.choice import between, choose
from autograder.submissions.sources.claims import Claim, Search
from autograder.submissions.sources.layouts import is_like_a_class
from autograder.submissions.sources.litter import without_junk
from autograder.submissions.sources.members import (
    A_STUDENT,
    MAX_ARCHIVE,
    MAX_UNPACKED,
    Container,
    SourceMember,
    shown,
    too_large,
)
from autograder.submissions.sources.model import Entry, Unread

CLASHES_SHOWN = 4


class Claimant(msgspec.Struct):
    """One student of a source: their last attempt, and how many came before it."""

    student: str
    claims: list[Claim]
    superseded: int = 0


def claimants(claims: Sequence[Claim]) -> Iterator[Claimant | Unread]:
    """The claims by person, without earlier attempts; names that clash are told, not mixed."""
    # A class is large: nothing is kept in two places, or longer than it is needed.
    clashing = _clashing(claims)
    grouped: dict[str, Claim | list[Claim]] = {}
    for claim in claims:
        before = grouped.setdefault(claim.person, claim)
        if isinstance(before, list):
            before.append(claim)
        elif before is not claim:
            grouped[claim.person] = [before, claim]
    del claims
    for person in list(grouped):
        found = grouped.pop(person)
        group = found if isinstance(found, list) else [found]
        student = shown(group[0].student)
        alike = clashing.get(_folded(group[0].student), ())
        if alike:
            numbers = {alike[one] for one in alike}
            if "" in numbers or len(numbers) < len(alike):
                yield Unread(shown(group[0].member.path), student, _clash(person, alike))
                continue
            student = f"{student}_{group[0].number}"
        last = max(claim.order for claim in group)
        yield Claimant(
            student,
            [claim for claim in group if claim.order == last],
            len({claim.order for claim in group}) - 1,
        )


def _clashing(claims: Sequence[Claim]) -> dict[str, dict[str, str]]:
    """The names that several people have, as `_folded`, and the number of each of these."""
    first: dict[str, Claim] = {}
    found: dict[str, dict[str, str]] = {}
    for claim in claims:
        name = _folded(claim.student)
        if not name:
            continue
        before = first.setdefault(name, claim)
        if before.person != claim.person:
            alike = found.setdefault(name, {before.person: before.number})
            alike[claim.person] = claim.number
    return found


def _folded(name: str) -> str:
    """The form that two names share where a computer or a person could confuse them."""
    return unicodedata.normalize("NFC", shown(name).casefold())


def _clash(person: str, alike: Collection[str]) -> str:
    some = islice(alike, CLASHES_SHOWN + 1)
    others = [shown(other).rstrip("/") for other in some if other != person]
    if len(alike) > len(others) + 1:
        others.append(f"{len(alike) - len(others) - 1} more")
    return (
        f"the name differs from {', '.join(others)} only in case, in how accents are written, "
        "or in its ending, and would be the same student; rename one"
    )


def read_all(
    people: Iterable[Claimant | Unread], container: Container, search: Search, where: str
) -> Iterator[Entry | Unread | int]:
    """Each person's submission, or why there is none; a number says how many it superseded.

    Their files come in the container's own order, and are let go as soon as the last of a
    person's has come.
    """
    people = iter(people)
    while some := list(islice(people, container.at_once)):
        yield from _read_some(some, container, search, where)


def _read_some(
    people: Iterable[Claimant | Unread], container: Container, search: Search, where: str
) -> Iterator[Entry | Unread | int]:
    waiting: dict[SourceMember, tuple[_Waiting, ...]] = {}
    for person in people:
        if isinstance(person, Unread):
            yield Unread(where + person.source, person.student, person.reason)
            continue
        choice = choose(person.claims, search.module, search.assignment, nested=False)
        if choice.superseded + person.superseded:
            yield choice.superseded + person.superseded
        if not choice.files:
            place = shown(person.claims[0].member.path)
            yield Unread(f"{where}{place}", person.student, choice.reason)
            continue
        reader = _Waiting(person.student, choice.files, _beside(person.claims, choice.files))
        for claim in (*choice.files, *reader.wanted_beside(search)):
            waiting[claim.member] = (*waiting.get(claim.member, ()), reader)
    trouble = "it was not reached"
    try:
        for member, data in container.read(list(waiting)):
            for reader in waiting.pop(member):
                if reader.take(member, data, search):
                    yield reader.outcome(where)
    except IntakeError as error:
        trouble = error.message
    for member in list(waiting):
        for reader in waiting.pop(member):
            if reader.take(member, trouble, search):
                yield reader.outcome(where)


class _Waiting:
    """A person's chosen files, until all have come."""

    # One for everybody.
    __slots__ = (
        "beside", "extra", "first", "left", "read", "reason", "student", "wanted"
    )  # fmt: skip

    def __init__(self, student: str, files: tuple[Claim, ...], beside: list[Claim]) -> None:
        self.student = student
        self.wanted = files
        self.beside = beside
        self.extra: dict[SourceMember, bytes | str] = {}
        self.left = len(files)
        self.read: tuple[tuple[Claim, Submission], ...] = ()
        self.first = files[0]
        self.reason = ""

    def wanted_beside(self, search: Search) -> list[Claim]:
        """The files beside the submission that come along."""
        if not search.extra or not self.beside:
            return []
        names = {_base(claim): claim for claim in self.beside}
        found = wanted(names, _base(self.first), search.extra)[: MAX_FILES + 1]
        self.left += len(found)
        return [names[name] for name in found]

    def take(self, member: SourceMember, data: bytes | str, search: Search) -> bool:
        """Read one file; whether it was the last."""
        self.left -= 1
        claim = next((claim for claim in self.wanted if claim.member == member), None)
        if claim is None:
            self.extra[member] = data if len(data) <= MAX_BYTES else "it is too large"
            return not self.left
        try:
            if isinstance(data, str):
                raise IntakeError(data)
            self.read += ((claim, _submission(data, claim, search)),)
        except IntakeError as error:
            self.first = claim
            self.reason = error.message
        return not self.left

    def outcome(self, where: str) -> Entry | Unread:
        """The outcome: a file that can be read counts before one that cannot."""
        chosen = between(self.read) if self.read else self.reason
        if isinstance(chosen, str):
            return Unread(where + shown(self.first.member.path), self.student, chosen)
        claim, submission = chosen
        if self.beside:
            names = {_base(each): each.member for each in self.beside}
            files = {
                n: self.extra[member] for n, member in names.items() if member in self.extra
            }
            submission = with_files(submission, names, files)
        return Entry(
            student=self.student,
            submission=submission,
            source=where + shown(claim.member.path),
            late=claim.late,
            submitted=claim.submitted,
            attempt=claim.attempt,
            aliases=tuple(map(shown, claim.aliases)),
            # A name that two people have tells neither of them.
            display=shown(claim.display) if self.student == shown(claim.student) else "",
            system=claim.system,
            number=shown(claim.number),
            untimed=shown(claim.untimed),
        )


def _beside(claims: Sequence[Claim], chosen: Sequence[Claim]) -> list[Claim]:
    """The other files in the submission's folder."""
    folders = {claim.name.rpartition("/")[0] for claim in chosen}
    if len(claims) == len(chosen) or len(folders) > 1:
        return []
    return [
        claim
        for claim in claims
        if claim not in chosen
        and not claim.refusal
        and claim.name.rpartition("/")[0] in folders
    ]


def _base(claim: Claim) -> str:
    return claim.name.rpartition("/")[2]


def _submission(data: bytes, claim: Claim, search: Search) -> Submission:
    name = shown(claim.name.rpartition("/")[2])
    if not is_archive(name):
        return parse(data, name)
    if len(data) > MAX_ARCHIVE:
        raise IntakeError(too_large(MAX_ARCHIVE))
    return _unpacked(data, name, search)


def _unpacked(data: bytes, name: str, search: Search) -> Submission:
    """The submission in an archive that a student handed in; IntakeError without one."""
    container = archive(data, name, A_STUDENT)
    members = container.members()
    if is_like_a_class(members, search):
        raise IntakeError(
            f"{name} seems to hold several people's work. If it does, give it by itself."
        )
    claims = without_junk(
        [Claim(member=member, person="", student="", name=member.path) for member in members]
    )
    if not claims:
        raise IntakeError(container.trouble or f"{name} holds no files.")
    choice = choose(claims, search.module, search.assignment, nested=True)
    if not choice.files:
        raise IntakeError(container.trouble or f"{name}: {choice.reason}")
    by_member = {claim.member: claim for claim in choice.files}
    found = []
    trouble = ""
    for member, content in container.read(list(by_member), MAX_UNPACKED):
        try:
            if isinstance(content, str):
                raise IntakeError(f"{name}: {shown(member.name)}: {content}")
            found.append((by_member[member], parse(content, shown(member.name))))
        except IntakeError as error:
            trouble = error.message
    chosen = between(found) if found else trouble
    if isinstance(chosen, str):
        raise IntakeError(chosen)
    claim, submission = chosen
    others = {_base(each): each.member for each in _beside(claims, [claim])}
    names = {others[each]: each for each in wanted(others, _base(claim), search.extra)}
    files = {names[member]: content for member, content in container.read(list(names))}
    submission = with_files(submission, others, files)
    notes = [f"It was taken out of {name}: {shown(claim.name)}."]
    if container.trouble:
        notes.append(f"There may have been more in it: {container.trouble}")
    return msgspec.structs.replace(submission, notes=(*submission.notes, *notes))
