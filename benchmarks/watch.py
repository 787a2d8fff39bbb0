"""`grade watch`: from a save to the verdict, beside a check of the same file from nothing."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import pexpect

from benchmarks.measure import GRADE, ROOT, ROUNDS, Row, timed
from benchmarks.measure import run as run_command

ASSIGNMENTS = ("assignment1", "assignment2", "assignment3", "assignment4")
MILLISECONDS = 300  # from a save to all verdicts, at the 95th percentile
VERDICT = r"(All points|Since the last check|has not changed)"


def rows() -> list[Row]:
    """Each assignment that needs no more than NumPy, on its reference, which is saved."""
    return [row for name in ASSIGNMENTS for row in saves(name)]


def saves(name: str) -> list[Row]:
    """Milliseconds of saves that change a comment, and what that is of a cold check."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mine.py"
        shutil.copy(ROOT / "reference" / name / "solution.py", file)
        state = {"XDG_STATE_HOME": folder, "TERM": "xterm"}
        words = [*GRADE[1:], "watch", name, str(file)]
        child = pexpect.spawn(
            GRADE[0],
            words,
            cwd=str(ROOT),
            env={**os.environ, **state},
            dimensions=(60, 80),
            encoding="utf-8",
            timeout=120,
        )
        child.expect(VERDICT)
        warm, cold = [], []
        for number in range(ROUNDS + 1):
            with file.open("a") as saved:
                started = time.perf_counter()
                saved.write(f"# {number}\n")
            child.expect("saved ")
            child.expect(VERDICT)
            warm.append(time.perf_counter() - started)
            cold.append(timed(lambda: run_command([*GRADE, "check", name, str(file)])))
        child.close(force=True)
    slow = 1e3 * statistics.quantiles(warm[1:], n=20)[-1]
    middle, whole = statistics.median(warm[1:]), statistics.median(cold[1:])
    return [
        (
            f"grade watch {name}, p95",
            f"{slow:.0f} ms",
            f"{MILLISECONDS} ms",
            slow <= MILLISECONDS,
        ),
        ("  ÷ grade check, cold", f"{middle / whole:.2f}", "", True),
    ]
