"""The gradebook: take submissions in, record gradings, say what counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, insert, update

from autograder.course.lateness import Late
from autograder.errors import UsageError, did_you_mean
from autograder.gradebook import belonging, explaining, hand, keeping, practice, seeding
from autograder.gradebook.asking import Asking
from autograder.gradebook.counting import Worth
from autograder.gradebook.database import Database
from autograder.gradebook.entries import Basis, now
from autograder.gradebook.schema import adjustments, explanations, runs
from autograder.model import Question, Report
from autograder.submissions.people.directory import Term
from autograder.submissions.people.enrolling import Enrolled
from autograder.submissions.people.roster import Roster

if TYPE_CHECKING:
    from autograder.submissions.sources.model import Entry


class Gradebook(Asking):
    """One course's gradebook. Close it, or use it as a context manager."""

    @classmethod
    def open(
        cls,
        place: str,
        *,
        late: Late | None = None,
        worth: Mapping[str, float] | None = None,
        questions: Mapping[str, Sequence[Question]] | None = None,
    ) -> Gradebook:
        """Open the gradebook at `place`, a file or a URL; made where there is none.

        late    the course's policy, for `rows`; without it nothing is late.
        worth   the points of each assignment's checks.
        questions   those of each assignment that a person grades.

        Raises GradeError, and UsageError for a `place` that cannot be one.
        """
        counted = Worth(worth or {}, questions or {})
        return cls(Database(place), late if late is not None else Late(), counted)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """Its name for people: the file, or the URL without the password."""
        return self._database.name

    def copy(self, to: Path) -> None:
        """Write a consistent copy to a new file, also while a batch runs.

        Raises UsageError where `to` is there already, and for a gradebook on a server.
        """
        self._database.copy(to)

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
        self,
        run: int,
        assignment: str,
        entries: Sequence[Entry],
        place: int = 0,
        called: Mapping[Term, str] | None = None,
    ) -> list[int]:
        """Keep submissions, in one transaction; their ids, in order.

        place    how many of this run were taken in before.
        called   by what their source calls these students, to be remembered.

        Of a student's submissions the one that was taken in last counts, also when it had
        been there before.
        """

        def action(connection: Connection) -> list[int]:
            belonging.remember(connection, self._database.insert, called or {})
            return keeping.take_in(
                connection, self._database.insert, run, assignment, entries, place
            )

        return self._database.write(action)

    def enroll(self, roster: Roster) -> Enrolled:
        """Take in a roster, in one transaction: everybody's work follows the person.

        Raises UsageError where two people would have one login, address or number.
        """
        return self._database.write(
            lambda c: belonging.take_roster(c, self._database.insert, roster)
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
        self, assignment: str, name: str, points: float, *, reason: str, author: str
    ) -> str:
        """Add points to (or below 0, take them off) what a student has; what the gradebook
        calls them. Nothing is undone: another adjustment takes one back.

        name   any by which the student is known.

        Raises UsageError where nobody is called so, for points that are no number or more than
        the assignment is worth, and without a reason.
        """
        if not math.isfinite(points):
            raise UsageError(f"{points} is not a number of points.", hint="Such as 2.5, or -5.")
        most = self._worth.checks.get(assignment, math.inf)
        most += sum(one.points for one in self._worth.questions.get(assignment, ()))
        if abs(points) > most:
            raise UsageError(
                f"{points:g} points are more than {assignment} is worth: {most:g}.",
                hint=f"Give a number from {-most:g} to {most:g}.",
            )
        if not reason.strip():
            raise UsageError(
                "An adjustment needs a reason, which stays in the gradebook.",
                hint='Such as: --reason "The text was misleading"',
            )
        student = self.meant(name)
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
        return student

    def explain(
        self, assignment: str, check: str, group: str, sentence: str, *, author: str
    ) -> None:
        """Say something to everybody whose answers are of a group (`gradebook.groups`).

        An empty sentence takes back the one before. Points stay as they are.

        Raises UsageError for a sentence that is too long.
        """
        if len(sentence) > explaining.LONGEST:
            raise UsageError(
                f"The sentence has {len(sentence)} characters, and at most "
                f"{explaining.LONGEST} are shown.",
                hint="Say it in fewer words.",
            )
        row = explaining.row(assignment, check, group, sentence, author)
        query = insert(explanations).values(row)
        self._database.write(lambda connection: connection.execute(query), tries=False)

    def score(self, assignment: str, given: Sequence[hand.Score], *, author: str) -> None:
        """Give points for questions, in one transaction: all of them, or none.

        Each student as the gradebook calls them. Of a question the last score holds.

        Raises UsageError for a question that there is not, and for points beyond its worth.
        """
        worth = {one.id: one.points for one in self._worth.questions.get(assignment, ())}
        for one in given:
            if one.question not in worth:
                raise UsageError(
                    f"{assignment} has no question {one.question!r}.",
                    hint=did_you_mean(
                        one.question,
                        worth,
                        "Questions that a person grades are named in assignment.toml.",
                    ),
                )
            if not 0 <= one.points <= worth[one.question]:
                raise UsageError(
                    f"{one.points:g} points for {one.question}, which is worth "
                    f"{worth[one.question]:g}, of {one.student}.",
                    hint=f"Give a number from 0 to {worth[one.question]:g}.",
                )
        self._database.write(lambda c: hand.enter(c, assignment, given, author), tries=False)
