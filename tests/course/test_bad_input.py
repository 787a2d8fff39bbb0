"""What students hand in by mistake: through the command, on the real assignment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import warm

Check = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def reference(root: Path) -> str:
    """The source of assignment 3's reference."""
    return (root / "reference" / "assignment3" / "solution.py").read_text("utf-8")


@pytest.fixture(scope="module")
def check(root: Path) -> Check:
    """Run `grade check assignment3` on a file, in the course's folder.

    The first is a Python of its own, the others are forks of one that has imported everything.
    """
    given = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    cold = [True]

    def run(file: object, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["check", "assignment3", str(file), *words]
        if not cold:
            return warm.grade(command, root, given)
        cold.clear()
        return subprocess.run(
            [sys.executable, "-m", "autograder.cli", *command],
            cwd=root,
            env=given,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
        )

    return run


def quiet(done: subprocess.CompletedProcess[str]) -> None:
    """Nothing of Python's own shows through."""
    for text in (done.stdout, done.stderr):
        assert "Traceback" not in text
        assert 'File "' not in text


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("missing.py", None, 2, "There is no file"),
        ("folder", "folder", 2, "is a folder"),
        ("empty.py", b"", 3, "empty.py is empty."),
        ("nul.py", b"x = 1\n\0\n", 3, "NUL"),
        ("huge.py", b"x = 1\n" * (50 * 2**20 // 6), 3, "is larger than 5 MB"),
        ("no_json.ipynb", b'{"cells": [', 3, "no_json.ipynb"),
        ("no_notebook.ipynb", b'{"a": 1}', 3, "not a notebook"),
        ("work.docx", b"PK\x03\x04", 3, "is a .docx file"),
    ],
)
def test_what_is_no_submission(
    check: Check, tmp_path: Path, name: str, content: bytes | str | None, code: int, said: str
) -> None:
    """One sentence on stderr that names the file, the exit code, and nothing on stdout."""
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    done = check(path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert name in done.stderr
    assert done.stdout == ""
    quiet(done)


BROKEN_HEADER = "def sigmoid(x)\n    return x\n"

FUNCTIONS = {  # a replacement for sigmoid -> its status, and words of its message
    "def sigmoid(x): 1 / (1 + np.exp(-x))": ("failed", "returned None"),
    "def sigmoid(x): return 'one half'": ("failed", "the text 'one half'"),
    "def sigmoid(x): return np.array([object()])": (
        "failed",
        "holds Python objects, and not numbers alone",
    ),
    "def sigmoid(x): return np.nan * x": ("failed", "nan"),
    "def sigmoid(x): return np.float64(1) / (x * 0)": ("failed", "12 infinite among 12"),
    "def sigmoid(x): return np.zeros((2, 2))": ("failed", "(3, 4) is needed"),
    "def sigmoid(x): return (1 / (1 + np.exp(-x))).astype(str)": (
        "failed",
        "holds text, and no numbers",
    ),
    "def sigmoid(): return 0": ("failed", "takes no arguments"),
    "def sigmoid(x, y): return 0": ("errored", "argument"),
    "def sigmoid(x): raise KeyboardInterrupt": ("errored", "KeyboardInterrupt"),
    "import sys\ndef sigmoid(x): sys.exit(0)": ("errored", "exit"),
    "import os\ndef sigmoid(x): os._exit(0)": ("crashed", "os._exit(0)"),
    "def sigmoid(x): input()": ("errored", "input"),
    "def sigmoid(x): return np.ones(10**10)": ("out_of_memory", "1024 MB"),
    "import ctypes\ndef sigmoid(x): ctypes.string_at(0)": ("crashed", "signal 11"),
    "def sigmoid(x):\n    while True: pass": ("timed_out", "still running after 5 s"),
    "sigmoid = None": ("failed", "is None; a function"),
    "del sigmoid": ("not_attempted", "nothing called sigmoid"),
}


@pytest.mark.parametrize("change", FUNCTIONS)
def test_a_function_gone_wrong(
    check: Check, tmp_path: Path, reference: str, change: str
) -> None:
    """Its own check says how, and every other function keeps its points."""
    status, words = FUNCTIONS[change]
    path = tmp_path / "mine.py"
    path.write_text(f"{reference}\n\n{change}\n", "utf-8")
    done = check(path, "--json")
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    verdicts = {verdict["id"]: verdict for verdict in report["checks"]}
    own = verdicts.pop("sigmoid")
    assert (own["status"], own["points"]) == (status, 0), own
    assert words in own["message"]
    assert own["hint"]
    assert {verdict["status"] for verdict in verdicts.values()} == {"passed"}, verdicts
    quiet(check(path))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("print('x' * 2**20)", ""),
        ("for _ in range(1000): print('noise', flush=True)", ""),
        ("import sys\nsys.exit(3)", "would have ended the program"),
        ("import os\nos._exit(3)", "would have ended the program"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("while True: pass", "took too long and was left out"),
        ("np.random.seed(1); np.random.rand(10)", ""),
        ("np.allclose = lambda *a, **k: True\nnp.linalg.norm = lambda *a: 0.0", ""),
        ("import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()", ""),
        ("from planar_utils import *", "planar_utils"),
        ("X = load_planar_dataset()", "load_planar_dataset"),
        ("%matplotlib inline\n!pip install numpy", ""),
        ("import matplotlib.pyplot as plt\nplt.plot([1]); plt.show()", "draw"),
        (BROKEN_HEADER.replace("sigmoid", "my_helper"), "is not Python yet: expected ':'"),
    ],
)
def test_a_file_with_something_odd_in_it(
    check: Check, tmp_path: Path, reference: str, change: str, said: str
) -> None:
    """What a file does beside its functions costs nothing, and is noted where it matters."""
    path = tmp_path / "mine.py"
    path.write_text(f"{reference}\n\n{change}\n", "utf-8")
    done = check(path)
    assert done.returncode == 0, done.stdout
    assert "100 / 100 points" in done.stdout
    assert said in done.stdout
    quiet(done)


def test_a_syntax_error_names_line_and_column(
    check: Check, tmp_path: Path, reference: str
) -> None:
    """The broken line is shown with a caret, and only its function is lost."""
    path = tmp_path / "mine.py"
    path.write_text(f"{BROKEN_HEADER}\n{reference.replace('def sigmoid', 'def other')}")
    done = check(path)
    assert done.returncode == 1
    assert "Line 1 is not Python yet: expected ':'. So sigmoid could not be read" in done.stdout
    shown = done.stdout.splitlines()
    row = next(i for i, line in enumerate(shown) if line.strip() == "def sigmoid(x)")
    assert shown[row + 1].index("^") == shown[row].index(")") + 1


def test_arguments_changed_in_place_are_said(
    check: Check, tmp_path: Path, reference: str
) -> None:
    """A right result in place passes, with a remark."""
    path = tmp_path / "mine.py"
    change = "def sigmoid(x):\n    x *= -1\n    return 1 / (1 + np.exp(x))"
    path.write_text(f"{reference}\n\n{change}\n")
    done = check(path, "--only", "sigmoid")
    assert done.returncode == 0, done.stdout
    assert "sigmoid changes its argument x in place" in done.stdout
