"""The layout of a source, and so who handed in what.

    taken ──► a download of Gradescope, Moodle, Blackboard or Canvas
         ├──► nbgrader's tree, clones of GitHub Classroom (`trees`)
         └──► a folder for each student, or a file for each student (`people`)

It is decided by the names at the top of the source, which the system or whoever runs the
course gives, and by most of them: what one student hands in changes nothing. A lone folder
may be a student's, or may hold the whole class; where that stays unclear, nobody is guessed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from importlib.metadata import entry_points

import msgspec

from autograder.errors import IntakeError
from autograder.submissions.sources.blackboard import blackboard, fits_blackboard
from autograder.submissions.sources.claims import Claim, Placed, Search, stray
from autograder.submissions.sources.downloads import (
    canvas,
    fits_canvas,
    fits_gradescope,
    fits_moodle,
    gradescope,
    moodle,
)
from autograder.submissions.sources.junk import is_litter
from autograder.submissions.sources.litter import left_out, without_junk, work_in
from autograder.submissions.sources.members import SourceMember, shown
from autograder.submissions.sources.people import holds_work, plain, stem
from autograder.submissions.sources.trees import (
    SUBMITTED,
    below_submitted,
    clones,
    clones_slug,
    fits_nbgrader,
    nbgrader,
)

Claims = Callable[[list[Placed], Search], list[Claim]]
FOLDERS, NBGRADER, GITHUB = "folders", "nbgrader", "github"
_TITLES = {
    FOLDERS: "a folder or a file for each student",
    NBGRADER: "nbgrader's tree",
    GITHUB: "clones of GitHub Classroom",
}
_WRAPPERS = 4  # folders around everything, as archive programs and people make them


class Download(msgspec.Struct, frozen=True):
    """The form in which a system hands out a class.

    fits    whether the system gives a name like this at the top, and whether to a folder.
    claims  whose each file is, of those that fit.
    """

    name: str
    fits: Callable[[str, bool], bool]
    claims: Claims

    @property
    def title(self) -> str:
        """For people."""
        return f"a download of {self.name.capitalize()}"


GROUP = "autograder.layouts"
_OURS = (
    Download("gradescope", fits_gradescope, gradescope),
    Download("moodle", fits_moodle, moodle),
    Download("blackboard", fits_blackboard, blackboard),
    Download("canvas", fits_canvas, canvas),
)
_TREES: dict[str, Claims] = {NBGRADER: nbgrader, GITHUB: clones, FOLDERS: plain}


def names() -> list[str]:
    """The names that `--layout` takes: our own, and those that packages bring."""
    theirs = sorted(point.name for point in entry_points(group=GROUP))
    return [*(download.name for download in _OURS), *theirs, *_TREES]


@functools.cache
def downloads() -> tuple[Download, ...]:
    """All that are known: ours, and the entry points of the group `autograder.layouts`."""
    return (*_OURS, *(point.load() for point in entry_points(group=GROUP)))


class Taken(msgspec.Struct, frozen=True):
    """The layout of a source, why, and what each of its files is, and whose.

    left  how many files are nobody's, by the folder or the file that says why.
    """

    layout: str
    why: str
    claims: list[Claim]
    left: tuple[tuple[str, int], ...] = ()


def taken(
    members: Iterable[SourceMember],
    search: Search,
    *,
    packed: bool,
    called: str = "",
    layout: str = "",
) -> Taken:
    """The layout of a source, and who handed in what.

    packed  whether it is an archive, in which a lone folder may hold the whole class.
    called  the source's own name, which may say that it is nbgrader's tree.
    layout  what the user says that it is, one of `names()`.

    Raises IntakeError where it fits two systems alike, or not the layout that was named.
    """
    members = list(members)
    aside: list[Placed] = []  # in folders of programs, where nobody hands in
    placed = _apart([(member.parts, member) for member in members], aside)
    if layout:
        found = _as_told(placed, search, layout, aside)
    else:
        found = _by_names(placed, search, aside, called, packed=packed)
    paths = {member.path for member in members} if aside else ()
    claims = found.claims + work_in(aside, paths, search)
    left = left_out(members, claims, search)
    return msgspec.structs.replace(found, claims=claims, left=left)


def _by_names(
    placed: list[Placed], search: Search, aside: list[Placed], called: str, *, packed: bool
) -> Taken:
    inside = ""
    for _ in range(_WRAPPERS):
        found = _of_a_system(placed, search, aside, called)
        if found is not None:
            return _inside(found, inside)
        lone = _lone(placed)
        if not lone or not _is_wrapper(lone, placed, search, packed):
            break
        placed = _apart([(parts[1:], m) for parts, m in placed], aside)
        inside, called = f"{inside}{shown(lone)}/", lone
    why = "not named like the download of a learning system"
    return _inside(Taken(_TITLES[FOLDERS], why, without_junk(plain(placed, search))), inside)


def _apart(placed: list[Placed], aside: list[Placed]) -> list[Placed]:
    """The files that people have put here; folders that only programs make go aside."""
    aside += [one for one in placed if is_litter(one[0][0])]
    return [one for one in placed if not is_litter(one[0][0])]


def _of_a_system(
    placed: list[Placed], search: Search, aside: list[Placed], called: str
) -> Taken | None:
    units = _units(placed)
    counts = [
        (sum(download.fits(*unit) for unit in units.items()), download)
        for download in downloads()
    ]
    most = max((count for count, _ in counts), default=0)
    if 2 * most > len(units):
        best = [download for count, download in counts if count == most]
        if len(best) > 1:
            raise IntakeError(
                f"It fits {' and '.join(one.title for one in best)} alike.",
                hint="Say which: --layout " + " or --layout ".join(one.name for one in best),
            )
        return _of_download(best[0], placed, search, most)
    called_so = called.lower() == SUBMITTED
    tree, beside = (placed, []) if called_so else below_submitted(placed)
    called_so = called_so or tree is not placed
    slug = "" if called_so else clones_slug(placed, search)
    if slug:
        why = f"most folders begin with {shown(slug)}"
        return Taken(_TITLES[GITHUB], why, without_junk(clones(placed, search)))
    tree = _apart(tree, aside) if tree is not placed else tree
    if fits_nbgrader(tree, search, called_so=called_so):
        why = f"students' folders hold {search.assignment}/"
        return Taken(_TITLES[NBGRADER], why, without_junk(nbgrader(tree, search)) + beside)
    return None


def _of_download(
    download: Download, placed: list[Placed], search: Search, most: int | None = None
) -> Taken:
    units = _units(placed)
    fitting = {name for name, is_folder in units.items() if download.fits(name, is_folder)}
    system = download.name.capitalize()
    why = f"{len(fitting)} of the {len(units)} names at its top are {system}'s"
    strays = [
        stray(parts[0], member, f"its name is not one that {system} gives")
        for parts, member in placed
        if parts[0] not in fitting
    ]
    mine = [(parts, member) for parts, member in placed if parts[0] in fitting]
    return Taken(download.title, why, without_junk(download.claims(mine, search)) + strays)


def _as_told(placed: list[Placed], search: Search, layout: str, aside: list[Placed]) -> Taken:
    """The claims in the layout that the user names, below lone folders where it needs it."""
    why = f"--layout {layout}"
    if layout in _TREES:
        inner, beside = below_submitted(placed) if layout == NBGRADER else (placed, [])
        inner = _apart(inner, aside) if inner is not placed else inner
        claims = without_junk(_TREES[layout](inner, search)) + beside
        return Taken(_TITLES[layout], why, claims)
    download = next(one for one in downloads() if one.name == layout)
    for _ in range(_WRAPPERS):
        if any(download.fits(*unit) for unit in _units(placed).items()):
            return msgspec.structs.replace(_of_download(download, placed, search), why=why)
        lone = _lone(placed)
        if not lone:
            break
        placed = _apart([(parts[1:], m) for parts, m in placed], aside)
    raise IntakeError(f"None of its names is one that {layout.capitalize()} gives.")


def _inside(found: Taken, inside: str) -> Taken:
    if not inside:
        return found
    return msgspec.structs.replace(found, why=f"{found.why}, inside the folder {inside}")


def _units(placed: list[Placed]) -> dict[str, bool]:
    """The names at the top, each with True for a folder."""
    units: dict[str, bool] = {}
    for parts, _ in placed:
        units[parts[0]] = units.get(parts[0], False) or len(parts) > 1
    return units


def _lone(placed: list[Placed]) -> str:
    """The folder that holds everything; empty when there is none."""
    units = _units(placed)
    return next(iter(units)) if len(units) == 1 and all(len(p) > 1 for p, _ in placed) else ""


def _is_wrapper(lone: str, placed: list[Placed], search: Search, packed: bool) -> bool:
    """True if a lone folder holds the class, and is no student's own.

    Raises IntakeError where it could be either.
    """
    inner = _apart([(parts[1:], m) for parts, m in placed], [])
    units = _units(inner)
    metadata = any(parts[0] == "submission_metadata.yml" for parts, _ in inner)
    if metadata and all(fits_gradescope(*unit) for unit in units.items()):
        return lone.endswith("_export") and lone.startswith("assignment_")
    if not packed or search.is_somebody(lone):
        return False
    if holds_work(inner, search):
        # The names in it would be a class's, if they were not a student's to choose.
        if _are_like_a_class_s(units, search):
            raise _unclear(lone, next(iter(units)))
        return False
    if len(units) != 1:
        own = [name for name in units if name.lower() == search.assignment.lower()]
        if own:  # a student's folder for it, or a student who is called so
            raise _unclear(lone, own[0])
        return bool(units)
    only = next(iter(units))
    for _ in range(_WRAPPERS):
        if next(iter(units)).lower() == SUBMITTED:
            return True
        inner = _apart([(parts[1:], m) for parts, m in inner if len(parts) > 1], [])
        units = _units(inner)
        if len(units) != 1:
            break
    if len(units) > 1 and not holds_work(inner, search):
        return True  # folders around the folder around the class
    raise _unclear(lone, only)


def is_like_a_class(members: Iterable[SourceMember], search: Search) -> bool:
    """True if an archive within a source seems to hold several people's work."""
    placed = _apart([(member.parts, member) for member in members], [])
    while lone := _lone(placed):
        placed = _apart([(parts[1:], m) for parts, m in placed], [])
        if search.is_somebody(lone):
            return False
    units = _units(placed)
    return len(units) > 1 and _are_like_a_class_s(units, search)


def _are_like_a_class_s(units: dict[str, bool], search: Search) -> bool:
    """True if most names are a system's, or those of people who are known."""
    fitting = max(sum(one.fits(*unit) for unit in units.items()) for one in downloads())
    known = sum(search.is_somebody(stem(name)) for name in units)
    return 2 * max(fitting, known) > len(units)


def _unclear(lone: str, inner: str) -> IntakeError:
    return IntakeError(
        f"It is not clear who handed in {shown(lone)}/{shown(inner)}: {shown(lone)} or "
        f"{shown(inner)}.",
        hint="Unpack it, and name the folder that holds the students' folders.",
    )
