"""nbgrader's tree of submissions, and the clones that GitHub Classroom makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from autograder.submissions.sources.claims import Claim, Placed, Search, stray
from autograder.submissions.sources.junk import is_junk
from autograder.submissions.sources.members import SourceMember, shown
from autograder.submissions.sources.times import iso_time

TIMESTAMP = "timestamp.txt"
SUBMITTED = "submitted"
_NBGRADERS = (TIMESTAMP, "submission_secret.txt")
_OF_A_COURSE = {"nbgrader_config.py", "gradebook.db", "source"}
_COURSE = {"source", "release", "autograded", "feedback", "downloaded", "exchange"}


def below_submitted(placed: list[Placed]) -> tuple[list[Placed], list[Claim]]:
    """The tree of submissions in a course's folder, and what lies beside it and is nobody's."""
    tree = [(parts[1:], m) for parts, m in placed if parts[0] == SUBMITTED and len(parts) > 1]
    is_course = not _OF_A_COURSE.isdisjoint(parts[0].lower() for parts, _ in placed)
    beside = [
        (parts[0], member)
        for parts, member in placed
        if len(parts) > 1
        and parts[0] != SUBMITTED
        and parts[0].lower() not in _COURSE
        and not (is_course and is_junk(parts[0]))
    ]
    # Somebody may be called "submitted", too.
    if not tree or (beside and not is_course):
        return placed, []
    return tree, [
        stray(unit, member, f"{shown(unit)} lies beside {SUBMITTED}/, where nobody hands in")
        for unit, member in beside
    ]


def fits_nbgrader(placed: list[Placed], search: Search, *, called_so: bool) -> bool:
    """True if the folders are STUDENT/ASSIGNMENT/…, all of them.

    called_so  whether whoever runs the course calls it `submitted`: then it may hold students
               without this assignment, as long as most who have a file have it there.
    """
    there, loose, others = set(), set(), set()
    ours = {name.lower() for name in (*search.assignments, search.assignment)}
    for parts, _ in placed:
        if len(parts) == 1:
            return False
        inner = parts[1].lower()
        if len(parts) == 2:
            if not is_junk(parts[1]) and parts[1] != "…":
                loose.add(parts[0])
        elif inner == search.assignment.lower():
            there.add(parts[0])
        elif inner not in ours and not is_junk(parts[1]):
            others.add(parts[0])
    if called_so:
        return len(there) > len(loose - there)
    # A folder that is alone may be the class's, in which somebody is called so.
    alone = len(there) == 1 and there == {parts[0] for parts, _ in placed}
    if alone and (others or search.is_somebody(search.assignment)):
        return False
    return bool(there) and not loose and not others - there


def nbgrader(placed: list[Placed], search: Search) -> list[Claim]:
    """`STUDENT/ASSIGNMENT/…`. Other assignments of the course are left alone.

    A student who has no folder for this assignment, and none for another, is listed.
    """
    by_student: dict[str, list[Placed]] = defaultdict(list)
    found = []
    for parts, member in placed:
        if len(parts) == 1:
            found.append(stray(parts[0], member, "it lies beside the students' folders"))
        else:
            by_student[parts[0]].append((parts[1:], member))
    chosen = {
        student: _folder(files, search.assignment) for student, files in by_student.items()
    }
    stamps = {
        student: member
        for student, files in by_student.items()
        for parts, member in files
        if parts == (chosen[student], TIMESTAMP)
    }
    texts = search.texts(stamps.values())
    for student, files in by_student.items():
        folder = chosen[student]
        if folder in (None, ""):
            found += _elsewhere(student, files, search, twice=folder == "")
            continue
        text = texts.get(stamps[student], "") if student in stamps else ""
        submitted = _stamped(text)
        inner = [(parts, m) for parts, m in files if parts[0] == folder and len(parts) > 1]
        inner.sort(key=lambda one: one[0][-1] in _NBGRADERS)
        there = any(parts[-1] not in _NBGRADERS for parts, _ in inner)
        found += [
            Claim(
                member=member,
                person=student,
                student=student,
                name="/".join(parts[1:]),
                submitted=submitted,
                untimed=f"{student}/{folder}/{TIMESTAMP}, line 1: {text.strip()[:60]!r}"
                if text.strip() and submitted is None
                else "",
                refusal=""
                if there and parts[-1] not in _NBGRADERS
                else "there is no .py or .ipynb file in its folder",
            )
            for parts, member in inner
        ]
    return found


def _folder(files: Collection[Placed], assignment: str) -> str | None:
    """The assignment's own folder, whatever its capitals; "" where there are two, or None."""
    names = {parts[0] for parts, _ in files if len(parts) > 1}
    alike = [name for name in names if name.lower() == assignment.lower()]
    return alike[0] if len(alike) == 1 else "" if alike else None


def _elsewhere(
    student: str, files: list[Placed], search: Search, *, twice: bool
) -> list[Claim]:
    """A student without the assignment's folder: nothing, where it is one of another."""
    ours = {name.lower() for name in search.assignments}
    names = dict.fromkeys(
        parts[0] for parts, _ in files if parts[0].lower() not in ours or twice
    )
    if not names:
        return []
    listed = ", ".join(shown(name) for name in sorted(names)[:5])
    reason = (
        f"it has the folder {search.assignment} twice: {listed}"
        if twice
        else f"it has no folder {search.assignment}, but {listed}"
    )
    return [
        Claim(member=member, person=student, student=student, name=listed, refusal=reason)
        for parts, member in files
        if parts[0] in names
    ]


def _stamped(text: str) -> str | None:
    """The time in a `timestamp.txt`; without a zone it is UTC, as nbgrader reads it."""
    return iso_time(text, zone="UTC")


def clones_slug(placed: list[Placed], search: Search) -> str:
    """The beginning of most clones' folders, up to a hyphen; "" where there are no clones.

    GitHub Classroom calls them SLUG-LOGIN, and whoever runs the course chooses the slug. It is
    the assignment's name, or what all of three clones or more begin with.
    """
    units = {parts[0]: len(parts) > 1 for parts, _ in placed}
    folders = sorted(name for name, is_folder in units.items() if is_folder)
    slug = f"{search.assignment}-"
    if 2 * sum(name.startswith(slug) and name != slug for name in folders) > len(units):
        return slug
    clones = sorted({parts[0] for parts, _ in placed if parts[1:2] == (".git",)})
    if len(clones) < 3 or 2 * len(clones) <= len(units):  # two logins may begin alike
        return ""
    first, last = clones[0], clones[-1]
    common = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    cuts = [n + 1 for n in range(common) if first[n] == "-"]
    # Logins have hyphens, too: of the slugs that are possible, the one that finds most people.
    known = Counter(cut for cut in cuts for name in clones if search.is_somebody(name[cut:]))
    best = max(cuts, key=lambda cut: (known[cut], cut), default=0)
    return first[:best]


def clones(placed: list[Placed], search: Search) -> list[Claim]:
    """A clone for each student, called SLUG-LOGIN; a folder without the slug is a login.

    The times in a clone are what the student's own clock says, or when it was cloned. They
    prove nothing about a deadline, so that they are not read.
    """
    slug = clones_slug(placed, search)
    found = []
    for parts, member in placed:
        if len(parts) == 1:
            found.append(stray(parts[0], member, "it lies beside the clones"))
            continue
        login = parts[0].removeprefix(slug) or parts[0]
        found.append(_of_clone(login, parts, member))
    return found


def _of_clone(login: str, parts: tuple[str, ...], member: SourceMember) -> Claim:
    return Claim(
        member=member,
        person=parts[0],
        student=login,
        name="/".join(parts[1:]),
        system="github",
        number=login,
    )
