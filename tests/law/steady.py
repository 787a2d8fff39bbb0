"""Right files get all points on a machine that is very busy: `make steady`.

A class of them, with libraries that are imported and used, imported and not used, and with
lines that sleep, is graded while endless loops run beside it at the same priority.
"""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.gradebook import Gradebook
from tests.law.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
GRADE = [sys.executable, "-m", "autograder.cli"]
ASSIGNMENT = "assignment3"
RIGHT = (ROOT / "reference" / ASSIGNMENT / "solution.py").read_text("utf-8")
FILES, SHORT_FILES = 60, 6
LOOPS, SHORT_LOOPS = 8, 4
BUSY = "while True: pass"

# (what, the library that it needs, lines above, lines below)
UNUSED = [
    ("unused tensorflow", "tensorflow", "import tensorflow as tf\n", ""),
    ("unused keras", "keras", "import keras\nfrom keras import layers\n", ""),
    ("unused sklearn", "sklearn", "from sklearn.datasets import make_moons\n", ""),
    ("unused pandas", "pandas", "import pandas as pd\n", ""),
    ("unused torch", "torch", "import torch\nimport torch.nn as nn\n", ""),
]
QUICK = [
    ("plain", "", "", ""),
    ("sleeps", "", "import time\ntime.sleep(7)\n", ""),
    (
        "used scipy",
        "scipy",
        "",
        "from scipy.special import expit\nsigmoid = lambda z: expit(z)\n",
    ),
    (
        "scipy in a function",
        "scipy",
        "",
        "def sigmoid(z):\n    from scipy.special import expit\n    return expit(z)\n",
    ),
]
SLOW = [
    (
        "used sklearn",
        "sklearn",
        "import sklearn.datasets\n",
        "X0 = sklearn.datasets.load_iris()\n",
    ),
    ("used tensorflow", "tensorflow", "import tensorflow as tf\n", "tf.random.set_seed(1)\n"),
    ("used keras", "keras", "import keras\n", "keras.utils.set_random_seed(1)\n"),
    ("used torch", "torch", "import torch\n", "torch.manual_seed(1)\n"),
]


def figures(full: bool) -> Iterator[Figure]:
    """How many right files get all points, of a class; twice in the full form."""
    for turn in range(2 if full else 1):
        files, loops = (FILES, LOOPS) if full else (SHORT_FILES, SHORT_LOOPS)
        works = _works(files, slow=1 if full else 0)
        started = time.monotonic()
        with busy(loops):
            points, ungraded = _graded(works)
        libraries = sorted({kind.rpartition(" ")[2] for kind, _ in works})
        complete = sum(each == 100 for each in points.values())
        yield Figure(
            f"{files} right files beside {loops} endless loops, turn {turn + 1} "
            f"({', '.join(libraries)})",
            f"{complete} with 100, {ungraded} ungraded, in {time.monotonic() - started:.0f} s"
            + "".join(f"; {n}: {p:g}" for n, p in points.items() if p != 100),
            f"{files} with 100, 0 ungraded",
            complete == files and not ungraded,
        )


@contextlib.contextmanager
def busy(loops: int) -> Iterator[None]:
    """While it lasts, so many endless loops run, each in a session of its own."""
    running = [
        subprocess.Popen([sys.executable, "-I", "-c", BUSY], start_new_session=True)
        for _ in range(loops)
    ]
    try:
        yield
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.wait()


def _works(count: int, *, slow: int) -> list[tuple[str, str]]:
    """What each file is, and its text; `slow` of each library that takes seconds to import."""
    here = [[one for one in kinds if _is_here(one[1])] for kinds in (SLOW, UNUSED + QUICK)]
    chosen = [one for one in here[0] for _ in range(slow)]
    chosen += [here[1][n % len(here[1])] for n in range(count - len(chosen))]
    return [
        (what, f"# {n}\n{above}{RIGHT}\n{below}")
        for n, (what, _, above, below) in enumerate(chosen)
    ]


def _is_here(library: str) -> bool:
    return not library or importlib.util.find_spec(library) is not None


def _graded(works: list[tuple[str, str]]) -> tuple[dict[str, float], int]:
    """The points of each file, graded in one batch, and how many stayed ungraded."""
    with tempfile.TemporaryDirectory(prefix="steady-") as folder:
        course, files = Path(folder) / "course", Path(folder) / "files"
        for name in ("assignments", "reference"):
            shutil.copytree(ROOT / name / ASSIGNMENT, course / name / ASSIGNMENT)
        (course / "course.toml").write_text(
            f'name = "Steady"\nassignments = ["{ASSIGNMENT}"]\n'
        )
        files.mkdir()
        for number, (what, source) in enumerate(works):
            student = f"{number:03}-{what.replace(' ', '-')}"
            (files / student).mkdir()
            (files / student / "one_hidden_layer.py").write_text(source, "utf-8")
        result = subprocess.run(
            [*GRADE, "batch", ASSIGNMENT, str(files), "--course", str(course)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode in (0, 3), result.stderr
        with Gradebook.open(str(course / "gradebook.db")) as book:
            standings = list(book.standings(book.counting(ASSIGNMENT)))
        reports = {each.student: each.report for each in standings}
        ungraded = sum(report is None or report.ungraded for report in reports.values())
        return {
            name: report.points if report else 0.0 for name, report in reports.items()
        }, ungraded
