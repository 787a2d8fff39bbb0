"""`grade check` from nothing, beside the import of NumPy alone."""

from __future__ import annotations

import sys

from benchmarks.measure import GRADE, ROOT, Row, alternately, peak_megabytes, run

ASSIGNMENTS = ("assignment1", "assignment2", "assignment3", "assignment4")
SECONDS = 1.5  # on a machine of today
RATIO = 8


def rows() -> list[Row]:
    """Each assignment that needs no more than NumPy, on its reference; and the help."""
    checks = [row for name in ASSIGNMENTS for row in cold_check(name)]
    peak = max(peak_megabytes(command("assignment3")) for _ in range(3))
    return [
        *checks,
        ("  peak memory of all its processes", f"{peak:.0f} MB", "120 MB", peak <= 120),
        *help_page(),
    ]


def cold_check(name: str) -> list[Row]:
    """`grade check NAME`: seconds, and the ratio that does not depend on the machine."""
    own, other = alternately(
        lambda: run(command(name)), lambda: run([sys.executable, "-c", "import numpy"])
    )
    return [
        (f"grade check {name}, cold", f"{own:.2f} s", f"{SECONDS} s", own <= SECONDS),
        (
            "  ÷ import numpy",
            f"{own / other:.2f} ({other * 1e3:.0f} ms)",
            f"{RATIO}",
            own / other <= RATIO,
        ),
    ]


def command(name: str) -> list[str]:
    """The check of an assignment's reference."""
    return [*GRADE, "check", name, str(ROOT / "reference" / name / "solution.py")]


def help_page() -> list[Row]:
    """`grade --help` beside the import of Typer."""
    own, other = alternately(
        lambda: run([*GRADE, "--help"]), lambda: run([sys.executable, "-c", "import typer"])
    )
    ratio = own / other
    return [
        ("grade --help ÷ import typer", f"{ratio:.2f} ({other * 1e3:.0f} ms)", "3", ratio <= 3)
    ]
