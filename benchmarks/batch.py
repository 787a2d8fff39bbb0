"""What a class costs: `grade batch` beside the pure work of its checks.

`GRADE_BENCH_CLASS` is the size of the large class, 10,000 by default.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import statistics
import subprocess
import tempfile
import threading
import time
import types
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring import Check
from autograder.batch import Batch, basis
from autograder.course import Assignment, load
from autograder.engines import Local
from autograder.gradebook import Gradebook
from autograder.intake.sources import Entry
from autograder.model import Report, Status, Submission
from autograder.workplace import Graded
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

VARIED = 200
SMALL, LARGE = 100, int(os.environ.get("GRADE_BENCH_CLASS", "10000"))
JOBS = 2
SEED = 7

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
    found: list[Row] = []
    measure = yardstick()
    # In the order in which they were taken in.
    reports = [one.report for one in sorted(graded, key=lambda one: one.id)]
    every = [(*one, report) for one, report in zip(known, reports, strict=True)]
    for what, these in (("varied", every), ("right", [one for one in every if one[0]])):
        seconds = [pure(submission, assignment, report) for _, submission, report in these]
        sources = [
            f"{these[n % len(these)][1].cells[0].source}\n# {what} {n}\n" for n in range(VARIED)
        ]
        yards = [timed(measure) for _ in range(20)]
        wall, results = bench.grade(bench.submissions(sources))
        # Before and after, since the machine may have become slower meanwhile.
        again = [pure(submission, assignment, report) for _, submission, report in these]
        means = [(one + two) / 2 for one, two in zip(seconds, again, strict=True)]
        own = [means[n % len(means)] for n in range(VARIED)]
        yard = statistics.median(yards + [timed(measure) for _ in range(20)])
        assert not any(one.report.ungraded for one in results)
        beyond = 1e3 * (JOBS * wall - sum(own)) / VARIED
        mean = f"{1e3 * statistics.fmean(own):.1f} ms"
        found += [
            yard_row(yard),
            (f"{VARIED} {what} submissions, pure work of each", mean, "", True),
            (
                f"  in a batch on {JOBS} processes, beyond that",
                *by_the_yard(beyond, yard, 15),
            ),
            ("  submissions a second", f"{VARIED / wall:.1f}", "", True),
        ]
    bench.close()
    return found


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


def pure(submission: Submission, assignment: Assignment, report: Report) -> float:
    """Seconds of a submission and of what its checks ask of it, in this process alone.

    A check that was missed is run twice, as grading does: over the reference's parts, or, for
    a gradient, beside the numeric gradient of the submission's own cost.
    """
    from autograder.answers import Draw
    from autograder.authoring import Kind
    from autograder.judging.gradient import numeric_gradient
    from autograder.keys import answer_key
    from autograder.reference import Reference, seed_everything

    assert assignment.reference is not None
    given = Reference(assignment.reference).original
    key = answer_key(assignment, SEED)
    passed = {verdict.id for verdict in report.checks if verdict.status is Status.PASSED}
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
                cost, parameters, _ = check.probe(module, module, rng)
                numeric_gradient(cost, parameters, rng)
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
            with contextlib.suppress(Exception):
                cases(check)
            if check.id not in passed:
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
