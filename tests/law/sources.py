"""Whose work it is: sources of all layouts, honest students and one who is not.

Each source is built from a seed, so that a failing one can be built again. Every file names its
author. Then nobody but the author may get what is in it, by the source or with a roster, every
author is graded or listed by name, and whoever handed in an ordinary file is graded.
"""

from __future__ import annotations

import random
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.submissions.people.directory import Directory
from autograder.submissions.people.roster import Person
from autograder.submissions.sources import Entry, Looking, Surveyed, Unread, iterate
from tests.law.figures import Figure
from tests.support_sources import tarred, zip_bytes, zipped

LOGINS = ("jdoe", "aroe", "a-aroe", "env", "venv", ".x", "CON", "li", "small", "submitted",
          "max-small", "josé", "nul.txt", "r2", "doe", "x_71")  # fmt: skip
LAYOUTS = ("folders", "files", "canvas", "moodle", "moodle loose", "blackboard", "gradescope",
           "nbgrader", "clones")  # fmt: skip
STAMP = "2027-01-01-00-00-00"


@dataclass
class Author:
    """One student: `unit` is what the source calls them, and they alone wrote `files`."""

    login: str
    number: str
    display: str
    hostile: bool = False
    plain: bool = True  # whether the work is an ordinary file
    unit: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Case:
    """A source, and who is who in it."""

    layout: str
    path: Path
    authors: list[Author]
    people: dict[str, Person]
    rubbish: int = 0  # files that programs wrote, and that nobody has to look at


def figures(full: bool) -> Iterator[Figure]:
    """Sources built at random: 3,000, or 500 in the short form."""
    count = 3000 if full else 500
    wrong: list[str] = []
    lost: list[str] = []
    miscounted: list[str] = []
    refused = entries = rubbish = 0
    for seed in range(count):
        with tempfile.TemporaryDirectory() as folder:
            case = built(random.Random(seed), Path(folder))
            found = check(case)
        wrong += [f"{seed} ({case.layout}): {one}" for one in found.wrong]
        lost += [f"{seed} ({case.layout}): {one}" for one in found.lost]
        miscounted += [f"{seed} ({case.layout}): {one}" for one in found.miscounted]
        refused += found.refused
        entries += found.entries
        rubbish += case.rubbish
    yield Figure(
        "files of sources that somebody else than their author got",
        f"{len(wrong)} of {entries} in {count} sources" + "".join(f"; {w}" for w in wrong[:4]),
        "none",
        not wrong and entries > count,
    )
    yield Figure(
        "students who vanished, or whose ordinary file was not taken",
        f"{len(lost)}, with {refused} refused by name" + "".join(f"; {w}" for w in lost[:4]),
        "none",
        not lost and refused > 0,
    )
    yield Figure(
        "sources in which the count of what was left out does not hold",
        f"{len(miscounted)}, with {rubbish} files of programs"
        + "".join(f"; {w}" for w in miscounted[:4]),
        "none",
        not miscounted and rubbish > count,
    )


@dataclass
class Found:
    """What came of one source."""

    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    refused: int = 0
    entries: int = 0


def check(case: Case) -> Found:
    """Read a source with the roster, and see who got what."""
    found = Found()
    directory = Directory(case.people, {})
    looking = Looking(
        is_somebody=lambda name: directory.find(name) is not None,
    )
    came: set[str] = set()
    said: list[Unread] = []
    for item in iterate([case.path], assignment="small", module="small", looking=looking):
        if isinstance(item, Surveyed):
            directory.meet(item.claimed)
            left = sum(files for _, files in item.left)
            # A clone brings files of git's.
            exact = all(a.plain for a in case.authors) and case.layout != "clones"
            if left < case.rubbish or (exact and left > case.rubbish):
                found.miscounted.append(f"{left} left out of {case.rubbish}: {item.left}")
        elif isinstance(item, Unread):
            said.append(item)
        elif isinstance(item, Entry):
            found.entries += 1
            wrote = item.submission.cells[0].source.partition("'")[2].partition("'")[0]
            owner = next(a for a in case.authors if a.login == wrote)
            came.add(wrote)
            if not _is(item, owner, case.layout):
                found.wrong.append(f"{item.student} got what {wrote} wrote")
            key = directory.of(item)
            if key in case.people and key != wrote:
                found.wrong.append(f"{key} of the roster got what {wrote} wrote")
    found.refused = len(said)
    for author in case.authors:
        if author.login in came:
            continue
        listed = [u for u in said if author.unit in u.source or u.student == author.login]
        whole = [u for u in said if u.source == str(case.path)]
        if whole and _may_be_one_student_s(case) and "not clear" in whole[0].reason:
            continue
        if not listed and not (whole and len(case.authors) < 3):
            found.lost.append(f"{author.login} is listed nowhere")
        elif author.plain and not author.hostile and len(case.authors) > 2:
            found.lost.append(f"{author.login} is refused: {(listed or whole)[0].reason}")
    return found


def _may_be_one_student_s(case: Case) -> bool:
    """Whether the class looks like a student's own folder, which holds the file or one file."""
    ordinary = sum(author.plain for author in case.authors)
    return ordinary < 2 or any(author.login == "small" for author in case.authors)


def _is(entry: Entry, author: Author, layout: str) -> bool:
    if layout == "canvas" or layout.startswith("moodle"):
        return entry.number == author.number
    if layout == "gradescope":
        return entry.student == author.login
    return entry.student == author.login


def built(chance: random.Random, folder: Path) -> Case:
    """A source of some layout with one to seven students, of whom one may be hostile."""
    layout = chance.choice(LAYOUTS)
    logins = chance.sample(LOGINS, chance.randint(1, 7))
    authors = [
        Author(login, str(71 + place), f"{login.strip('.').capitalize()} Student{place}")
        for place, login in enumerate(logins)
    ]
    if chance.random() < 0.7:
        evil = chance.choice(authors)
        evil.hostile = True
        if layout in ("canvas", "moodle", "moodle loose", "gradescope", "blackboard"):
            evil.display = _chosen(chance, chance.choice(authors))
    for author in authors:
        _write(chance, author, authors)
    numbered = chance.random() < 0.5
    named = chance.random() < 0.2  # a roster that knows no login
    people = {
        a.login: Person(
            login="" if named else a.login,
            email=f"s{a.number}@example.edu" if named else "",
            name=a.display if not a.hostile else f"Evil {a.login}",
            canvas=a.number if numbered and layout == "canvas" else "",
            moodle=a.number if numbered and layout.startswith("moodle") else "",
        )
        for a in authors
        # A folder that is alone in an archive is a student's where somebody is called so.
        if not a.hostile or len(authors) == 1 or chance.random() < 0.7
    }
    files = dict(_laid_out(chance, layout, authors))
    rubbish = _rubbish(chance, authors, files)
    path = _packed(chance, layout, files | dict.fromkeys(rubbish, b""), folder)
    return Case(layout, path, authors, people, len(rubbish))


def _rubbish(chance: random.Random, authors: list[Author], files: dict[str, bytes]) -> set[str]:
    """What programs leave at the top of a source; now and then somebody's work is in it."""
    if chance.random() < 0.3:
        name = chance.choice(["__pycache__", ".git", "node_modules/a", "__MACOSX/jane"])
        unit = f"{name}/small.py"
        text = b"owner = 'astray'"
        authors.append(Author("astray", "99", "Astray", True, False, unit, {unit: text}))
        files[unit] = text
    if chance.random() < 0.5:
        return set()
    names = [
        ".DS_Store",
        "__MACOSX/._small.py",
        "__MACOSX/jane/._small.py",
        "__pycache__/small.cpython-312.pyc",
        ".git/HEAD",
        ".git/objects/ab/cdef",
        ".venv/lib/python3/site-packages/a/b.py",
        "node_modules/a/index.js",
        "node_modules/a/gyp/c.py",
        ".idea/workspace.xml",
    ]
    return set(chance.sample(names, chance.randint(1, len(names))))


def _chosen(chance: random.Random, victim: Author) -> str:
    """A name that a student gives themselves."""
    return chance.choice(
        [victim.display, victim.login, f"x_{victim.number}", f"doe_{victim.number}",
         " ".join(reversed(victim.display.split())), f"anon_{victim.number}", victim.number]
    )  # fmt: skip


def _write(chance: random.Random, author: Author, authors: list[Author]) -> None:
    """Their files: an ordinary one, an odd one, or what hands in for somebody else."""
    text = f"owner = '{author.login}'\n".encode()
    victim = chance.choice(authors)
    if author.hostile:
        names = [
            f"x_{victim.login}_attempt_{STAMP}_small.py",
            f"x_{victim.login}_attempt_{STAMP}.txt",
            f"{victim.display}_{victim.number}_assignsubmission_file_small.py",
            f"{victim.login}_{victim.number}_5_small.py",
            f"{victim.number}_6_small.py",
            "submission_metadata.yml",
            f"{victim.login}/small/small.py",
            f"submitted/{victim.login}/small/small.py",
            f"submission_1/{victim.login}.py",
            ".git/HEAD",
            "small/small.py",
            "small.py",
            "pyvenv.cfg",
            f"../{victim.login}/small.py",
            ".ipynb_checkpoints/small.py",
        ]
        author.files = dict.fromkeys(chance.sample(names, chance.randint(1, 5)), text)
        author.plain = False
    elif chance.random() < 0.7:
        author.files = {"small.py": text}
    else:
        author.plain = False
        author.files = chance.choice(
            [
                {"Small/small.py": text},
                {"work.zip": zip_bytes([("hw/small.py", text)])},
                {"work.zip": zip_bytes([])},
                {"work.zip": zip_bytes([("__MACOSX/small.py", text)])},
                {"venv/small.py": text},
                {".ipynb_checkpoints/small.py": text},
                {"__MACOSX/small.py": text},
                {"notes.docx": b"PK"},
                {"small.py": b""},
                {"__pycache__/small.py": text},
                {".git/small.py": text, ".git/HEAD": b""},
                {"node_modules/a/small.py": text},
                {"env/pyvenv.cfg": b"", "small.py": text},
                {"pyvenv.cfg": b"", "lib/small.py": b"", "small.py": text},
                {"a.py": text, "b.py": text + b"#"},
                {"1_small.py": text},
            ]
        )


def _laid_out(
    chance: random.Random, layout: str, authors: list[Author]
) -> Iterator[tuple[str, bytes]]:
    """The names that the system makes of everybody's files."""
    loose = layout in ("canvas", "moodle loose", "blackboard", "files")
    for author in authors:
        files = {
            (name.replace("/", "_") if loose else name): data
            for name, data in author.files.items()
        }
        author.unit = _unit(layout, author, "LATE_" if chance.random() < 0.2 else "")
        if layout == "files":
            for name, data in [*files.items()][:1]:
                yield f"{author.login}{Path(name).suffix or '.py'}", data
            continue
        for place, (name, data) in enumerate(files.items()):
            if layout == "canvas":
                yield f"{author.unit}{50_000 + place}_{name}", data
            elif layout == "moodle loose":
                yield f"{author.unit}_{name}", data
            elif layout == "blackboard":
                yield f"{author.unit}_attempt_2026-03-01-10-00-00_{name}", data
            else:
                yield f"{author.unit}/{name}", data
        if layout == "blackboard":
            text = (
                f"Name: {author.display} ({author.login})\nÜbung: HW_1\n\nText:\nName: a (b)\n"
            )
            yield f"{author.unit}_attempt_2026-03-01-10-00-00.txt", text.encode()
        if layout == "clones" and chance.random() < 0.8:
            yield f"{author.unit}/.git/HEAD", b""
    if layout == "gradescope":
        lines = "".join(
            f"{a.unit}:\n  :submitters:\n  - :name: '{a.display}'\n    :sid: '{a.login}'\n"
            "  :created_at: 2026-03-01 12:00:00.000000000 Z\n"
            for a in authors
        )
        yield "submission_metadata.yml", lines.encode()


def _unit(layout: str, author: Author, late: str) -> str:
    sortable = "".join(c for c in author.display.lower() if c.isalnum() or c == "_")
    name = author.display.replace("_", " ")
    return {
        "canvas": f"{sortable}_{late}{author.number}_",
        "moodle": f"{name}_{author.number}_assignsubmission_file",
        "moodle loose": f"Group 1-{name}_{author.number}_assignsubmission_file",
        "blackboard": f"HW_1_{author.login}",
        "gradescope": f"submission_{author.number}",
        "nbgrader": f"{author.login}/small",
        "clones": f"small-{author.login}",
    }.get(layout, author.login)


def _packed(chance: random.Random, layout: str, files: dict[str, bytes], folder: Path) -> Path:
    """As a folder, a zip or a tar; paths that lead upwards are for archives alone."""
    kind = chance.choice(["folder", "zip", "tar", "tar.gz"])
    name = "submitted" if layout == "nbgrader" else "class"
    around = "submitted/" if layout == "nbgrader" and kind != "folder" else ""
    if layout == "gradescope":
        around = chance.choice(["", "assignment_7_export/"])
    elif kind != "folder":
        around = chance.choice(["", "", "class/", "term/class/"]) + around
    listed = [(around + path, data) for path, data in files.items()]
    if kind == "folder":
        for path, data in listed:
            where = folder / name / path.replace("../", "")
            if not any(parent.is_file() for parent in where.parents) and not where.is_dir():
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(data)
        return folder / name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (zipped if kind == "zip" else tarred)(folder / f"{name}.{kind}", listed)
