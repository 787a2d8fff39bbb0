"""What a class costs: `grade batch` beside the pure work of its checks.

`GRADE_BENCH_CLASS` is the size of the large class, 10,000 by default.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import multiprocessing
import os
import re
import statistics
import subprocess
import tempfile
import threading
import time
import types
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring import Check
from autograder.batch.engines import Local
from autograder.batch.running import Batch, basis
from autograder.batch.workplace import Graded
from autograder.course.course import Assignment, load
from autograder.gradebook import Gradebook
from autograder.model import Report, Status, Submission
from autograder.submissions.sources import Entry
from benchmarks.measure import (
    GRADE,
    ROOT,
    Row,
    by_the_yard,
    family,
    proportional_megabytes,
    timed,
    yard_row,
    yardstick,
)

VARIED, TURNS = 200, 3
SMALL, LARGE = 100, int(os.environ.get("GRADE_BENCH_CLASS", "10000"))
JOBS = 2
SEED = 7
SECOND_LOOK = "Judged with the task's own"  # what a verdict says of one that told more

CHEAP = "import numpy as np\n\ndef double(x):\n    return 2 * np.asarray(x)  # {}\n"
CHEAP_CHECKS = '''
from autograder.authoring import check

@check(points=1)
def double(solution, given, rng):
    """Double doubles"""
    return solution.double(rng.normal(size=(2, 3)))
'''


def rows() -> list[Row]:
    """Every row, measured one after the other."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a guest
    with tempfile.TemporaryDirectory() as folder:
        return [*varied(Path(folder)), *sizes(Path(folder))]


class Bench:
    """A gradebook and an engine of processes that have begun to work."""

    def __init__(self, folder: Path, assignment: Assignment) -> None:
        self.assignment = assignment
        self.book = Gradebook.open(str(folder / f"{assignment.name}.db"))
        self.engine = Local(JOBS)
        self.grade(self.submissions(f"# warm {n}\n" for n in range(4 * JOBS)))

    def submissions(self, sources: Any) -> list[Submission]:
        """Submissions of these texts."""
        from autograder.model import Cell

        return [
            Submission(
                name="work.py",
                cells=(Cell(source),),
                digest=hashlib.sha256(source.encode()).hexdigest(),
            )
            for source in sources
        ]

    def grade(self, submissions: list[Submission]) -> tuple[float, list[Graded]]:
        """Grade them all; wall seconds, from the first task to the last record."""
        run = self.book.begin(self.assignment.name, "batch", "local", [])
        entries = [
            Entry(student=f"s{run}-{n}", submission=submission, source="bench")
            for n, submission in enumerate(submissions)
        ]
        ids = [
            number
            for start in range(0, len(entries), 500)
            for number in self.book.take_in(
                run, self.assignment.name, entries[start : start + 500], start
            )
        ]
        terms = self.engine.terms(self.assignment.settings.preload)
        key = basis(self.assignment, SEED)
        job = Batch(self.book, self.assignment, key, self.engine, terms, run, trusted=True)
        started = time.perf_counter()
        results = list(job.grade(ids))
        return time.perf_counter() - started, results

    def close(self) -> None:
        """End the processes."""
        self.engine.close()
        self.book.close()


def varied(folder: Path) -> list[Row]:
    """Assignment 3: right and wrong submissions, beside the same work in one process."""
    from autograder.verify.known import known_submissions

    assignment = load(ROOT).assignment("assignment3")
    assert assignment.reference is not None
    known = [
        (name.startswith("right_"), submission)
        for name, submission, _ in known_submissions(assignment.reference)
        if name.startswith(("right_", "wrong_")) and _runs_alone(submission)
    ]
    bench = Bench(folder, assignment)
    _, graded = bench.grade([submission for _, submission in known])
    # In the order in which they were taken in.
    reports = [one.report for one in sorted(graded, key=lambda one: one.id)]
    every = [
        (*one, report)
        for one, report in zip(known, reports, strict=True)
        if _does_the_same_alone(one[1], assignment, report)
    ]
    found: list[Row] = []
    for what, these in (("varied", every), ("right", [one for one in every if one[0]])):
        found += beyond_pure(bench, what, [one[1:] for one in these])
    bench.close()
    return found


def beyond_pure(bench: Bench, what: str, these: list[tuple[Submission, Report]]) -> list[Row]:
    """A class made of these submissions, beside the pure work of each, in turns.

    The pure work and the yardstick are taken before and after each turn, since a machine may
    change its speed, and on as many processors at once, since it may be slower then.
    """

    def alone() -> tuple[float, float]:
        both = [processes.submit(pure_class, these) for _ in range(JOBS)]
        works, yards = zip(*(one.result() for one in both), strict=True)
        return statistics.fmean(works), statistics.fmean(yards)

    processes = ProcessPoolExecutor(JOBS, multiprocessing.get_context("spawn"))
    alone()  # imports
    beside, walls = [alone()], []
    for turn in range(TURNS):
        sources = (
            f"{these[n % len(these)][0].cells[0].source}\n# {what} {turn} {n}\n"
            for n in range(VARIED)
        )
        wall, results = bench.grade(bench.submissions(sources))
        assert not any(one.report.ungraded for one in results)
        walls.append(wall / VARIED)
        beside.append(alone())
    # Beyond the pure work, and the yardstick, of each turn; the middle one counts.
    turns = [
        (wall - (before[0] + after[0]) / 2 / JOBS, (before[1] + after[1]) / 2)
        for wall, (before, after) in zip(walls, itertools.pairwise(beside), strict=True)
    ]
    processes.shutdown()
    beyond, yard = sorted(turns, key=lambda turn: turn[0] / turn[1])[TURNS // 2]
    own, wall = statistics.median(own for own, _ in beside), statistics.median(walls)
    return [
        yard_row(yard),
        (f"{VARIED} {what} submissions, pure work of each", f"{own * 1e3:.1f} ms", "", True),
        (
            f"  each in a batch on {JOBS} processes, beyond that ÷ {JOBS}",
            *by_the_yard(beyond * 1e3, yard, 15),
        ),
        ("  submissions a second", f"{1 / wall:.1f}", "", True),
    ]


def pure_class(these: list[tuple[Submission, Report]]) -> tuple[float, float]:
    """Seconds of the pure work of one in such a class, and of the yardstick, in a process."""
    assignment, measure = load(ROOT).assignment("assignment3"), yardstick()
    before = [timed(measure) for _ in range(10)]
    own = [pure(submission, assignment, report) for submission, report in these]
    yard = statistics.median(before + [timed(measure) for _ in range(10)])
    return statistics.fmean(own[n % len(own)] for n in range(VARIED)), yard


def _runs_alone(submission: Submission) -> bool:
    """Whether plain Python takes it as it is; otherwise its pure work cannot be measured."""
    if len(submission.cells) != 1:
        return False
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(submission.cells[0].source, types.ModuleType("submission").__dict__)
    except Exception:
        return False
    return True


def _does_the_same_alone(
    submission: Submission, assignment: Assignment, report: Report
) -> bool:
    """Whether what it passed runs alone too: the sandbox makes good an old NumPy, say."""
    try:
        pure(submission, assignment, report)
    except Exception:
        return False
    return True


def pure(submission: Submission, assignment: Assignment, report: Report) -> float:
    """Seconds of a submission and of what its checks ask of it, in this process alone.

    A check that was missed at first is run twice, as grading does: over the reference's parts,
    or, for a gradient, beside the numeric gradient of the submission's own cost.

    Raises what a check raises that grading saw pass at once.
    """
    from autograder.answers.choice import answer_key
    from autograder.answers.key import Draw
    from autograder.answers.reference import Reference, seed_everything
    from autograder.authoring import Kind
    from autograder.judging.gradient import follows

    assert assignment.reference is not None
    given = Reference(assignment.reference).original
    key = answer_key(assignment, SEED)
    passed = {
        verdict.id
        for verdict in report.checks
        if verdict.status is Status.PASSED and SECOND_LOOK not in verdict.message
    }
    parts = {
        check.id: {c.name for n in range(check.cases) for c in key.case(check, n).calls}
        for check in assignment.checks
        if check.id not in passed and check.kind is Kind.CHECK
    }
    module = types.ModuleType("submission")

    def once(check: Check, number: int) -> Any:
        draw = Draw(SEED, assignment.name, check.id, number)
        seed_everything(draw.global_seed)
        value = check.probe(module, given, draw.rng())
        return list(value) if check.kind is Kind.REQUIREMENT else value

    def cases(check: Check) -> None:
        missed = 0
        for number in range(check.cases):
            reached = once(check, number)
            if check.kind is Kind.THRESHOLD:
                missed += reached < check.at_least
                if reached >= check.at_least or missed == 2:
                    break

    def second_look(check: Check) -> None:
        if check.kind is Kind.GRADIENT:
            for number in range(check.cases):
                rng = Draw(SEED, assignment.name, check.id, number).rng()
                follows(*check.probe(module, module, rng), rng)
        elif parts.get(check.id):
            own = {name: vars(module)[name] for name in parts[check.id] & vars(module).keys()}
            vars(module).update({name: getattr(given, name) for name in parts[check.id]})
            try:
                cases(check)
            finally:
                vars(module).update(own)

    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        exec(submission.cells[0].source, module.__dict__)  # some train at top level
        for check in assignment.checks:
            if check.id in passed:
                cases(check)
                continue
            with contextlib.suppress(Exception):
                cases(check)
            with contextlib.suppress(Exception):
                second_look(check)
    return time.perf_counter() - started


def sizes(folder: Path) -> list[Row]:
    """A large class beside a small one: cost of each, memory, database; and a second run."""
    costs, peaks, bytes_each = [], [], []
    assignment = course(folder / "cheap", CHEAP_CHECKS, CHEAP.format("reference"), 1)
    for size in (SMALL, LARGE):
        sources = folder / f"class{size}"
        sources.mkdir()
        for number in range(size):
            (sources / f"s{number:05}.py").write_text(CHEAP.format(number))
        command = [
            *(*GRADE, "batch", "cheap", str(sources), "--trust-submissions"),
            *("--jobs", str(JOBS), "--gradebook", str(folder / f"{size}.db")),
        ]
        home = assignment.folder.parents[1]
        _, peak, out = watched(command, home)
        steady = re.findall(r"graded, ([\d.]+)/s", out)
        costs.append(1 / float(steady[-1]))
        peaks.append(peak)
        bytes_each.append((folder / f"{size}.db").stat().st_size / size)
        again, _, _ = watched(command, home)
    growth = costs[1] / costs[0]
    memory = [peaks[1][kind] / peaks[0][kind] for kind in ("grader", "worker")]
    return [
        (
            f"{LARGE:,} cheap submissions, each ÷ each of {SMALL}",
            f"{growth:.2f}",
            "1.10",
            growth <= 1.1,
        ),
        ("  peak memory of the grader, ÷", f"{memory[0]:.2f}", "1.10", memory[0] <= 1.1),
        ("  peak memory of a worker, ÷", f"{memory[1]:.2f}", "1.10", memory[1] <= 1.1),
        (
            "  bytes of gradebook for each, ÷",
            f"{bytes_each[1] / bytes_each[0]:.2f}",
            "1.10",
            bytes_each[1] <= 1.1 * bytes_each[0],
        ),
        (
            "  a second run with nothing changed",
            f"{LARGE / again:,.0f} /s",
            "2,000 /s",
            LARGE / again >= 2000,
        ),
    ]


def course(folder: Path, checks: str, solution: str, points: int) -> Assignment:
    """A course of one assignment, which has the folder's name."""
    name = folder.name
    assignments, reference = folder / "assignments" / name, folder / "reference" / name
    assignments.mkdir(parents=True)
    reference.mkdir(parents=True)
    (folder / "course.toml").write_text('name = "bench"\n')
    (assignments / "assignment.toml").write_text(
        f'title = "Bench"\nmodule = "{name}"\npoints = {points}\n'
    )
    (assignments / "checks.py").write_text(checks)
    (reference / "solution.py").write_text(solution)
    return load(folder).assignment(name)


def watched(command: list[str], cwd: Path) -> tuple[float, dict[str, float], str]:
    """Wall seconds of a command, the peak megabytes of it and of a worker, and its output."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True)
    peak = {"grader": 0.0, "worker": 0.0}
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            peak["grader"] = max(peak["grader"], proportional_megabytes(process.pid))
            for pid in family(process.pid)[1:]:
                with contextlib.suppress(OSError):
                    if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                        peak["worker"] = max(peak["worker"], proportional_megabytes(pid))

    thread = threading.Thread(target=look)
    thread.start()
    out, _ = process.communicate()
    seconds = time.perf_counter() - started
    over.set()
    thread.join()
    assert process.returncode == 0, out
    return seconds, peak, out
