"""`grade check` of the assignments that train, beside their work alone.

Pure work is what nobody can do without: a process which imports Keras and runs the same
probes on the reference, with their training. `grade check` does that in a sandbox. In a
student's bundle it is compared with recorded answers. In the course the reference runs as
well: there the pure work is one import, and the probes with their training twice.

A class shares one import and one run of the reference among all, so what is pure work there
are the probes alone.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.measure import GRADE, ROOT, Row, alternately, run

ASSIGNMENTS = ("assignment5", "assignment6")
ALLOWED = 1.05
CLASS, TURNS, ALLOWED_IN_CLASS = 8, 5, 1.1
PURE = """
import sys, time
from pathlib import Path
from autograder.course import course
from autograder.answers.key import Draw
from autograder.authoring import Kind
from autograder.answers.reference import Reference, seed_everything
import keras
assignment = course.load(Path(sys.argv[1])).assignment(sys.argv[2])
module = Reference(assignment.reference).original
started = time.perf_counter()
each = [check for check in assignment.checks for _ in range(int(sys.argv[3]))]
for check in each:
    for number in range(1 if check.kind is Kind.THRESHOLD else check.cases):
        draw = Draw(0, assignment.name, check.id, number)
        seed_everything(draw.global_seed)
        keras.utils.set_random_seed(draw.global_seed)
        value = check.probe(module, module, draw.rng())
        if check.kind is Kind.REQUIREMENT:
            list(value)
print(time.perf_counter() - started)
"""
# What a guest has as well: one thread, so that sums keep their order.
ONE_THREAD = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def rows(rounds: int = 5) -> list[Row]:
    """Each assignment that trains, on its reference; none where Keras is not installed."""
    if importlib.util.find_spec("keras") is None:
        return []
    os.environ.update(ONE_THREAD)
    found: list[Row] = []
    for name in ASSIGNMENTS:
        with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
            run([*GRADE, "release", name, "--to", folder])
            found += whole_check(name, folder, rounds)
    return [*found, *a_class()]


def whole_check(name: str, bundle: str, rounds: int) -> list[Row]:
    """The whole command, and the same probes with no grader around them."""
    check = [*GRADE, "check", name, str(ROOT / "reference" / name / "solution.py"), "--course"]
    pure = [sys.executable, "-c", PURE, str(ROOT), name]
    student, alone = alternately(
        lambda: run([*check, bundle]), lambda: run([*pure, "1"]), rounds=rounds
    )
    course, twice = alternately(
        lambda: run([*check, str(ROOT)]), lambda: run([*pure, "2"]), rounds=rounds
    )
    return [
        (f"grade check {name}, in a bundle", f"{student:.1f} s", "", True),
        (
            "  ÷ import, probes and training alone",
            f"{student / alone:.2f} ({alone:.1f} s)",
            f"{ALLOWED}",
            student / alone <= ALLOWED,
        ),
        (
            "  in the course, ÷ those of reference and submission",
            f"{course / twice:.2f} ({twice:.1f} s)",
            f"{ALLOWED}",
            course / twice <= ALLOWED,
        ),
    ]


def a_class(name: str = "assignment6") -> list[Row]:
    """A class of right submissions in a batch, beside their trainings one after the other.

    In turns, of which the middle one counts. The same trainings are also measured side by side,
    as many as there are processes: that the machine is slower then is none of the grader's.
    """
    from autograder.course.course import load
    from benchmarks.batch import JOBS, Bench

    assignment = load(ROOT).assignment(name)
    source = (ROOT / "reference" / name / "solution.py").read_text("utf-8")
    walls, alone, beside = [], [_training(name)], []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(JOBS) as threads:
        bench = Bench(Path(folder), assignment)
        for turn in range(TURNS):
            wall, results = bench.grade(
                bench.submissions(f"{source}\n# {turn} {number}\n" for number in range(CLASS))
            )
            assert all(one.report.complete for one in results)
            walls.append(wall * JOBS / CLASS)
            alone.append(_training(name))
            beside.append(statistics.fmean(threads.map(_training, [name] * JOBS)))
        bench.close()
    each = [
        wall / statistics.fmean(around)
        for wall, around in zip(walls, itertools.pairwise(alone), strict=True)
    ]
    ratio = statistics.median(each)
    together = statistics.median(
        wall / training for wall, training in zip(walls, beside, strict=True)
    )
    return [
        (
            f"{CLASS} of {name} in a batch on {JOBS} processes",
            f"{statistics.median(walls) * CLASS / JOBS:.1f} s",
            "",
            True,
        ),
        (
            "  ÷ their trainings alone, ÷ processes",
            f"{ratio:.2f} ({statistics.median(alone):.1f} s each)",
            f"{ALLOWED_IN_CLASS}",
            ratio <= ALLOWED_IN_CLASS,
        ),
        (
            f"  ÷ their trainings, {JOBS} at a time",
            f"{together:.2f} ({statistics.median(beside):.1f} s each)",
            "",
            True,
        ),
    ]


def _training(name: str) -> float:
    """Seconds of the probes on the reference, in a process that has imported Keras."""
    command = [sys.executable, "-c", PURE, str(ROOT), name, "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
