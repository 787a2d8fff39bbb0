"""`python -m benchmarks`: a table of ratios. Measure on a quiet machine.

Every figure and the one that it is compared with are measured in turns, in this run, so
that a slow or busy machine slows both. Medians are shown.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRADE = [sys.executable, "-m", "autograder.cli"]
REFERENCE = str(ROOT / "reference" / "assignment3" / "solution.py")
ROUNDS = 15


def main() -> None:
    """Measure, and print the table."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows = [*cold_check(), *help_page(), *warm_submission(), *wire()]
    width = max(len(row[0]) for row in rows)
    print(f"{'what':{width}}  {'measured':>22}  {'allowed':>10}")
    for what, measured, allowed, ok in rows:
        print(f"{what:{width}}  {measured:>22}  {allowed:>10}  {'' if ok else 'MISSED'}")


def cold_check() -> list[tuple[str, str, str, bool]]:
    """`grade check assignment3` on the reference, from nothing."""
    check = [*GRADE, "check", "assignment3", REFERENCE]
    own, other = alternately(
        lambda: run(check), lambda: run([sys.executable, "-c", "import numpy"])
    )
    peak = max(peak_megabytes(check) for _ in range(3))
    return [
        ("grade check, cold", f"{own * 1e3:.0f} ms", "", True),
        (
            "  ÷ import numpy",
            f"{own / other:.2f} ({other * 1e3:.0f} ms)",
            "8",
            own / other <= 8,
        ),
        ("  peak memory of all its processes", f"{peak:.0f} MB", "120 MB", peak <= 120),
    ]


def help_page() -> list[tuple[str, str, str, bool]]:
    """`grade --help` beside the import of Typer."""
    own, other = alternately(
        lambda: run([*GRADE, "--help"]), lambda: run([sys.executable, "-c", "import typer"])
    )
    ratio = own / other
    return [
        ("grade --help ÷ import typer", f"{ratio:.2f} ({other * 1e3:.0f} ms)", "3", ratio <= 3)
    ]


def warm_submission() -> list[tuple[str, str, str, bool]]:
    """Another submission in a warm process, beside the checks' probes alone in one process."""
    from autograder import course, intake
    from autograder.answers import Draw
    from autograder.authoring import Kind
    from autograder.grading import grade
    from autograder.reference import Reference, seed_everything
    from autograder.sandbox.host import Sandbox

    assignment = course.load(ROOT).assignment("assignment3")
    submission = intake.read(Path(REFERENCE))
    assert assignment.reference is not None
    module = Reference(assignment.reference).original

    def pure() -> None:
        for check in assignment.checks:
            for number in range(1 if check.kind is Kind.THRESHOLD else check.cases):
                draw = Draw(0, "assignment3", check.id, number)
                seed_everything(draw.global_seed)
                value = check.probe(module, module, draw.rng())
                if check.kind is Kind.REQUIREMENT:
                    list(value)

    settings = assignment.settings
    with Sandbox(
        limits=settings.limits, preload=settings.preload, ahead=True
    ) as sandbox:
        report = grade(submission, assignment, sandbox=sandbox)
        assert report.complete, report
        own, other = alternately(
            lambda: grade(submission, assignment, sandbox=sandbox), pure, rounds=100
        )
    beyond = (own - other) * 1e3
    return [
        (
            "pure work of the checks, one process",
            f"{other * 1e3:.1f} ms",
            "80 ms",
            other < 0.08,
        ),
        ("a second submission, beyond that", f"{beyond:.1f} ms", "25 ms", beyond <= 25),
        ("  ÷ pure work", f"{own / other:.2f}", "", True),
    ]


def wire() -> list[tuple[str, str, str, bool]]:
    """What the process boundary costs: a guest, and one call."""
    from autograder.model import Cell, Submission
    from autograder.sandbox.host import Sandbox

    submission = Submission(name="f", cells=(Cell("def f(x):\n    return x\n"),), digest="")
    with Sandbox() as sandbox:
        opened = statistics.median(
            timed(lambda: sandbox.open(submission).close()) for _ in range(50)
        )
        with sandbox.open(submission) as guest:
            guest.allow(60)
            call = statistics.median(
                timed(lambda: guest.call("f", [1.0], {})) for _ in range(500)
            )
    return [
        ("a guest, forked, loaded and ended", f"{opened * 1e3:.2f} ms", "", True),
        ("one call into the sandbox", f"{call * 1e6:.0f} µs", "", True),
    ]


def alternately(
    own: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Median seconds of two actions, run in turns; the first round of each is not counted."""
    times = [(timed(own), timed(other)) for _ in range(rounds + 1)][1:]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def median(action: Callable[[], object], rounds: int) -> float:
    """The median of the seconds that an action takes."""
    return statistics.median(timed(action) for _ in range(rounds))


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[str]) -> None:
    """Run a command to its end; its output is not looked at."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if result.returncode:
        raise SystemExit(f"{command} ended with {result.returncode}: {result.stderr.decode()}")


def peak_megabytes(command: list[str]) -> float:
    """The highest proportional memory of a command and all its descendants, sampled."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    done = threading.Event()
    while not done.is_set():
        peak = max(peak, sum(map(proportional_megabytes, family(process.pid))))
        if process.poll() is not None:
            done.set()
        time.sleep(0.002)
    return peak


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(own for child in children for own in family(int(child)))]


def proportional_megabytes(pid: int) -> float:
    """A process's share of memory: what it has alone, and its part of what is shared."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    if sys.argv[1:] == ["--json"]:
        print(json.dumps([*cold_check(), *help_page(), *warm_submission(), *wire()]))
    else:
        main()
