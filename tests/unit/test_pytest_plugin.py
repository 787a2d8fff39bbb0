"""The plug-in for pytest, in a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support import SOLUTION, make_course

ROOT = Path(__file__).parents[2]
WRONG = SOLUTION.replace("return 2 * x\n", "return x**2\n", 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A course, and submissions beside a conftest.py that must not be loaded."""
    folder = tmp_path_factory.mktemp("course")
    make_course(folder)
    theirs = folder / "submissions"
    theirs.mkdir()
    (theirs / "right.py").write_text(SOLUTION)
    (theirs / "wrong.py").write_text(WRONG)
    (theirs / "noisy.py").write_text(SOLUTION + "\nraise ValueError('\x1b[31mboom')\n")
    (theirs / "conftest.py").write_text("raise SystemExit('loaded')\n")
    (folder / "test_other.py").write_text("def test_other(): pass\n")
    return folder


def run(
    folder: Path, *words: str, cwd: Path | None = None, installed: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run pytest with these words in the course's folder.

    installed   whether all plug-ins that are installed are loaded, by their entry points, and
                not ours alone: this takes two seconds, so few tests do it.
    """
    alone = {} if installed else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ours = () if installed else ("-p", "autograder.pytest_plugin")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *ours, *words],
        cwd=cwd or folder,
        env=os.environ | alone,
        capture_output=True,
        text=True,
        timeout=110,
    )


def test_a_right_submission(folder):
    """Each check is a test that passes, with its points; no other test is collected."""
    done = run(
        folder, "-v", "--grade", "small", "--submission=submissions/right.py", installed=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "collected 6 items" in done.stdout
    assert "small::double PASSED 10/10" in done.stdout
    assert "small: 60 of 60 points" in done.stdout
    assert "test_other" not in done.stdout


def test_in_a_course_that_has_tests_of_its_own(root):
    """As this repository has, whose conftest.py sorts what it knows."""
    stub = "assignments/assignment3/one_hidden_layer.py"
    words = ("--grade", "assignment3", f"--submission={stub}", f"--course={root}")
    done = run(root, "-q", *words, installed=True)
    assert done.returncode == 1, done.stderr
    assert "assignment3: 0 of 100 points" in done.stdout


def test_a_wrong_submission(folder, tmp_path):
    """A failure is what a student reads, and no traceback; JUnit has the points."""
    report = tmp_path / "report.xml"
    done = run(
        folder,
        "--grade=small",
        "--submission=submissions/wrong.py",
        f"--junitxml={report}",
        "--import-mode=importlib",
    )
    assert done.returncode == 1
    assert "Likely: Twice is not the square. Use 2 * x." in done.stdout
    assert "Traceback" not in done.stdout
    assert "autograder/" not in done.stdout, "nothing of ours is shown as the place"
    assert "FAILED 0/10 small::double" in done.stdout
    cases = {case.get("name"): case for case in ET.parse(report).getroot().iter("testcase")}
    properties = {one.get("name"): one.get("value") for one in cases["double"].iter("property")}
    assert properties == {"points": "0.0", "possible": "10.0", "status": "failed"}
    assert cases["counter"].find("failure") is None


def test_some_of_the_checks(folder):
    """-k chooses among the checks, and the points are of those that were run."""
    words = ("--grade", "small", "--submission=submissions/wrong.py", "-k", "counter")
    done = run(folder, *words)
    assert done.returncode == 0
    assert "2 passed, 4 deselected" in done.stdout
    assert "small: 20 of 20 points" in done.stdout


def test_remarks_are_shown_as_text(folder):
    """What the loading remarks is printed once, with nothing that controls a terminal."""
    done = run(folder, "--grade", "small", "--submission=submissions/noisy.py")
    assert "boom" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_course_can_be_named(folder, tmp_path):
    """From any folder; the assignment's own file is the default submission."""
    done = run(folder, "--grade", "small", "--course", str(folder), cwd=tmp_path)
    assert done.returncode == 1
    assert "small: 0 of 60 points" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--grade", "smal"), "Did you mean 'small'?"),
        (("--grade", "small", "--submission=nothing.py"), "There is no file"),
        (("--grade", "small", "--course", "submissions"), "is not a course folder"),
    ],
)
def test_wrong_usage(folder, words, said):
    """pytest ends with its code for wrong usage, and with our sentence."""
    done = run(folder, *words)
    assert done.returncode == 4
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_stands_beside_a_submission_is_not_read(folder, tmp_path):
    """A pytest.ini of a student's could have pytest import modules, or a conftest.py."""
    course, theirs = tmp_path / "course", tmp_path / "handed in"
    make_course(course)
    theirs.mkdir()
    (theirs / "small.py").write_text(SOLUTION)
    for name in ("conftest.py", "evil.py"):
        (theirs / name).write_text("raise SystemExit('loaded')\n")
    file = theirs / "small.py"
    done = run(course, "--grade", "small", "--submission", str(file))
    assert done.returncode == 4
    assert "Write --submission=FILE, in one word" in done.stderr
    (theirs / "pytest.ini").write_text("[pytest]\naddopts = -p evil\npythonpath = .\n")
    done = run(course, "--grade", "small", f"--submission={file}")
    assert done.returncode == 0, done.stdout + done.stderr
    (theirs / "pytest.ini").write_text("[pytest]\n")
    done = run(theirs, "--grade=small", f"--submission={file}", f"--course={course}")
    assert done.returncode == 4
    assert "which is not the course's" in done.stderr
    (theirs / "pytest.ini").unlink()
    done = run(theirs, "--grade=small", f"--submission={file}", f"--course={course}")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("setting", ["pythonpath = .", "addopts = -p json", "addopts=-pjson"])
def test_a_course_that_was_found_has_pytest_import_nothing(folder, tmp_path, setting):
    """It may have been handed in; one that somebody has named is theirs to choose."""
    make_course(tmp_path)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\n{setting}\n")
    words = ("--grade=small", f"--submission={folder / 'submissions' / 'right.py'}")
    done = run(tmp_path, *words)
    assert done.returncode == 4
    assert f"{tmp_path / 'pytest.ini'} has pytest import modules" in done.stderr
    done = run(tmp_path, *words, f"--course={tmp_path}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_fault_of_the_grader_is_an_error(folder, tmp_path):
    """An error is no failure of the student's, and there is no total."""
    make_course(tmp_path, solution=SOLUTION + "\ndef double(x):\n    raise OSError('x')\n")
    right = folder / "submissions" / "right.py"
    done = run(tmp_path, "--grade", "small", f"--submission={right}")
    assert done.returncode == 1
    assert "2 errors" in done.stdout
    assert "The check double raised OSError on the reference: x" in done.stdout
    assert "small: ungraded, by a fault of the grader" in done.stdout


def test_nothing_is_imported_without_grade(tmp_path):
    """Every pytest loads the plug-in; those that do not use it must not pay for it."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n"
        "def test_it(pytestconfig):\n"
        "    assert 'autograder.pytest_plugin' in sys.modules\n"
        "    heavy = {'numpy', 'typer', 'rich', 'msgspec', 'autograder.errors'}\n"
        "    assert not heavy & set(sys.modules)\n"
        "    assert pytestconfig.getoption('grade_assignment') is None\n"
    )
    done = run(tmp_path, "-q")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_entry_point_is_declared():
    """Installed with the package, and under the name with which -p finds it again."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"autograder.pytest_plugin" = "autograder.pytest_plugin"' in text
