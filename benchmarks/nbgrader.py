"""nbgrader with our preprocessor and without, and a whole class in one command.

Both sides grade the same notebooks, in turns, each from a fresh copy of the course. The start
of a command does not count: a notebook's time is that between the files that come of them.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BESIDE = Path(sys.executable).parent
NAME, NOTEBOOK = "assignment3", "one_hidden_layer"
SUBMISSIONS = int(os.environ.get("GRADE_BENCH_SUBMISSIONS", "20"))
FEW = 2  # when so many are written, every processor has its next
ROUNDS = int(os.environ.get("GRADE_BENCH_ROUNDS", "3"))

Row = tuple[str, str, str, bool]


def rows() -> list[Row]:
    """The table: what, measured, allowed, whether it holds."""
    with tempfile.TemporaryDirectory() as scratch:
        course = _course(Path(scratch))
        stock, ours, batch, pages, batch_pages = _seconds(course)
        cell = _test_cell(course)
    return [
        _ratio("nbgrader autograde ÷ with our preprocessor", stock, ours, 3),
        _ratio("nbgrader autograde ÷ grade nbgrader autograde", stock, batch, 20),
        _ratio("  both with feedback pages", stock + pages, batch + batch_pages, 8),
        ("a test cell, after the first", f"{cell * 1e3:.0f} ms", "300 ms", cell <= 0.3),
    ]


def _ratio(what: str, slow: float, fast: float, least: float) -> Row:
    ratio = slow / fast
    shown = f"{ratio:.1f} ({slow * 1e3:.0f} / {fast * 1e3:.0f} ms)"
    return what, shown, f"≥ {least:g}", ratio >= least


def _seconds(course: Path) -> tuple[float, ...]:
    """Seconds for one more submission: stock, ours, batch, stock's pages, batch's pages."""
    autograde = ["nbgrader", "autograde", NAME]
    pages = ["nbgrader", "generate_feedback", NAME]
    batch = ["grade", "nbgrader", "autograde", NAME, "--feedback"]
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for kind, stock, commands in (
            ("stock", True, [autograde, pages]),
            ("ours", False, [autograde]),
            ("batch", False, [batch]),
        ):
            with _copy(course, stock) as folder:
                for command in commands:
                    _run(command, folder)
                for step, ending in (("autograded", "ipynb"), ("feedback", "html")):
                    written = list(folder.glob(f"{step}/*/{NAME}/{NOTEBOOK}.{ending}"))
                    if written:
                        found.setdefault(f"{kind} {step}", []).append(_each(written))
    medians = {name: statistics.median(seconds) for name, seconds in found.items()}
    return tuple(
        medians[name]
        for name in (
            "stock autograded",
            "ours autograded",
            "batch autograded",
            "stock feedback",
            "batch feedback",
        )
    )


def _each(written: Sequence[Path]) -> float:
    """Seconds between two of the files that a command wrote, from the second to the last.

    So its start does not count, which takes as long as many notebooks, and never the same.
    """
    assert len(written) == SUBMISSIONS
    times = sorted(path.stat().st_mtime_ns for path in written)
    return (times[-1] - times[FEW - 1]) / (SUBMISSIONS - FEW) / 1e9


@contextmanager
def _copy(course: Path, stock: bool) -> Iterator[Path]:
    folder = course.parent / "copy"
    shutil.copytree(course, folder)
    try:
        if stock:
            (folder / "nbgrader_config.py").unlink()
        yield folder
    finally:
        shutil.rmtree(folder)


def _course(scratch: Path) -> Path:
    """A course with submissions: right ones, and such with typical mistakes."""
    course = scratch / "course"
    init = ["grade", "nbgrader", "init", str(course), "--assignment", NAME]
    _run([*init, "--course", str(ROOT)], ROOT)
    _run(["nbgrader", "generate_assignment", NAME], course)
    filled = _filled(course)
    for number in range(SUBMISSIONS):
        notebook = copy.deepcopy(filled)
        for cell in notebook["cells"]:
            text = "".join(cell["source"])
            if number % 2:
                text = text.replace("* (1 - A1**2)", "* A1 * (1 - A1)")
            if number % 3 == 0:
                text = text.replace("np.sum(log_likelihood) / m", "np.sum(log_likelihood)")
            # No two are the same text.
            if cell["cell_type"] == "code" and "def sigmoid" in text:
                text += f"\n# {number}"
            cell["source"] = text
        folder = course / "submitted" / f"student{number:03}" / NAME
        folder.mkdir(parents=True)
        (folder / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return course


def _filled(course: Path) -> dict[str, Any]:
    """The students' notebook with the reference's answers."""
    release, source = (
        json.loads((course / step / NAME / f"{NOTEBOOK}.ipynb").read_text("utf-8"))
        for step in ("release", "source")
    )
    answers = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in source["cells"]
        if "nbgrader" in cell["metadata"]
    }
    for cell in release["cells"]:
        settings = cell["metadata"].get("nbgrader", {})
        if settings.get("solution") and cell["cell_type"] == "code":
            cell["source"] = answers[settings["grade_id"]]
    notebook: dict[str, Any] = release
    return notebook


def _test_cell(course: Path) -> float:
    """The slowest check of a right notebook in a running kernel, from the second time on."""
    from jupyter_client.manager import start_new_kernel

    cells = ["".join(c["source"]) for c in _filled(course)["cells"] if c["cell_type"] == "code"]
    manager, client = start_new_kernel(cwd=str(course / "release" / NAME))
    slowest = 0.0
    try:
        for again in range(ROUNDS + 1):
            for source in cells:
                if again and not source.startswith("check("):
                    continue
                started = time.perf_counter()
                client.execute_interactive(source, output_hook=lambda _: None, timeout=300)
                if again:
                    slowest = max(slowest, time.perf_counter() - started)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return slowest


def _run(command: list[str], folder: Path) -> None:
    path = f"{BESIDE}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(BESIDE / command[0]), *command[1:]],
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}")
