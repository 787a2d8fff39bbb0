"""Who handed in what: the layouts in which systems hand out a class's submissions.

    claims ──► a download of Gradescope, Moodle, Blackboard or Canvas (`downloads`)
          ├──► nbgrader's tree, clones of GitHub Classroom (`trees`)
          └──► a folder for each student, or a file for each student

A layout looks at names only, and at the few small files that tell of people and times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from autograder.intake.sources.archives import SUFFIXES
from autograder.intake.sources.choice import is_code
from autograder.intake.sources.claims import Claim, Placed, Question
from autograder.intake.sources.downloads import blackboard, canvas, gradescope, moodle
from autograder.intake.sources.junk import any_junk, is_junk
from autograder.intake.sources.members import Member
from autograder.intake.sources.trees import github_classroom, nbgrader

Layout = Callable[[list[Placed], Question], "list[Claim] | None"]
DOWNLOADS: tuple[Layout, ...] = (gradescope, moodle, blackboard, canvas)
LAYOUTS: tuple[Layout, ...] = (*DOWNLOADS, nbgrader, github_classroom)
_WRAPPERS = 4  # folders around everything, as archive programs and people make them


def claims(members: Iterable[Member], question: Question, *, wrapped: bool) -> list[Claim]:
    """What each member is, and whose.

    wrapped  whether a lone folder may be a wrapper and no student's, as in an archive.
    """
    inner = outer = [(member.parts, member) for member in members]
    for _ in range(_WRAPPERS):
        for layout in LAYOUTS:
            found = layout(inner, question)
            if found is not None:
                return _without_junk(found) + _strangers(inner, found, layout)
        below = _unwrapped(inner)
        if below is None:
            break
        wrapped = wrapped and not _of_one_student(inner, question)
        if wrapped:
            outer = below
        inner = below
    return plain(outer, question)


def _without_junk(found: list[Claim]) -> list[Claim]:
    return [claim for claim in found if not any_junk(claim.name.split("/"))]


def _strangers(placed: list[Placed], found: list[Claim], layout: Layout) -> list[Claim]:
    """What could be a submission in a download, and has no name that the system gives."""
    if layout not in DOWNLOADS:
        return []
    known = {claim.member.key for claim in found}
    return [
        Claim(
            member=member,
            person=f"?{member.path}",
            student="",
            name=member.name,
            refusal=f"its name is not one that {layout.__name__.capitalize()} gives",
        )
        for parts, member in placed
        if member.key not in known and not any_junk(parts) and is_code(member.name)
    ]


def plain(placed: list[Placed], question: Question) -> list[Claim]:
    """A folder for each student, a file for each student, or some of both."""
    found = []
    for parts, member in placed:
        if any_junk(parts):
            continue
        folder, name = parts[0], "/".join(parts[1:])
        if not name:
            folder, name = _owner(folder, question), folder
        found.append(Claim(member=member, person=folder, student=folder, name=name))
    return found


def _owner(file: str, question: Question) -> str:
    """The student of a file that bears their name: "doe_jane" of "small_doe_jane.py"."""
    stem = file
    for suffix in sorted((*SUFFIXES, ".ipynb.txt", ".ipynb.json", ".py.txt"), key=len)[::-1]:
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)]
            break
    else:
        stem = file.rpartition(".")[0] or file
    for word in (question.module, question.assignment):
        around = re.escape(word)
        rest = re.sub(rf"^{around}[ _.-]+|[ _.-]+{around}$", "", stem, flags=re.IGNORECASE)
        if rest:
            stem = rest
    return stem


def _unwrapped(placed: list[Placed]) -> list[Placed] | None:
    """Without the folder that holds everything; None when there is no such folder."""
    tops = {parts[0] for parts, _ in placed if not is_junk(parts[0])}
    if len(tops) != 1:
        return None
    inner = [(parts[1:], member) for parts, member in placed if parts[0] in tops]
    return inner if inner and all(parts for parts, _ in inner) else None


def _of_one_student(placed: list[Placed], question: Question) -> bool:
    """Whether a lone folder is a student's: it holds the file that was asked for."""
    files = [parts[1] for parts, _ in placed if len(parts) == 2 and is_code(parts[1])]
    names = {name.rpartition(".")[0].lower() for name in files}
    return len(files) == 1 or question.module.lower() in names
