"""Questions to the gradebook: who is known, what waits, what counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
from sqlalchemy import func, select

from autograder.course.lateness import Late
from autograder.errors import UsageError, did_you_mean
from autograder.gradebook import (
    belonging,
    counting,
    explaining,
    hand,
    ladder,
    practice,
    queries,
    seeding,
)
from autograder.gradebook.database import Database
from autograder.gradebook.entries import Basis, Change, Kept, PastGrading, Standing, unpacked
from autograder.gradebook.schema import (
    CANDIDATE,
    CURRENT,
    adjustments,
    contents,
    explanations,
    gradings,
    scores,
    submissions,
)
from autograder.gradebook.uniform import Mixture, Share, mixtures
from autograder.model import Report, Submission
from autograder.submissions.people.directory import NUMBER, Directory
from autograder.submissions.people.roster import Roster

if TYPE_CHECKING:
    from autograder.export.model import Row, Scored

T = TypeVar("T")


class Asking:
    """The reading half of a `Gradebook`."""

    def __init__(self, database: Database, late: Late, worth: counting.Worth) -> None:
        self._database = database
        self._late = late
        self._worth = worth

    def directory(self, assignment: str = "") -> Directory:
        """Everybody who is known; `assignment` is whose submissions are to be taken in."""
        return self._database.read(lambda c: belonging.directory(c, assignment))

    def roster(self) -> Roster | None:
        """The people of all rosters that were given; None where none was."""
        people = self.directory().people
        return Roster([*people.values()], keyed=True) if people else None

    def student(self, name: str) -> str | None:
        """The gradebook's name for the person whom somebody calls so; None for nobody."""
        return self.directory().find(name)

    def meant(self, name: str) -> str:
        """The gradebook's name for the person whom somebody calls so; else UsageError."""
        directory = self.directory()
        student = directory.find_one(name)
        if student is None:
            raise UsageError(
                f"The gradebook knows nobody called {name!r}.",
                hint=did_you_mean(
                    name,
                    directory.called(),
                    "Grade the submission first, or give the roster: --roster FILE",
                ),
            )
        return student

    def called(self, student: str) -> str:
        """A person as a page names them: "Jane Doe (doe)", or as the gradebook calls them."""
        person = self.directory().people.get(student)
        named = person is not None and person.name not in ("", student)
        return f"{person.name} ({student})" if person is not None and named else student

    def numbers(self, assignment: str, system: str) -> dict[str, str]:
        """By student, the one number that a system's download of this assignment had for them.

        system   "canvas" or "moodle".
        """
        found: dict[str, set[str]] = {}
        prefix = f"{system}/{assignment} " if system == "moodle" else f"{system} "
        for (kind, term), student in self.directory().names.items():
            if kind == NUMBER and term.startswith(prefix):
                found.setdefault(student, set()).add(term.removeprefix(prefix))
        return {who: numbers.pop() for who, numbers in found.items() if len(numbers) == 1}

    def history(self, assignment: str, student: str) -> list[PastGrading]:
        """All that a student has handed in, with each of its gradings; the latest is last."""
        s, g = submissions.c, gradings.c
        query = (
            select(s.id, s.name, s.source, s.digest, s.submitted)
            .add_columns(g.id.label("grading"), g.state, g.points, g.possible, g.graded)
            .outerjoin(gradings, g.submission == s.id)
            .where(s.assignment == assignment, s.student == student)
            .order_by(s.run, s.place, g.id)
        )
        counted = select(queries.graded(queries.counting(assignment)).subquery().c.id)
        counting = {number for (number,) in self._database.all(counted)}
        return [
            PastGrading(
                submission=row.id,
                name=row.name,
                source=row.source,
                digest=row.digest,
                submitted=row.submitted,
                state=row.state or "",
                counts=row.grading in counting and row.state == CURRENT,
                points=row.points or 0.0,
                possible=row.possible or 0.0,
                graded=row.graded or "",
            )
            for row in self._database.all(query)
        ]

    def policy(self, directory: Directory | None = None) -> Late:
        """The late policy, with students as the gradebook calls them.

        Raises CourseError where it gives an extension to nobody.
        """
        people = directory if directory is not None else self.directory()
        return self._late.of_people(people.find, people.called())

    def adjusted(self, assignment: str) -> set[str]:
        """The students with points by hand for this assignment."""
        query = select(adjustments.c.student).where(adjustments.c.assignment == assignment)
        return {student for (student,) in self._database.all(query)}

    def settled(self) -> set[int]:
        """The submissions that the grader failed at, and for which points by hand count."""
        return self._database.read(hand.settled)

    def looked_at(self, assignment: str) -> set[str]:
        """The students given points by hand after what was graded last: they are handled."""
        return self._database.read(lambda c: hand.looked_at(c, assignment))

    def explanations(self, assignment: str) -> list[explaining.Explanation]:
        """The sentences of teachers on groups of equal answers, empty groups included."""
        return self._database.read(lambda c: explaining.there(c, assignment))

    def state(self) -> str:
        """A text that is another one as soon as anything that counts has changed."""
        tables = (submissions, gradings, adjustments, scores, explanations)
        last = [select(func.max(one.c.id)).scalar_subquery() for one in tables]
        current = select(func.sum(gradings.c.id)).where(gradings.c.state == CURRENT)
        [row] = self._database.all(select(*last, current.scalar_subquery()))
        return " ".join(str(value or 0) for value in row)

    def scored(self, assignment: str) -> dict[str, Sequence[Scored]]:
        """Of each student who has any score of an assignment, all its questions."""
        found = self._database.read(lambda c: hand.scored(c, self._worth.questions))
        return {
            student: given for (name, student), given in found.items() if name == assignment
        }

    def counting_students(self, assignment: str) -> dict[str, int]:
        """Of each student, the id of the submission that counts."""
        query = queries.counting_students(assignment)
        return {student: number for student, number in self._database.all(query)}

    def has_seed(self, assignment: str) -> bool:
        """True if this assignment, or else any other, has been graded with a seed."""
        return bool(self._database.read(lambda c: seeding.bound(c, assignment)))

    def fits(self, assignment: str, seed: int) -> bool:
        """True if this is the seed of this assignment, or one for an assignment without."""
        return self._database.read(lambda c: seeding.fits(c, assignment, seed))

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

    def graded_before(self, ids: Sequence[int]) -> int:
        """The number of these submissions with a grading that counts, on whatever basis."""
        found = 0
        for page in _pages(ids):
            query = select(func.count(gradings.c.id)).where(
                gradings.c.submission.in_(page), gradings.c.state == CURRENT
            )
            found += sum(count for (count,) in self._database.all(query))
        return found

    def mixtures(
        self, present: Sequence[Basis], assignment: str | None = None
    ) -> list[Mixture]:
        """The basis of the gradings that count, and others among them, for each assignment.

        present   what grades now, as far as it is known; their seeds do not matter.
        """
        shares = [
            Share(Basis(assignment=name, seed=seed, key=key, framework=framework), count, last)
            for name, seed, key, framework, count, last in self._database.all(
                queries.bases(assignment)
            )
        ]
        return mixtures(shares, present)

    def on_another(self, basis: Basis) -> list[str]:
        """The students of this assignment whose grading that counts has another basis."""
        return [student for (student,) in self._database.all(queries.on_another(basis))]

    def without(self, assignment: str | None = None) -> list[tuple[str, str]]:
        """Assignment and student of what has not been graded at all yet."""
        return [
            (name, student) for name, student in self._database.all(queries.without(assignment))
        ]

    def assignments(self) -> list[str]:
        """The names of all assignments for which something was handed in."""
        query = select(submissions.c.assignment).distinct()
        return sorted(name for (name,) in self._database.all(query))

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
                    cells=content.cells,
                    files=content.files,
                    digest=digest,
                    notes=msgspec.json.decode(notes, type=tuple[str, ...]),
                ),
            )
            for number, name, digest, notes, packed in self._database.all(query)
            for content in (unpacked(packed),)
        ]

    def standings(self, ids: Sequence[int]) -> Iterator[Standing]:
        """The present standings of these submissions."""
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

    def hand_ins(self, check: str, basis: Basis) -> list[ladder.HandIn]:
        """All that was ever taken in, as it came first, and what it reached in a check."""
        return [
            (student, number, queries.number_in(report, check))
            for student, number, report in self._database.all(queries.hand_ins(basis))
        ]

    def changes(self, basis: Basis) -> list[Change]:
        """The changes that the candidates with this basis would make, by student."""
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
        """The rows that count, one for each student and assignment; lateness is in them.

        A submission that only ever met a fault of the grader has a row, too: its report says
        that it is `ungraded`. One that was not graded at all yet has none. Who has points by
        hand alone has a row with a report of no checks.
        """
        late = self.policy()
        return self._database.read(
            lambda connection: counting.rows(connection, assignment, late, self._worth)
        )


def _pages(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), queries.PAGE):
        yield items[start : start + queries.PAGE]
