"""Many submissions through an engine into a gradebook; the engines are real processes."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from autograder.batch import running, workplace
from autograder.batch.engines import Engine, Local
from autograder.batch.engines.dask import Dask
from autograder.batch.engines.local import Pools
from autograder.batch.running import Batch
from autograder.course.course import Assignment
from autograder.errors import CourseError, GradeError, UsageError
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from autograder.model import Cell, Submission, Tier
from autograder.submissions.sources import Entry
from tests.classroom import WORKS
from tests.support import CHECKS, SOLUTION, loops_collected, make_course

SEED = 5


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The small course's assignment."""
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def local() -> Iterator[Local]:
    """Two worker processes on this machine."""
    engine = Local(2)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def dask() -> Iterator[Dask]:
    """Two Dask workers, processes of this machine."""
    with loops_collected():
        engine = Dask.connect(None, 2)
        yield engine
        engine.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """A new gradebook."""
    with Gradebook.open(str(tmp_path / "g.db")) as opened:
        yield opened


def entries(works: dict[str, str]) -> list[Entry]:
    """What a source gives for these students' texts."""
    return [
        Entry(
            student=student,
            submission=Submission(
                name=f"{student}.py",
                cells=(Cell(source),),
                digest=hashlib.sha256(source.encode()).hexdigest(),
            ),
            source=student,
        )
        for student, source in works.items()
    ]


def prepared(
    book: Gradebook, assignment: Assignment, engine: Engine, works: dict[str, str]
) -> tuple[Batch, list[int]]:
    """A batch over these texts, and their ids."""
    run = book.begin(assignment.name, "batch", engine.name, [])
    ids = book.take_in(run, assignment.name, entries(works))
    basis = running.basis(assignment, SEED)
    terms = engine.terms(assignment.settings.preload)
    return Batch(book, assignment, basis, engine, terms, run, trusted=True), ids


def reports(path: Path) -> dict[str, str]:
    """The stored reports, byte by byte."""
    connection = sqlite3.connect(path)
    query = "SELECT student, report FROM gradings g JOIN submissions s ON s.id = g.submission"
    found = dict(connection.execute(query))
    connection.close()
    return found


SOURCES = {name: work.source for name, work in WORKS.items()}


def test_both_engines_give_the_stated_verdicts_and_identical_bytes(
    assignment, local, dask, tmp_path
):
    """A class of right, wrong and hostile submissions, on processes and on Dask."""
    stored = []
    for engine in (local, dask):
        path = tmp_path / f"{engine.name}.db"
        with Gradebook.open(str(path)) as book:
            job, ids = prepared(book, assignment, engine, SOURCES)
            assert sorted(graded.id for graded in job.grade(ids)) == ids
            rows = {row.student: row for row in book.rows()}
        for name, work in WORKS.items():
            checks = rows[name].report.checks
            missed = {v.id: v.status.value for v in checks if v.status.value != "passed"}
            assert (name, rows[name].points, missed) == (name, work.points, work.status)
            known = {v.diagnosis.id for v in checks if v.diagnosis}
            assert known == ({work.diagnosis} if work.diagnosis else set()), name
        stored.append(reports(path))
    assert stored[0] == stored[1]


def test_a_result_is_recorded_before_it_is_told(assignment, local, book):
    """Whoever stops listening loses nothing that was told."""
    job, ids = prepared(book, assignment, local, {f"s{n}": SOLUTION for n in range(6)})
    results = job.grade(ids)
    first = next(results)
    assert first.id not in book.waiting(ids, job.basis)
    results.close()
    left = book.waiting(ids, job.basis)
    assert 0 < len(left) < 6
    again, _ = prepared(book, assignment, local, {})
    assert sorted(graded.id for graded in again.grade(left)) == left
    assert book.waiting(ids, job.basis) == []


def test_a_reference_that_raises_makes_nobodys_zero(tmp_path, local, book):
    """Every submission is ungraded, and waits until the reference is fixed."""
    broken = make_course(tmp_path, solution=SOLUTION.replace("2 * x\n", "2 * y\n", 1))
    job, ids = prepared(book, broken, local, {"doe": SOLUTION, "roe": SOLUTION})
    assert all(graded.report.ungraded for graded in job.grade(ids))
    assert book.waiting(ids, job.basis) == ids


def test_a_reference_that_cannot_run_is_named_as_in_the_course(tmp_path, local, book):
    """And not where a worker has it, whose folder has another name each time."""
    broken = make_course(tmp_path, solution=SOLUTION + "\nundefined\n")
    job, ids = prepared(book, broken, local, {"doe": SOLUTION})
    with pytest.raises(CourseError, match=r"^reference/small/solution\.py raised NameError"):
        list(job.grade(ids))


def test_checks_that_cannot_be_loaded_stop_the_batch(tmp_path, local, book):
    """It concerns everybody: the message names the file, and nothing is recorded."""
    broken = make_course(tmp_path, checks=CHECKS + "\nundefined\n")
    job, ids = prepared(book, broken, local, {"doe": SOLUTION})
    with pytest.raises(
        CourseError, match=r"^assignments/small/checks\.py, line \d+: NameError"
    ):
        list(job.grade(ids))
    assert book.rows() == []


class Deadly(Executor):
    """Real processes, one of which ends whenever it is given one of these submissions."""

    def __init__(self, deaths: dict[int, int]) -> None:
        """`deaths`: how many times a submission, alone in its task, ends its worker."""
        self.pools = Pools(1)
        self.deaths = deaths

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The task, or the end of the worker that has it."""
        [task] = args
        numbers = [number for number, _ in task.submissions]
        for number in numbers:
            if self.deaths.get(number, 0) > 0:
                self.deaths[number] -= len(numbers) == 1
                return self.pools.submit(os._exit, 9)
        return self.pools.submit(fn, task)


class DeadlyEngine(Local):
    """One such worker."""

    def __init__(self, deaths: dict[int, int]) -> None:
        self.executor = Deadly(deaths)
        self.window = 1

    def close(self) -> None:
        self.executor.pools.shutdown()


@pytest.mark.parametrize(("deaths", "ungraded"), [(1, False), (2, True)])
def test_a_submission_that_ends_its_worker(assignment, book, local, deaths, ungraded):
    """Once costs only time; twice makes it ungraded, and the others are graded as ever."""
    job, ids = prepared(book, assignment, local, {f"s{n}": SOLUTION for n in range(8)})
    job._pace = 0.01  # several in one task from the beginning
    job.engine = DeadlyEngine({ids[2]: deaths})
    results = {graded.id: graded.report for graded in job.grade(ids)}
    job.engine.close()
    assert sorted(results) == ids
    assert results[ids[2]].ungraded is ungraded
    assert all(results[number].complete for number in ids if number != ids[2])
    if ungraded:
        assert "ended 2 times" in results[ids[2]].checks[0].message


def test_workers_of_another_kind_are_refused(assignment, local, book):
    """A worker with other versions or another tier says so, and grades nothing."""
    job, ids = prepared(book, assignment, local, {"doe": SOLUTION})
    job.terms = workplace.Terms(job.terms.tier, {**job.terms.versions, "numpy": "1.0"})
    with pytest.raises(GradeError, match=r"differs from the others: numpy .* instead of 1\.0"):
        list(job.grade(ids))
    assert book.rows() == []


def test_unconfined_submissions_need_trust(assignment, local, book):
    """At tier D, other people's files are not run unasked."""
    weak = workplace.Terms(Tier.D, workplace.versions(()))
    with pytest.raises(UsageError) as caught:
        Batch(book, assignment, running.basis(assignment, SEED), local, weak, 1)
    assert "--trust-submissions" in caught.value.hint
    Batch(book, assignment, running.basis(assignment, SEED), local, weak, 1, trusted=True)


def test_the_basis_is_what_decides(assignment):
    """Assignment, seed, fingerprint and version."""
    from autograder import __version__

    assert running.basis(assignment, 3) == Basis(
        assignment="small", seed=3, key=assignment.digest, framework=__version__
    )
