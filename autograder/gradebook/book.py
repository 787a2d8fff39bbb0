"""The gradebook: take submissions in, record gradings, say what counts."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
from sqlalchemy import Connection, insert, select, update

from autograder.errors import UsageError
from autograder.gradebook import counting, keeping, practice, queries, seeding
from autograder.gradebook.database import Database
from autograder.gradebook.entries import Basis, Change, Kept, Standing, now, unpacked
from autograder.gradebook.schema import (
    CANDIDATE,
    CURRENT,
    adjustments,
    contents,
    gradings,
    runs,
    submissions,
)
from autograder.lateness import Late
from autograder.model import Report, Submission

if TYPE_CHECKING:
    from autograder.export.model import Row
    from autograder.intake.sources.model import Entry

T = TypeVar("T")


class Gradebook:
    """One course's gradebook. Close it, or use it as a context manager."""

    def __init__(self, database: Database, late: Late) -> None:
        self._database = database
        self._late = late

    @classmethod
    def open(cls, place: str, *, late: Late | None = None) -> Gradebook:
        """Open the gradebook at `place`, a file or a URL; made where there is none.

        late   the course's policy, for `rows`; without it nothing is late.

        Raises GradeError, and UsageError for a `place` that cannot be one.
        """
        return cls(Database(place), late if late is not None else Late())

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What people call it: its file, or its URL without the password."""
        return self._database.name

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    # What comes in

    def begin(self, assignment: str, kind: str, engine: str, sources: Sequence[str]) -> int:
        """Note that a run begins; its number. `kind` is "batch" or "regrade"."""
        row = {
            "assignment": assignment,
            "kind": kind,
            "engine": engine,
            "sources": msgspec.json.encode(list(sources)).decode(),
            "started": now(),
        }
        query = insert(runs).values(row).returning(runs.c.id)
        return int(self._database.write(lambda c: c.execute(query).scalar_one()))

    def end(self, run: int) -> None:
        """Note that a run came to its end; one that was killed has none."""
        change = update(runs).where(runs.c.id == run).values(ended=now())
        self._database.write(lambda connection: connection.execute(change))

    def take_in(
        self, run: int, assignment: str, entries: Sequence[Entry], place: int = 0
    ) -> list[int]:
        """Keep submissions, in one transaction; their ids, in order.

        place   how many of this run were taken in before.

        Of a student's submissions the one that was taken in last counts, also when it had
        been there before.
        """
        return self._database.write(
            lambda connection: keeping.take_in(
                connection, self._database.insert, run, assignment, entries, place
            )
        )

    def record(
        self,
        submission: int,
        run: int,
        report: Report,
        basis: Basis,
        *,
        seconds: float,
        engine: str,
        candidate: bool = False,
        again: bool = False,
    ) -> bool:
        """Keep one grading, in one transaction; False when it was there already.

        candidate   it does not count until it is accepted.
        again       replace one with the same basis, of an earlier run.

        A report with a grader's fault is kept beside the others, and never counts.
        """
        return self._database.write(
            lambda connection: keeping.record(
                connection,
                submission,
                run,
                report,
                basis,
                seconds=seconds,
                engine=engine,
                candidate=candidate,
                again=again,
            )
        )

    def record_practice(
        self, submission: int, report: Report, basis: Basis, *, seconds: float, engine: str
    ) -> bool:
        """Keep a grading on the public inputs, which never counts; False for a fault."""
        return self._database.write(
            lambda connection: practice.record(
                connection,
                self._database.insert,
                submission,
                report,
                basis,
                seconds=seconds,
                engine=engine,
            )
        )

    def accept(self, basis: Basis) -> int:
        """Let the candidates with this basis count, all at once; how many there were.

        Its seed is that of the assignment from now on.
        """

        def action(connection: Connection) -> int:
            seeding.keep(connection, basis.assignment, basis.seed)
            return keeping.accept(connection, basis)

        return self._database.write(action)

    def keep_seed(self, assignment: str, seed: int) -> None:
        """From now on this seed draws the inputs of this assignment."""
        self._database.write(lambda connection: seeding.keep(connection, assignment, seed))

    def adjust(
        self, assignment: str, student: str, points: float, *, reason: str, author: str
    ) -> None:
        """Add points to (or below 0, take them off) what a student has. Nothing is undone:
        another adjustment takes one back.
        """
        known = self.students(assignment)
        if student not in known:
            near = difflib.get_close_matches(student, known, 1, 0.5)
            raise UsageError(
                f"The gradebook has no submission of {student!r} for {assignment}.",
                hint=f"Did you mean {near[0]!r}?" if near else "Grade the submission first.",
            )
        row = {
            "assignment": assignment,
            "student": student,
            "points": points,
            "reason": reason,
            "author": author,
            "made": now(),
        }
        query = insert(adjustments).values(row)
        self._database.write(lambda connection: connection.execute(query), tries=False)

    # What is asked

    def has_seed(self, assignment: str) -> bool:
        """Whether this assignment, or else any other, has been graded with a seed."""
        return bool(self._database.read(lambda c: seeding.bound(c, assignment)))

    def fits(self, assignment: str, seed: int) -> bool:
        """Whether this is the seed of this assignment, or one for an assignment without."""
        return self._database.read(lambda c: seeding.fits(c, assignment, seed))

    def students(self, assignment: str) -> list[str]:
        """Everybody who handed something in, sorted."""
        query = select(submissions.c.student).where(submissions.c.assignment == assignment)
        return sorted(student for (student,) in self._database.all(query.distinct()))

    def counting(self, assignment: str) -> list[int]:
        """The ids of the submissions that count, one for each student."""
        return sorted(number for (number,) in self._database.all(queries.counting(assignment)))

    def waiting(
        self, ids: Sequence[int], basis: Basis, *, or_candidate: bool = False
    ) -> list[int]:
        """Those of `ids` that have no grading with this basis, in order."""
        states = (CURRENT, CANDIDATE) if or_candidate else (CURRENT,)
        found: list[int] = []
        for page in _pages(ids):
            query = select(gradings.c.submission).where(
                gradings.c.submission.in_(page), gradings.c.state.in_(states), queries.on(basis)
            )
            done = {number for (number,) in self._database.all(query)}
            found += (number for number in page if number not in done)
        return found

    def texts(self, ids: Sequence[int]) -> list[tuple[int, Submission]]:
        """Submissions as they were handed in, in order."""
        s = submissions.c
        query = (
            select(s.id, s.name, s.digest, s.notes, contents.c.cells)
            .join(contents, contents.c.digest == s.digest)
            .where(s.id.in_(ids))
            .order_by(s.id)
        )
        return [
            (
                number,
                Submission(
                    name=name,
                    cells=unpacked(cells),
                    digest=digest,
                    notes=msgspec.json.decode(notes, type=tuple[str, ...]),
                ),
            )
            for number, name, digest, notes, cells in self._database.all(query)
        ]

    def standings(self, ids: Sequence[int]) -> Iterator[Standing]:
        """How these submissions stand now."""
        s = submissions.c
        for page in _pages(ids):
            speaks = queries.graded(page).subquery()
            query = (
                select(s.id, s.student, s.source, gradings.c.report)
                .outerjoin(speaks, speaks.c.submission == s.id)
                .outerjoin(gradings, gradings.c.id == speaks.c.id)
                .where(s.id.in_(page))
                .order_by(s.student)
            )
            for number, student, source, report in self._database.all(query):
                yield Standing(
                    number,
                    student,
                    source,
                    None if report is None else msgspec.json.decode(report, type=Report),
                )

    def practice(self, ids: Sequence[int], basis: Basis) -> dict[int, Report]:
        """The gradings on the public inputs that these submissions have, by id."""
        return {
            number: Kept(report, timings).whole()
            for page in _pages(ids)
            for number, report, timings in self._database.all(practice.of(page, basis))
        }

    def changes(self, basis: Basis) -> list[Change]:
        """What the candidates with this basis would change, by student."""
        before, after = gradings.alias(), gradings.alias()
        query = (
            select(submissions.c.student, before.c.report, after.c.report)
            .join(after, (after.c.submission == submissions.c.id))
            .outerjoin(
                before,
                (before.c.submission == submissions.c.id) & (before.c.state == CURRENT),
            )
            .where(
                submissions.c.id.in_(queries.counting(basis.assignment)),
                after.c.state == CANDIDATE,
                after.c.seed == basis.seed,
                after.c.key == basis.key,
                after.c.framework == basis.framework,
            )
            .order_by(submissions.c.student)
        )
        return [
            Change(
                student,
                None if old is None else msgspec.json.decode(old, type=Report),
                msgspec.json.decode(new, type=Report),
            )
            for student, old, new in self._database.all(query)
        ]

    def rows(self, assignment: str | None = None) -> list[Row]:
        """What counts: a row for each student and assignment, with lateness and adjustments.

        A submission that only ever met a fault of the grader has a row, too: its report says
        that it is `ungraded`. One that was not graded at all yet has none.
        """
        return self._database.read(
            lambda connection: counting.rows(connection, assignment, self._late)
        )


def _pages(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), queries.PAGE):
        yield items[start : start + queries.PAGE]
