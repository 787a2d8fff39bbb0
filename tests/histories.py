"""Random histories of a gradebook: other commands in another order, and the same records.

A class hands in through four systems. A history is a list of commands (batch, roster, adjust,
regrade, export) that a teacher may give in any order; two histories of one `Term` end with the
same records. All parts are real, except for one thing: a text is graded once for each basis,
and later gradings of it record the same report.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.batch import running
from autograder.batch.admission import admit
from autograder.course.course import Assignment
from autograder.course.lateness import Late
from autograder.errors import GradeError, UsageError
from autograder.export.model import Row
from autograder.export.registry import exporter
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from autograder.gradebook.uniform import refuse_mixed
from autograder.grading.report import grade
from autograder.model import Report, Submission
from autograder.sandbox.host.sandbox import Sandbox
from autograder.submissions.people.roster import Person, Roster
from autograder.submissions.sources import iterate
from tests.classroom import HONEST
from tests.support import CHECKS, make_course
from tests.support_sources import make_blackboard, make_files, make_gradescope, zipped

FORMATS = ("csv", "jsonl", "canvas", "moodle", "gradescope", "github", "junit")
TEXTS = ("right", "squared", "without_two", "plus_one")
SEEDS = (11, 12)
HARDER = CHECKS.replace("@check(points=10, hint", "@check(points=20, hint")
# Two have one name, so that only Canvas's numbers tell them apart.
PEOPLE = (
    Person(login="jdoe", id="s1", email="j@x.y", name="Doe, Jane", canvas="71"),
    Person(login="jdoe2", id="s2", email="jane@x.y", name="Doe, Jane", canvas="72"),
    Person(login="mroe", id="s3", email="max@x.y", name="Roe, Max", canvas="73"),
    Person(login="ilov", id="s4", email="ida@x.y", name="Lov, Ida", canvas="74"),
    Person(login="klee", id="s5", email="kim@x.y", name="Lee, Kim", canvas="75"),
    Person(login="absent", id="s6", email="a@x.y", name="Away, Al", canvas="76"),
)
# The same people as an earlier roster had them: two logins are swapped, one was another.
EARLIER = tuple(
    msgspec.structs.replace(person, login=login)
    for person, login in zip(
        PEOPLE, ("jdoe2", "jdoe", "mr", "ilov", "klee", "absent"), strict=True
    )
)


class World:
    """Two states of one course, and every report that its gradings may have."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.states = [
            make_course(folder / "a"),
            make_course(folder / "b", checks=HARDER, points=70),
        ]
        self._reports: dict[tuple[str, str, int], Report] = {}
        self._sandbox = Sandbox(limits=self.states[0].limits, preload=("numpy",))
        self._template = folder / "empty.db"
        with Gradebook.open(str(self._template)) as book:
            book.keep_seed("small", SEEDS[0])
        self.exporters = {form: exporter(form) for form in FORMATS}
        self._books = 0

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()

    def book(self, late: Late) -> Gradebook:
        """A new gradebook."""
        self._books += 1
        path = self.folder / f"{self._books}.db"
        shutil.copy(self._template, path)
        return Gradebook.open(str(path), late=late, worth={"small": 70})

    def report(self, submission: Submission, assignment: Assignment, seed: int) -> Report:
        """Of one text, on one basis."""
        text = "".join(cell.source for cell in submission.cells)
        place = (text, assignment.digest, seed)
        if place not in self._reports:
            self._reports[place] = grade(
                submission, assignment, seed=seed, sandbox=self._sandbox
            )
        report = self._reports[place]
        checks = tuple(msgspec.structs.replace(one, seconds=0.0) for one in report.checks)
        return msgspec.structs.replace(report, checks=checks, notes=submission.notes)


@dataclass
class Term:
    """What a class has handed in, and what was said of it: the records.

    downloads   the sources, by system, each as it was downloaded from time to time.
    """

    downloads: dict[str, list[Path]]
    rosters: list[Roster]
    adjustments: list[tuple[int, float]]
    late: Late


def term(chance: random.Random, folder: Path) -> Term:
    """Random records, with their downloads below `folder`."""

    def text() -> bytes:
        return HONEST[chance.choice(TEXTS)].source.encode()

    downloads: dict[str, list[Path]] = {}
    # Canvas shows the last attempt, and no times: what is downloaded later counts.
    people = [(0, "doejane"), (1, chance.choice(["doejane", "jdoe"]))]
    downloads["canvas"] = []
    for number in range(chance.randint(1, 2)):
        (folder / f"canvas{number}").mkdir(parents=True)
        files = [
            (f"{name}_{PEOPLE[who].canvas}_{50 + who}_small.py", text()) for who, name in people
        ]
        downloads["canvas"].append(zipped(folder / f"canvas{number}" / "canvas.zip", files))
    # These tell the times, so that any order of their downloads is the same.
    for system, make, called in (
        ("blackboard", make_blackboard, "login"),
        ("gradescope", make_gradescope, "id"),
    ):
        downloads[system] = []
        for number in range(chance.randint(1, 2)):
            there = folder / f"{system}{number}"
            there.mkdir(parents=True)
            items = [
                (getattr(PEOPLE[who], called), "small.py", text(), number == 1)
                for who in (2, 3)
                if chance.random() < 0.8
            ] or [(getattr(PEOPLE[2], called), "small.py", text(), False)]
            # Two attempts are at two times, also of two systems.
            blank = [("nobody", "small.txt", b"", False)] * (system == "gradescope")
            downloads[system].append(make(there, [*blank, *items]))
    downloads["folder"] = [make_files(folder, [("klee", "small.py", text(), False)])]
    rosters = [] if chance.random() < 0.2 else [Roster(PEOPLE)]
    if rosters and chance.random() < 0.5:
        rosters.insert(0, Roster(EARLIER))
    known = [4] if not rosters else range(len(PEOPLE))
    adjustments = [
        (chance.choice(list(known)), chance.choice([2.5, -1.0, 5.0]))
        for _ in range(chance.randint(0, 3))
    ]
    due = datetime.fromisoformat("2026-03-18T12:00:00+01:00")
    extended = datetime.fromisoformat("2026-03-20T23:00:00+00:00")
    late = Late(
        percent_per_day=10,
        deadlines={"small": due},
        extensions={"small": {"klee": extended, **({"Max Roe": extended} if rosters else {})}},
    )
    return Term(downloads, rosters, adjustments, late)


@dataclass
class History:
    """One way to the records: the gradebook, and what was met on the way.

    refused   exports of mixed gradings, which were refused as they must be.
    wrong     exports that were refused or written where the other was right.
    """

    world: World
    term: Term
    book: Gradebook
    chance: random.Random
    state: int = 0
    seed: int = SEEDS[0]
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Give all commands, in a random order."""
        left: list[tuple[str, Iterator[Callable[[], None]]]] = [
            (name, iter(commands)) for name, commands in self._commands().items()
        ]
        while left:
            name, commands = self.chance.choice(left)
            command = next(commands, None)
            if command is None:
                left.remove((name, commands))
                continue
            self._give(name, command)
            while self.chance.random() < 0.4:
                self._give(*self._noise())
        self.state = 1
        self._give("regrade", lambda: self._regrade(SEEDS[1], accept=True))

    def exported(self, to: Path) -> dict[str, bytes]:
        """Every format's files, without the time at which something was graded."""
        roster = self.book.roster()
        rows = [msgspec.structs.replace(row, graded="") for row in self.book.rows("small")]
        for form, one in self.world.exporters.items():
            one.write(rows, to / form, roster=roster)
        return {
            str(path.relative_to(to)): path.read_bytes()
            for path in sorted(to.rglob("*"))
            if path.is_file()
        }

    def _commands(self) -> dict[str, list[Callable[[], None]]]:
        """What must be done, each list in its order."""
        batches = {
            system: [lambda path=path: self._batch(path) for path in paths]
            for system, paths in self.term.downloads.items()
        }
        for paths in batches.values():
            if self.chance.random() < 0.5:  # the last download again
                paths.append(paths[-1])
        for system in ("blackboard", "gradescope"):
            self.chance.shuffle(batches[system])
        people = [lambda one=one: self._roster(one) for one in self.term.rosters]
        if len(people) == 2 and self.chance.random() < 0.5:
            del people[0]  # this teacher never gave the earlier one
        adjust = [lambda one=one: self._adjust(*one) for one in self.term.adjustments]
        return {**batches, "roster": people, "adjust": adjust}

    def _noise(self) -> tuple[str, Callable[[], None]]:
        """A command that adds no record."""
        return self.chance.choice(
            [
                ("export", self._export),
                ("regrade", lambda: self._regrade(self.chance.choice(SEEDS), accept=False)),
                ("regrade --accept", lambda: self._regrade(self.seed, accept=True)),
                ("new seed", lambda: self._regrade(SEEDS[1], accept=True)),
                ("new checks", lambda: setattr(self, "state", 1)),
            ]
        )

    def _give(self, name: str, command: Callable[[], None]) -> None:
        self.commands.append(name)
        command()

    @property
    def _basis(self) -> Basis:
        return running.basis(self.world.states[self.state], self.seed)

    def _batch(self, source: Path) -> None:
        assert self.book.fits("small", self.seed)
        self.book.keep_seed("small", self.seed)
        run = self.book.begin("small", "batch", "local", [str(source)])
        items = iterate([source], assignment="small", module="small")
        ids = sorted(admit(items, self.book, run, "small").ids.values())
        self._grade(run, self.book.waiting(ids, self._basis), self._basis, candidate=False)

    def _regrade(self, seed: int, *, accept: bool) -> None:
        run = self.book.begin("small", "regrade", "local", [])
        basis = msgspec.structs.replace(self._basis, seed=seed)
        ids = self.book.counting("small")
        waiting = self.book.waiting(ids, basis, or_candidate=True)
        self._grade(run, waiting, basis, candidate=True)
        if accept:
            self.book.accept(basis)
            self.seed = seed

    def _grade(self, run: int, ids: list[int], basis: Basis, *, candidate: bool) -> None:
        assignment = self.world.states[self.state]
        for number, submission in self.book.texts(ids):
            report = self.world.report(submission, assignment, basis.seed)
            self.book.record(
                number, run, report, basis, seconds=0, engine="local", candidate=candidate
            )

    def _roster(self, roster: Roster) -> None:
        self.book.enroll(roster)

    def _adjust(self, who: int, points: float) -> None:
        names = [PEOPLE[who].login, PEOPLE[who].id, PEOPLE[who].email, PEOPLE[who].canvas]
        directory = self.book.directory()
        # A login of now may be another person's by an earlier roster.
        meant = next((key for key, one in directory.people.items() if one.id == names[1]), None)
        known = [name for name in names if meant and directory.find(name) == meant]
        if not known:  # the teacher looks for the name, and gives the class first
            if self.term.rosters:
                self._roster(self.term.rosters[-1])
                known = names
            else:
                self._batch(self.term.downloads["folder"][0])
                known = names[:1]
        chosen = self.chance.choice(known) if self.term.rosters else names[0]
        self.book.adjust("small", chosen, points, reason="said", author="t")

    def _export(self) -> None:
        rows = self._rows()
        if rows is None:
            return
        graded = [row for row in rows if row.report.checks]
        mixed = len({(row.report.seed, row.report.possible) for row in graded}) > 1
        present = [running.basis(self.world.states[self.state], 0)]
        try:
            refuse_mixed(self.book.mixtures(present, "small"))
        except GradeError as error:
            self.refused += 1
            if not mixed or error.slug != "mixed" or "grade regrade small" not in error.hint:
                self.wrong.append(f"refused: {error.message}")
        else:
            if mixed:
                self.wrong.append("written, though gradings differ")

    def _rows(self) -> list[Row] | None:
        """What an export would write; None where it is refused for another reason."""
        try:
            return self.book.rows("small")
        except (GradeError, UsageError):  # an extension of somebody who is not known yet
            return None
