"""The downloads of Canvas, Moodle and Gradescope, by the names that these systems give.

A student chooses the end of a name, and the person's name in front of it. So each pattern is
read from the system's own part, and what can be read in two ways is nobody's.
"""

from __future__ import annotations

import re

from autograder.submissions.sources.claims import Claim, Placed, Search
from autograder.submissions.sources.gradescope import (
    METADATA,
    ListedSubmission,
    Submitter,
    people,
)
from autograder.submissions.sources.members import SourceMember

# doejane_LATE_1234_5678_small.py: sortable name, user, attachment, name as handed in. What
# was typed into a text box has no attachment. The name has letters, digits and "_".
_CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?P<user>\d+)_"
    r"(?:(?P<file>\d+)_(?P<rest>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?anon_(?P<user>[A-Za-z0-9]+)_"
    r"(?:(?P<file>\d+)_(?P<rest>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_SECOND_READING = re.compile(r"\d+_.+|(?:text|link)\.html", re.DOTALL)
# "Jane Doe_1234_assignsubmission_file", with what follows in a folder or in the same name.
# Moodle writes each "_" of a name as a space; a group's name stands before the person's.
_MOODLE = re.compile(
    r"(?P<name>[^_]+)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<rest>.*))?",
    re.DOTALL,
)
_SUBMISSION = re.compile(r"submission_\d+")


def typed(system: str) -> str:
    """The reason to give for a text that was typed into a box of a system's."""
    return f"it is text typed into {system}, and no file"


def fits_canvas(name: str, is_folder: bool) -> bool:
    """Loose files, of named students or of anonymous ones."""
    return not is_folder and bool(_CANVAS.fullmatch(name) or _ANONYMOUS.fullmatch(name))


def canvas(placed: list[Placed], search: Search) -> list[Claim]:
    """Loose files; "LATE" marks what came late. Only the last attempt is in a download."""
    files = [(parts[0], m) for parts, m in placed if fits_canvas(parts[0], len(parts) > 1)]
    hidden = [_ANONYMOUS.fullmatch(name) for name, _ in files]
    if all(hidden) and any(not _SECOND_READING.fullmatch(m["rest"] or "") for m in hidden if m):
        return [_anonymous(name, member) for name, member in files]
    attachments = _attachments([name for name, _ in files])
    return [_named(name, member, attachments) for name, member in files]


def _attachments(names: list[str]) -> range:
    """The numbers that attachments of this download have, by the names with one reading.

    Empty where they are not apart from those of people.
    """
    clear = [
        match
        for match in map(_CANVAS.fullmatch, names)
        if match is not None and match["file"] and not _SECOND_READING.fullmatch(match["rest"])
    ]
    if not clear:
        return range(0)
    numbers = [int(match["file"][:18]) for match in clear]
    around = range(min(numbers) // 2, 2 * max(numbers) + 1)
    people = max(int(match["user"][:18]) for match in clear)
    return around if people < around.start else range(0)


def _named(name: str, member: SourceMember, attachments: range) -> Claim:
    match = _CANVAS.fullmatch(name)
    if match is None:  # anonymous, among others that are not
        return _anonymous(name, member)
    who, number, rest = match["name"] or "", match["user"], match["rest"] or ""
    is_typed = bool(match["typed"])
    if _SECOND_READING.fullmatch(rest):
        # "doe_71_99_123_small.py": doe, number 71, or somebody who is called doe_71, number 99.
        other, after = match["file"], rest.partition("_")
        is_first = int(other[:18]) in attachments
        is_second = after[0].isdigit() and int(after[0][:18]) in attachments
        if is_first == is_second and (is_first or after[0].isdigit()):
            return Claim(
                member=member,
                person=f"?{name}",
                student="",
                name=rest,
                refusal=f"its name fits Canvas's number {number} and {other}: rename the file",
            )
        if not is_first:
            who, number = f"{who}_{number}".lstrip("_"), other
            rest, is_typed = (after[2], False) if after[0].isdigit() else ("", True)
    return Claim(
        member=member,
        person=number,
        student=who or number,
        name=rest or name,
        number=number,
        system="canvas",
        display=who,
        late=match["late"] is not None,
        aliases=(number,),
        refusal=typed("Canvas") if is_typed else "",
    )


def _anonymous(name: str, member: SourceMember) -> Claim:
    match = _ANONYMOUS.fullmatch(name)
    assert match is not None
    return Claim(
        member=member,
        person=f"anon_{match['user']}",
        student=match["user"],
        name=match["rest"] or name,
        number=f"anon_{match['user']}",
        system="canvas",
        late=match["late"] is not None,
        refusal=typed("Canvas") if match["typed"] else "",
    )


def fits_moodle(name: str, is_folder: bool) -> bool:
    """A folder for each student and kind of work, or loose files that begin so."""
    match = _MOODLE.fullmatch(name)
    return match is not None and is_folder != bool(match["rest"])


def moodle(placed: list[Placed], search: Search) -> list[Claim]:
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
                person=number or f"?{match['name']}",
                student=match["name"],
                name="/".join(inner) or parts[-1],
                number=number,
                system="moodle" if number else "",
                display=match["name"],
                aliases=(number,) if number else (),
                refusal="" if match["kind"] == "file" else typed("Moodle"),
            )
        )
    return found


def fits_gradescope(name: str, is_folder: bool) -> bool:
    """Numbered folders, and one file that tells of all."""
    return bool(_SUBMISSION.fullmatch(name)) if is_folder else name == METADATA


def gradescope(placed: list[Placed], search: Search) -> list[Claim]:
    """A folder for each submission, and one file that says who made them, alone or together."""
    metadata = next((member for parts, member in placed if parts == (METADATA,)), None)
    known: dict[str, ListedSubmission] = {}
    if metadata is not None:
        known = people(search.texts([metadata]).get(metadata, ""))
    found = []
    there = set()
    for parts, member in placed:
        if not _SUBMISSION.fullmatch(parts[0]):
            continue
        there.add(parts[0])
        name = "/".join(parts[1:]) or parts[0]
        found += _handed_in(parts[0], known.get(parts[0]), member, name)
    for folder, handed_in in known.items():
        if folder not in there and metadata is not None:
            found += _handed_in(folder, handed_in, metadata, "", f"{folder} is not there")
    return found


def _handed_in(
    folder: str,
    handed_in: ListedSubmission | None,
    member: SourceMember,
    name: str,
    refusal: str = "",
) -> list[Claim]:
    """A file of each of those who handed it in together."""
    if handed_in is None:
        alone = (Submitter((folder,)),)
        return [_of(who, folder, None, member, name, refusal) for who in alone]
    return [_of(who, folder, handed_in, member, name, refusal) for who in handed_in.submitters]


def _of(
    who: Submitter,
    folder: str,
    handed_in: ListedSubmission | None,
    member: SourceMember,
    name: str,
    refusal: str,
) -> Claim:
    # A name alone tells nobody from a namesake, so that it does not join two submissions.
    only_name = who.called == (who.display,)
    return Claim(
        member=member,
        person=" ".join((*who.called, folder) if only_name else who.called),
        student=who.called[0],
        name=name,
        submitted=handed_in.submitted if handed_in is not None else None,
        order=(handed_in.submitted or "") if handed_in is not None else "",
        display=who.display,
        aliases=who.called[1:],
        refusal=refusal,
        untimed=handed_in.untimed if handed_in is not None else "",
    )
