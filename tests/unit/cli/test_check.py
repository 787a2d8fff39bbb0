"""`grade check`, from the outside: exit codes, and what is on stdout and stderr."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from autograder.feedback.schema import schema
from autograder.model import Tier
from autograder.sandbox.host import confinement
from tests.missing import missing

PRINTS = """
def double(x):
    print("doubling", getattr(x, "shape", ()))
    return 3 * x
"""


def test_all_passed(grade):
    """A right file exits with 0 and praise, without colour where there is no terminal."""
    done = grade("check", "small", "right.py")
    assert done.returncode == 0, done.stderr
    assert "60 / 60 points" in done.stdout
    assert "Well done!" in done.stdout
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_points_missing(grade):
    """A wrong file exits with 1, and the check that it misses is shown."""
    done = grade("check", "small", "wrong.py")
    assert done.returncode == 1
    assert "Next: double." in done.stdout
    assert done.stderr == ""


def test_the_file_is_the_stub_by_default(grade):
    """Without a file, the assignment's own is checked."""
    done = grade("check", "small")
    assert done.returncode == 1
    assert "assignments/small/small.py" in done.stdout


def test_a_page_instead(grade, small, tmp_path):
    """--html writes one file, says so, and never writes over what is no page."""
    to = tmp_path / "page.html"
    done = grade("check", "small", "wrong.py", "--html", "--to", str(to))
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("50 of 60 points. Next: double. The page: ")
    page = to.read_text("utf-8")
    assert "<svg" in page
    assert "--only double" in page
    assert "return 3 * x" in page
    assert grade("check", "small", "right.py", "--html", "--to", str(to)).returncode == 0
    assert "Well done!" in to.read_text("utf-8")
    mine = tmp_path / "mine.py"
    mine.write_text("x = 1\n")
    done = grade("check", "small", "wrong.py", "--html", "--to", str(mine))
    assert done.returncode == 2
    assert "no page" in done.stderr
    assert mine.read_text() == "x = 1\n"


def test_a_page_in_a_course_that_was_found(grade, small):
    """It is written where one stands, though the grader itself may write nowhere."""
    done = grade("check", "small", "wrong.py", "--html", "--seed", "5")
    assert done.returncode == 1, done.stderr
    page = (small / "small-check.html").read_text("utf-8")
    assert "<svg" not in page  # other inputs than the public ones are not drawn


def test_json_is_one_object_and_nothing_else(grade):
    """--json prints a report that obeys the schema, whatever is right or wrong."""
    for file, code in (("right.py", 0), ("wrong.py", 1)):
        done = grade("check", "small", file, "--json")
        assert done.returncode == code
        report = json.loads(done.stdout)
        jsonschema.validate(report, json.loads(schema()))
        assert done.stderr == ""
        assert report["possible"] == 60


def test_only_and_seed(grade):
    """--only runs the named checks and no others; --seed is told in the report."""
    done = grade("check", "small", "right.py", "--json", "--only", "double", "--seed", "7")
    report = json.loads(done.stdout)
    assert [verdict["id"] for verdict in report["checks"]] == ["double"]
    assert report["seed"] == 7


def test_a_case_can_be_shown_and_run(grade, small, tmp_path):
    """--show prints a program, which runs the file itself and gives what the check saw."""
    (small / "prints.py").write_text((small / "wrong.py").read_text() + PRINTS)
    done = grade("check", "small", "prints.py", "--show", "double")
    assert done.returncode == 1, done.stderr
    assert "# It printed:\n#   doubling (2, 3)\n" in done.stdout
    assert "# They differ in 6 of 6 places" in done.stdout
    program = tmp_path / "try.py"
    program.write_text(done.stdout)
    run = [sys.executable, str(program)]
    ran = subprocess.run(run, cwd=small, capture_output=True, text=True, check=True)
    assert "doubling (2, 3)" in ran.stdout
    assert grade("check", "small", "right.py", "--show", "counter").returncode == 0
    (tmp_path / "open.py").write_text("def double(x:\n    return 2 * x\n")
    unread = grade("check", "small", str(tmp_path / "open.py"), "--show", "double")
    assert unread.stdout.startswith("# double: double could not be read"), unread.stdout
    for words in (("--show", "doubel"), ("--show", "double", "--seed", "3")):
        assert grade("check", "small", "prints.py", *words).returncode == 2


def test_in_the_assignments_folder_its_name_is_known(grade, small):
    """There, `grade check` takes the assignment's own file, or the one that is named."""
    folder = small / "assignments" / "small"
    done = grade("check", cwd=folder)
    assert done.returncode == 1, done.stderr
    assert "small.py, saved " in done.stdout
    done = grade("check", "../../right.py", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "60 / 60 points" in done.stdout


def test_a_second_check_says_what_has_changed(grade, small, tmp_path):
    """The points that were gained since, or that the file was not saved."""
    state = {"XDG_STATE_HOME": str(tmp_path)}
    file = tmp_path / "mine.py"
    file.write_bytes((small / "wrong.py").read_bytes())
    assert "last check" not in grade("check", "small", str(file), **state).stdout
    assert "has not changed" in grade("check", "small", str(file), **state).stdout
    file.write_bytes((small / "right.py").read_bytes())
    assert "Since the last check: +" in grade("check", "small", str(file), **state).stdout


def test_pythons_settings_of_a_student_change_nothing(grade, tmp_path):
    """A typing.py on PYTHONPATH is not taken for Python's, and -OO leaves titles alone."""
    (tmp_path / "typing.py").write_text("raise RuntimeError('not mine')\n")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[3])])
    done = grade("check", "small", "right.py", PYTHONPATH=path, PYTHONOPTIMIZE="2")
    assert done.returncode == 0, done.stderr


def test_no_process_takes_a_students_module_for_pythons(grade, small, tmp_path):
    """Not by PYTHONPATH=. either, and not the workers of a batch, nor what they start with."""
    root = str(Path(__file__).parents[3])
    for name in ("re", "random", "struct", "typing", "numpy"):
        for folder in (tmp_path, tmp_path / "class" / "doe", tmp_path / "class" / "roe"):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.py").write_text("raise RuntimeError('a student ran')\n")
            (folder / "small.py").write_text((small / "right.py").read_text())
    course = ("--course", str(small))
    checked = grade("check", "small", "small.py", *course, cwd=tmp_path, PYTHONPATH=f".:{root}")
    assert checked.returncode == 0, checked.stderr
    batch = ("batch", "small", "class", "--jobs", "2", "--gradebook", str(tmp_path / "g.db"))
    done = grade(*batch, *course, cwd=tmp_path, PYTHONPATH=f"{tmp_path}:{root}")
    assert "a student ran" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stderr


def test_the_course_can_be_named(grade, small, tmp_path):
    """--course finds the course from anywhere."""
    done = grade(
        "check", "small", str(small / "right.py"), "--course", str(small), cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "smal"), "Did you mean 'small'?"),
        (("check", "small", "right.py", "--only", "doubel"), "Did you mean 'double'?"),
        (("check", "small", "--sed", "1"), "--sed"),
        (("check", "small", "--seed", "-1"), "--seed"),
        (("check", "small", "--seed", "x"), "--seed"),
        (("check",), "grade check ASSIGNMENT"),
        (("chek", "small"), "chek"),
        (("release", "small", "--to", "."), "is there already"),
    ],
)
def test_wrong_usage(grade, words, said):
    """A call that does not fit exits with 2, says so on stderr, and prints nothing else."""
    for more in ((), ("--json",)) if "small" in words[1:2] and words[0] == "check" else ((),):
        done = grade(*words, *more)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("rigt.py", 2, "grade: There is no file rigt.py.\nDid you mean right.py?"),
        (".", 2, "is a folder"),
        ("empty.py", 3, "grade [intake]: empty.py is empty"),
    ],
)
def test_a_file_that_cannot_be_read(grade, file, code, said):
    """What is not there is wrong usage, what is no submission cannot be graded."""
    done = grade("check", "small", file, "--json")
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""


def test_a_hostile_file_name_is_told_and_does_not_act(grade, small):
    """Escape sequences and overrides of direction are written out, on stderr as on the page."""
    name = "\x1b]0;title\x07\u202eq.py"
    (small / name).write_bytes(b"x = 1\n\0\n")
    done = grade("check", "small", name)
    assert done.returncode == 3
    assert "\\x1b]0;title\\x07\\u202eq.py" in done.stderr
    assert "\x1b" not in done.stderr
    (small / name).unlink()


def test_outside_of_a_course(grade, tmp_path):
    """Where there is no course, that is said with the slug of its documentation."""
    done = grade("check", "small", cwd=tmp_path)
    assert done.returncode == 3
    assert "grade [no-course]: There is no course.toml" in done.stderr
    assert "--course DIR" in done.stderr


def test_a_broken_course_is_not_the_students_fault(grade, small, tmp_path):
    """A checks.py that raises is named on stderr, without a traceback."""
    broken = shutil.copytree(small, tmp_path / "broken")
    checks = broken / "assignments" / "small" / "checks.py"
    checks.write_text("raise RuntimeError('out of order')\n")
    done = grade("check", "small", "right.py", cwd=broken)
    assert done.returncode == 3
    assert "out of order" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_grader_fault_is_told_and_not_scored(grade, small, tmp_path):
    """A check that the reference itself misses leaves the submission ungraded: exit 3."""
    broken = shutil.copytree(small, tmp_path / "fault")
    reference = broken / "reference" / "small" / "solution.py"
    reference.write_text(reference.read_text() + "\ndef double(x):\n    raise OSError('x')\n")
    done = grade("check", "small", "right.py", "--json", cwd=broken)
    assert done.returncode == 3, done.stderr
    assert "grader_fault" in {
        verdict["status"] for verdict in json.loads(done.stdout)["checks"]
    }


def test_tracebacks_are_shown_when_asked_for(grade):
    """--debug and GRADE_DEBUG=1 show where the grader stopped."""
    assert "Traceback" in grade("--debug", "check", "smal").stderr
    assert "Traceback" in grade("check", "smal", GRADE_DEBUG="1").stderr
    assert "Traceback" not in grade("check", "smal", GRADE_DEBUG="0").stderr


def test_ascii_output(grade):
    """A terminal that knows ASCII only gets ASCII."""
    done = grade("check", "small", "wrong.py", PYTHONIOENCODING="ascii")
    assert done.returncode == 1, done.stderr
    assert done.stdout.isascii()


def test_a_closed_pipe_is_quiet(small, root):
    """Whoever stops reading early gets no traceback."""
    command = [sys.executable, "-m", "autograder.cli", "check", "small", "wrong.py", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        command, cwd=small, env=environment, stdout=write, stderr=subprocess.PIPE, timeout=100
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells who is at work")
def test_ctrl_c_is_quiet(small, root):
    """An interrupt while student code runs exits with 130 and leaves nothing to read."""
    memory = 200 << 20
    body = f"    kept = b'.' * {memory}\n    while True:\n        pass\n"
    (small / "endless.py").write_text(f"def double(x):\n{body}")
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder.cli", "check", "small", "endless.py"],
        cwd=small,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests in the background has interrupts ignored, which is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # A moment earlier, in the middle of an import, Python itself may lose an interrupt. Nothing
    # that a guest writes is seen out here, but how much memory it has is.
    while not any(resident_bytes(one) > memory for one in descendants(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=100)
    assert process.returncode == 130
    assert (out, err) == ("", "")


def descendants(pid: int) -> list[int]:
    """The children of a process, their children, and so on, where they still are."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def resident_bytes(pid: int) -> int:
    """The memory that a process has; none once it has ended."""
    with contextlib.suppress(OSError):
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def test_a_library_that_is_missing_is_named_before_anything_runs(grade, small, tmp_path):
    """One sentence and what to install, not a page of checks that could not be judged."""
    folder = shutil.copytree(small, tmp_path / "course")
    path = folder / "assignments" / "small" / "assignment.toml"
    path.write_text('preload = ["numpy", "no_such_library"]\n' + path.read_text())
    done = grade("check", "small", "right.py", cwd=folder)
    assert done.returncode == 2
    assert "small needs no_such_library, which is not installed here." in done.stderr
    assert done.stdout == ""


TRIES = """
import os, socket, subprocess, sys
def tried(what):
    try:
        what()
    except (OSError, ImportError):
        return False
    return True
done = [name for name, what in {
    "reads": lambda: open(os.environ["SECRET"]).read(),
    "lists": lambda: os.listdir(os.path.dirname(os.environ["SECRET"])),
    "writes": lambda: open(__file__ + ".txt", "w"),
    "runs": lambda: subprocess.run([sys.executable, "-c", "1"]),
    "forks": lambda: os.fork() or os._exit(0),
    "connects": lambda: socket.socket(socket.AF_UNIX),
    "reaches": lambda: os.kill(os.getppid(), 0),
}.items() if tried(what)]
print("done:", *done, file=sys.stderr)
"""


def test_checks_that_were_found_run_with_few_rights(grade, small, tmp_path):
    """As a student's would be; the grade is the same. Who is named may do what it does."""
    if confinement.tier() not in (Tier.A, Tier.C):
        missing("Landlock, with which the grader confines itself")
    theirs = shutil.copytree(small, tmp_path / "theirs")
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    with (theirs / "assignments" / "small" / "checks.py").open("a") as file:
        file.write(TRIES)
    done = grade("check", "small", "right.py", cwd=theirs, SECRET=str(secret))
    assert done.stderr == "done:\n"
    assert "60 / 60 points" in done.stdout
    words = ("check", "small", "right.py", "--course", ".")
    named = grade(*words, cwd=theirs, SECRET=str(secret))
    assert named.stderr == "done: reads lists writes runs forks connects reaches\n"


def test_modules_in_the_folder_are_not_imported(grade, small, tmp_path):
    """Also with python -m, whose first place for modules is the current folder."""
    theirs = shutil.copytree(small, tmp_path / "theirs")
    for name in ("numpy", "msgspec", "typer", "rich", "sitecustomize", "tomllib"):
        (theirs / f"{name}.py").write_text("raise SystemExit('imported')\n")
    (theirs / ".env").write_text("PYTHONPATH=.\n")
    done = grade("check", "small", "right.py", "--course", str(small), cwd=theirs)
    assert done.returncode == 0, done.stdout + done.stderr
