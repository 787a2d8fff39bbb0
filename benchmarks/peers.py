"""The same eight checks by `grade batch`, and by what courses use today, each as it comes.

nbgrader has one call for a whole class; the others one for each submission. nbgrader, otter and
check50 are found in the folder that `GRADE_PEERS` names, or on the path:

    python -m venv peers && peers/bin/pip install otter-grader check50 nbgrader numpy pytest
    GRADE_PEERS=peers/bin python -m benchmarks peers
"""

from __future__ import annotations

import copy
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.batch import Bench, course
from benchmarks.measure import ROOT, Row

CLASS = 100  # submissions of ours
NBGRADER = 10  # of nbgrader's, in one call
ROUNDS = 3
SOURCE = (ROOT / "reference" / "assignment3" / "solution.py").read_text("utf-8")
NAMES = (
    "layer_sizes",
    "initialize_parameters",
    "sigmoid",
    "forward_propagation",
    "compute_cost",
    "backward_propagation",
    "update_parameters",
    "nn_model",
)

EIGHT_CHECKS = '''
from autograder.authoring import check

def data(rng):
    X = rng.normal(size=(2, 200))
    return X, (X[:1] * X[1:] > 0).astype(float)

def prepared(given, rng):
    X, Y = data(rng)
    parameters = given.initialize_parameters(2, 4, 1)
    A2, cache = given.forward_propagation(X, parameters)
    return X, Y, parameters, A2, cache

@check(points=1, cases=1)
def layer_sizes(solution, given, rng):
    """Sizes"""
    return solution.layer_sizes(*data(rng), 4)

@check(points=1, cases=1)
def initialize_parameters(solution, given, rng):
    """Parameters"""
    return solution.initialize_parameters(2, 4, 1)

@check(points=1, cases=1)
def sigmoid(solution, given, rng):
    """Sigmoid"""
    return solution.sigmoid(data(rng)[0])

@check(points=1, cases=1)
def forward_propagation(solution, given, rng):
    """Forward"""
    X, _, parameters, _, _ = prepared(given, rng)
    return solution.forward_propagation(X, parameters)

@check(points=1, cases=1)
def compute_cost(solution, given, rng):
    """Cost"""
    _, Y, parameters, A2, _ = prepared(given, rng)
    return solution.compute_cost(A2, Y, parameters)

@check(points=1, cases=1)
def backward_propagation(solution, given, rng):
    """Backward"""
    X, Y, parameters, _, cache = prepared(given, rng)
    return solution.backward_propagation(parameters, cache, X, Y)

@check(points=1, cases=1)
def update_parameters(solution, given, rng):
    """Update"""
    X, Y, parameters, _, cache = prepared(given, rng)
    grads = given.backward_propagation(parameters, cache, X, Y)
    return solution.update_parameters(parameters, grads)

@check(points=1, cases=1)
def nn_model(solution, given, rng):
    """Training"""
    X, Y = data(rng)
    return solution.nn_model(X, Y, 4, num_iterations=1000)
'''

# The same calls on the same inputs for every other tool, with np.allclose.
EIGHT = """
import numpy as np
import reference as right

rng = np.random.default_rng(1)
X = rng.normal(size=(2, 200))
Y = (X[:1] * X[1:] > 0).astype(float)
parameters = right.initialize_parameters(2, 4, 1)
A2, cache = right.forward_propagation(X, parameters)
grads = right.backward_propagation(parameters, cache, X, Y)
ARGUMENTS = {
    "layer_sizes": (X, Y, 4),
    "initialize_parameters": (2, 4, 1),
    "sigmoid": (X,),
    "forward_propagation": (X, parameters),
    "compute_cost": (A2, Y, parameters),
    "backward_propagation": (parameters, cache, X, Y),
    "update_parameters": (parameters, grads),
    "nn_model": (X, Y, 4, 1000),
}

def check(name, functions):
    wanted = getattr(right, name)(*ARGUMENTS[name])
    got = functions[name](*ARGUMENTS[name])
    if name == "forward_propagation":
        wanted, got = wanted[0], got[0]
    if isinstance(wanted, dict):
        assert all(np.allclose(got[key], wanted[key]) for key in wanted)
    else:
        assert np.allclose(got, wanted)
"""
PYTEST = f"""
import eight, pytest, submission

@pytest.mark.parametrize("name", {NAMES!r})
def test_it(name):
    eight.check(name, vars(submission))
"""
CHECK50 = """
import os, sys
import check50

sys.path[:0] = [os.path.dirname(__file__)]

def run(name):
    sys.path[:0] = [os.getcwd()]
    import eight, submission
    eight.check(name, vars(submission))
""" + "".join(
    f"""
@check50.check()
def {name}():
    \"\"\"{name}\"\"\"
    run("{name}")
"""
    for name in NAMES
)
OTTER = """
OK_FORMAT = False
from otter.test_files import test_case

name = "{name}"
points = 1

@test_case()
def test_it(env):
    import eight
    eight.check("{name}", env)
"""


def rows() -> list[Row]:
    """Each tool's seconds for one submission, as a multiple of ours."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        tools = {
            "pytest": (10, _pytest(folder)),
            "check50": (10, _check50(folder)),
            "nbgrader autograde": (40, _nbgrader(folder)),
            "otter run": (100, _otter(folder)),
        }
        assignment = course(folder / "ours", EIGHT_CHECKS, SOURCE, 8)
        bench = Bench(folder, assignment)
        own: list[float] = []
        theirs: dict[str, list[float]] = {name: [] for name in tools}
        for number in range(ROUNDS):
            texts = (f"{SOURCE}\n# {number} {n}\n" for n in range(CLASS))
            wall, results = bench.grade(bench.submissions(texts))
            assert all(graded.report.complete for graded in results)
            own.append(wall / CLASS)
            for name, (_, measured) in tools.items():
                if measured is not None:
                    theirs[name].append(measured())
        bench.close()
    ours = statistics.median(own)
    found = [("eight checks by grade batch, on 2 processes", f"{1e3 * ours:.1f} ms", "", True)]
    for name, (least, _) in tools.items():
        what = f"  {name} ÷ that"
        if not theirs[name]:
            found.append((what, "not installed", f"{least}", False))
            continue
        seconds = statistics.median(theirs[name])
        shown = f"{seconds / ours:.1f} ({1e3 * seconds:.0f} ms)"
        found.append((what, shown, f"{least}", seconds / ours >= least))
    return found


def _program(name: str) -> str | None:
    folder = os.environ.get("GRADE_PEERS")
    return shutil.which(name, path=folder and str(Path(folder).resolve()))


def _run(command: list[str], at: Path) -> str:
    beside = str(Path(command[0]).parent)
    environment = os.environ | {"PATH": os.pathsep.join([beside, os.environ["PATH"]])}
    done = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def _seconds(command: list[str], at: Path, passed: str) -> float:
    """How long a command takes, whose output must say that all passed."""
    started = time.perf_counter()
    said = _run(command, at)
    took = time.perf_counter() - started
    assert passed in said, said[-2000:]
    return took


def _with_reference(folder: Path) -> Path:
    folder.mkdir()
    (folder / "reference.py").write_text(SOURCE)
    (folder / "eight.py").write_text(EIGHT)
    return folder


def _pytest(folder: Path) -> Callable[[], float] | None:
    program = _program("pytest")
    if program is None:
        return None
    at = _with_reference(folder / "pytest")
    (at / "test_it.py").write_text(PYTEST)
    (at / "submission.py").write_text(SOURCE)
    command = [program, "-q", "-p", "no:cacheprovider", "test_it.py"]
    return lambda: statistics.median(_seconds(command, at, "8 passed") for _ in range(3))


def _check50(folder: Path) -> Callable[[], float] | None:
    program = _program("check50")
    if program is None:
        return None
    checks = _with_reference(folder / "check50")
    (checks / "__init__.py").write_text(CHECK50)
    (checks / ".cs50.yml").write_text("check50: true\n")
    work = folder / "work50"
    work.mkdir()
    (work / "submission.py").write_text(SOURCE)
    command = [program, "--dev", "--local", "-o", "json", "--", str(checks)]

    def once() -> float:
        started = time.perf_counter()
        said = _run(command, work)
        took = time.perf_counter() - started
        assert said.count('"passed": true') == len(NAMES), said[-2000:]
        return took

    return lambda: statistics.median(once() for _ in range(3))


def _otter(folder: Path) -> Callable[[], float] | None:
    program = _program("otter")
    if program is None:
        return None
    at = _with_reference(folder / "otter")
    (at / "tests").mkdir()
    for name in NAMES:
        (at / "tests" / f"{name}.py").write_text(OTTER.format(name=name))
    _run([program, "generate", "-t", "tests", "-o", "auto.zip", "reference.py", "eight.py"], at)
    _write(at / "submission.ipynb", [_code(SOURCE)])
    command = [program, "run", "-a", "auto.zip", "-o", ".", "--no-logo", "submission.ipynb"]

    def once() -> float:
        started = time.perf_counter()
        _run(command, at)
        took = time.perf_counter() - started
        assert (at / "results.json").read_text().count('"score": 1.0') >= len(NAMES)
        return took

    return lambda: statistics.median(once() for _ in range(2))


def _nbgrader(folder: Path) -> Callable[[], float] | None:
    program = _program("nbgrader")
    if program is None:
        return None
    checks = _with_reference(folder / "nbchecks")
    home = folder / "nbgrader"
    (home / "source" / "eight").mkdir(parents=True)
    (home / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'x'\n"
    )
    start = f"import sys; sys.path.insert(0, {str(checks)!r}); import eight"
    cells = [_code(SOURCE, "answer", solution=True), _code(start)]
    cells += [_code(f"eight.check({name!r}, globals())", name, points=1) for name in NAMES]
    notebook = home / "source" / "eight" / "eight.ipynb"
    _write(notebook, cells)
    _run([program, "generate_assignment", "eight", "--create"], home)
    for number in range(NBGRADER):
        work = home / "submitted" / f"s{number}" / "eight"
        work.mkdir(parents=True)
        own = copy.deepcopy(cells)
        own[0]["source"] = f"{SOURCE}\n# {number}\n"
        _write(work / "eight.ipynb", own)

    def once() -> float:
        started = time.perf_counter()
        _run([program, "autograde", "eight", "--force"], home)
        took = time.perf_counter() - started
        graded = home / "autograded" / f"s{NBGRADER - 1}" / "eight" / "eight.ipynb"
        assert '"output_type": "error"' not in graded.read_text()
        return took / NBGRADER

    return once


def _code(
    source: str, name: str = "", *, solution: bool = False, points: int = 0
) -> dict[str, Any]:
    """A cell of a notebook; with a name, one of nbgrader's."""
    about: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": bool(points),
        "solution": solution,
        "locked": bool(points),
        "task": False,
        "cell_type": "code",
    }
    if points:
        about["points"] = points
    return {
        "cell_type": "code",
        "id": name or f"cell{len(source)}",
        "metadata": {"nbgrader": about} if name else {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _write(path: Path, cells: list[dict[str, Any]]) -> None:
    from nbformat import v4, write

    notebook = v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.cells = [
        v4.new_code_cell(cell["source"], metadata=cell["metadata"], id=cell["id"])
        for cell in cells
    ]
    write(notebook, path)
