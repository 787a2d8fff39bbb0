"""Many submissions through one engine into the gradebook.

    Gradebook.waiting ──► ids ──► tasks of some submissions each ──► an engine's workers
    reports, as they come back ──► one transaction for each ──► told to whoever listens

Whatever ends a run, the same call goes on from there: a submission is either recorded, in one
transaction, or it is waiting.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass

from autograder import __version__
from autograder.batch.engines import Engine
from autograder.batch.workplace import Graded, Task, Terms, faulted, work
from autograder.course.course import Assignment
from autograder.course.parcel import pack
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from autograder.sandbox.host.confinement import require_trust

TASK_SECONDS = 0.5  # of work in one task: much more than it costs to hand it over
TASK_MOST = 32
STRIKES = 2  # how often a submission may end its worker, being alone in its task
LOOK_SECONDS = 1.0  # between two looks at whether the engine is alive


def basis(assignment: Assignment, seed: int) -> Basis:
    """The basis of a grading of this assignment, now."""
    return Basis(
        assignment=assignment.name, seed=seed, key=assignment.digest, framework=__version__
    )


@dataclass
class Batch:
    """A run over submissions that the gradebook holds.

    run         its number in the gradebook; None for gradings on the public inputs, which
                belong to no run and never count.
    trusted     run them even where nothing keeps them from reading files (tier D).
    candidate   gradings count only once they are accepted.
    again       replace gradings with the same basis, too.

    Raises UsageError for tier D without trust.
    """

    gradebook: Gradebook
    assignment: Assignment
    basis: Basis
    engine: Engine
    terms: Terms
    run: int | None
    trusted: bool = False
    candidate: bool = False
    again: bool = False

    def __post_init__(self) -> None:
        require_trust(self.terms.tier, self.trusted)
        self._parcel = pack(self.assignment)
        self._waiting: deque[int] = deque()
        self._singles: deque[int] = deque()  # to try alone, since a worker ended
        self._strikes: Counter[int] = Counter()
        self._tasks: dict[Future[list[Graded]], tuple[int, ...]] = {}
        self._back: deque[Graded] = deque()  # and not recorded yet
        self._pace = TASK_SECONDS  # seconds for one submission, as lately seen

    def grade(self, ids: Sequence[int]) -> Iterator[Graded]:
        """Grade these submissions, and yield each once it is recorded.

        Raises GradeError when the course, the gradebook or every worker fails. However it
        ends, what had come back is recorded.
        """
        self._waiting.extend(ids)
        self._hand_out()
        try:
            while self._tasks:
                done, _ = wait(self._tasks, LOOK_SECONDS, FIRST_COMPLETED)
                if not done:
                    self.engine.check()
                for future in done:
                    self._back.extend(self._results(future))
                self._hand_out()  # before recording, so that no worker waits for a disk
                yield from self._record()
        except BaseException:
            with contextlib.suppress(Exception):
                for future in [future for future in self._tasks if future.done()]:
                    self._back.extend(self._results(future))
            with contextlib.suppress(Exception):
                deque(self._record(), maxlen=0)
            raise

    def _hand_out(self) -> None:
        """Give the engine as many tasks as it can use."""
        while len(self._tasks) < self.engine.window and (self._singles or self._waiting):
            if self._singles:
                ids: tuple[int, ...] = (self._singles.popleft(),)
            else:
                ids = tuple(self._waiting.popleft() for _ in range(self._size()))
            task = Task(
                self._parcel, self.basis.seed, self.terms, tuple(self.gradebook.texts(ids))
            )
            self._tasks[self.engine.executor.submit(work, task)] = ids

    def _size(self) -> int:
        """Submissions for one task; few at the end, so that all workers end together."""
        share = len(self._waiting) // (2 * self.engine.window)
        return max(1, min(int(TASK_SECONDS / self._pace), share, TASK_MOST))

    def _results(self, future: Future[list[Graded]]) -> list[Graded]:
        ids = self._tasks.pop(future)
        try:
            results = future.result()
        except self.engine.lost:
            return list(self._after_loss(ids))
        except CancelledError:  # not by us: a connection was lost, and perhaps is back
            self.engine.check()
            self._waiting.extend(ids)
            return []
        took = sum(graded.seconds for graded in results) / len(results)
        self._pace = max(1e-3, 0.5 * (self._pace + took))
        return results

    def _after_loss(self, ids: Iterable[int]) -> Iterator[Graded]:
        """Try them one by one; one that ends its worker again and again is given up."""
        ids = tuple(ids)
        for number in ids:
            self._strikes[number] += len(ids) == 1
            if self._strikes[number] < STRIKES:
                self._singles.append(number)
                continue
            [(_, submission)] = self.gradebook.texts([number])
            report = faulted(
                self.assignment.name,
                self.assignment.settings.points,
                self.basis.seed,
                self.terms,
                submission.name,
                f"The grader's own process ended {STRIKES} times while it graded this file.",
            )
            yield Graded(number, report, 0.0)

    def _record(self) -> Iterator[Graded]:
        while self._back:
            graded = self._back[0]
            self._keep(graded)
            self._back.popleft()
            yield graded

    def _keep(self, graded: Graded) -> None:
        if self.run is None:
            self.gradebook.record_practice(
                graded.id,
                graded.report,
                self.basis,
                seconds=graded.seconds,
                engine=self.engine.name,
            )
            return
        self.gradebook.record(
            graded.id,
            self.run,
            graded.report,
            self.basis,
            seconds=graded.seconds,
            engine=self.engine.name,
            candidate=self.candidate,
            again=self.again,
        )
