"""`grade batch`, `regrade`, `adjust` and `gradebook`, as their user runs them."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.classroom import HANGS, WORKS
from tests.support import CHECKS, make_course

TRUST = "--trust-submissions"
ALONE = (TRUST, "--jobs", "1")  # a second worker would cost more than its work


def made(folder: Path) -> Path:
    """A small course, with a class's submissions beside it: `sub`, a file for each student."""
    make_course(folder / "course")
    (folder / "sub").mkdir()
    for name in ("right", "squared", "without_two"):
        (folder / "sub" / f"{name}.py").write_text(WORKS[name].source)
    return folder / "course"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class of which nothing is graded."""
    return made(tmp_path)


@pytest.fixture(scope="module")
def first(grade, tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder with a class that has been graded, and what was said."""
    folder = tmp_path_factory.mktemp("graded")
    return folder, grade("batch", "small", "../sub", TRUST, cwd=made(folder))


@pytest.fixture
def graded(first, tmp_path: Path) -> Path:
    """The course of a copy of it."""
    shutil.copytree(first[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "course"


def test_a_class_in_one_command(first):
    """Points, hardest checks, misconceptions, the gradebook's place and what comes next."""
    course, done = first[0] / "course", first[1]
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert "A secret seed was made:" in said
    assert "3 submissions read." in said
    assert "3 of 3 graded" in said
    assert "Points: mean 90 %, median 88 %" in said
    assert re.search(r"90 to 100 %  █+ 1\n", said)
    assert re.search(r"double +67 % of the points +all of them: 2 of 3", said)
    assert re.search(r"1 ×  double__squared\n +Twice is not the square\.", said)
    assert f"Gradebook: {course / 'gradebook.db'}" in said
    assert "Next: grade export csv small" in said
    assert "To be looked at" not in said
    assert not any(line.endswith(" ") for line in said.splitlines())
    assert stat.S_IMODE((course / "gradebook.seed").stat().st_mode) == 0o600


def test_workers_take_no_module_from_the_current_folder(grade, course):
    """Whoever stands among the hand-ins runs none of them, whatever it is called."""
    folder = course.parent / "sub"
    (folder / "right.py").rename(folder / "multiprocessing.py")
    words = ("--jobs", "2", "--course", str(course), "--gradebook", str(course / "a.db"))
    done = grade("batch", "small", ".", TRUST, *words, cwd=folder)
    assert "3 of 3 graded" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_an_nbgrader_course_takes_its_own(grade, course):
    """Its `submitted` goes into nbgrader's gradebook, where some options have no place.

    Only for who stands there: from elsewhere, its configuration might be a student's program.
    """
    nb = course.parent / "nb"
    (nb / "submitted").mkdir(parents=True)
    (nb / "nbgrader_config.py").write_text("raise SystemExit('it ran')\n")
    away = grade("batch", "small", "../nb/submitted", cwd=course)
    assert away.returncode == 2
    assert "whose configuration is a program" in away.stderr
    assert "it ran" not in away.stdout + away.stderr
    dask = grade("batch", "small", "submitted", "--engine", "dask", cwd=nb)
    assert dask.returncode == 2
    assert "is an nbgrader course, whose own gradebook takes no --engine." in dask.stderr
    assert "--gradebook PLACE" in dask.stderr
    pages = grade("batch", "small", "../sub", "--feedback", cwd=course)
    assert pages.returncode == 2
    assert "the pages of an nbgrader course, and none is graded here" in pages.stderr


def test_what_is_graded_is_not_graded_again(grade, graded):
    """A changed file is graded, and so is everything with --regrade."""
    again = grade("batch", "small", "../sub", cwd=graded)
    assert again.returncode == 0, again.stderr
    assert "3 are graded already, and unchanged." in again.stdout
    assert "mean 90 %" in again.stdout
    (graded.parent / "sub" / "squared.py").write_text(WORKS["right"].source)
    changed = grade("batch", "small", "../sub", *ALONE, cwd=graded)
    assert "2 are graded already" in changed.stdout
    assert "1 of 1 graded" in changed.stdout
    assert "mean 96 %" in changed.stdout
    everything = grade("batch", "small", "../sub", *ALONE, "--regrade", cwd=graded)
    assert "3 of 3 graded" in everything.stdout


def test_what_a_person_should_look_at_is_listed(grade, course):
    """What was unreadable and what crashed, by name; the rest is graded all the same."""
    folder = course.parent / "sub"
    (folder / "empty.py").write_text("")
    (folder / "crashes.py").write_text(WORKS["crashes"].source)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "crashes.cpython-312.pyc").write_bytes(b"")
    (folder / ".DS_Store").write_bytes(b"")
    done = grade("batch", "small", "../sub", *ALONE, cwd=course)
    assert done.returncode == 3
    assert "Left out, as no work: 2 files, " in done.stdout
    assert "__pycache__ (1)" in done.stdout
    assert "5 submissions read: 4 count, 1 was refused." in done.stdout
    looks = done.stdout.partition("To be looked at by a person: 2\n")[2]
    assert re.search(r"^  crashes +the program ended early in double, mostly_pos", looks)
    assert re.search(r"^  empty +not read: empty\.py is empty", looks, re.MULTILINE)


def test_a_roster_says_who_is_who(grade, course):
    """By the roster's name; strangers and who is absent are named."""
    roster = course.parent / "roster.csv"
    roster.write_text("login,id\nlin,right\nmay,squared\nzoe,9\n")
    done = grade("batch", "small", "../sub", *ALONE, "--roster", str(roster), cwd=course)
    assert "Not on the roster: without_two." in done.stdout
    assert "Nothing came from: zoe." in done.stdout
    shown = grade("gradebook", "small", cwd=course).stdout
    assert re.findall(r"^ +small +(\w+) +(\S+) / 60$", shown, re.MULTILINE) == [
        ("lin", "60"),
        ("may", "50"),
        ("without_two", "52.5"),
    ]


def test_a_regrading_is_shown_before_it_counts(grade, graded):
    """Who, by how much, why; then --accept; and then there is nothing left to do."""
    checks = graded / "assignments" / "small" / "checks.py"
    easier = "np.abs(solution.double(rng.normal(size=(2, 3)))) > 0"
    checks.write_text(CHECKS.replace("solution.double(rng.normal(size=(2, 3)))", easier))
    preview = grade("regrade", "small", *ALONE, cwd=graded)
    assert preview.returncode == 0, preview.stderr
    assert re.search(
        r"Changes: 1 \(1 gain\)\n"
        r"  squared +50 -> 60 +\+10 +double 0 \(failed\) -> 10 \(passed\)\n",
        preview.stdout,
    )
    assert "2 keep what they have." in preview.stdout
    assert f"To let it: grade regrade small {TRUST} --jobs 1 --accept" in preview.stdout
    assert "50 / 60" in grade("gradebook", cwd=graded).stdout
    accepted = grade("regrade", "small", "--accept", cwd=graded)
    assert "Accepted: the 3 new gradings count now." in accepted.stdout
    assert "50 / 60" not in grade("gradebook", cwd=graded).stdout
    again = grade("regrade", "small", cwd=graded)
    assert "nothing would change" in again.stdout
    assert again.returncode == 0


def test_points_are_adjusted_by_a_person(grade, graded):
    """Up and down, with the reason; an unknown student is asked about."""
    words = ("--reason", "mailed in", "--author", "me")
    done = grade("adjust", "squared", "small", "-2.5", *words, cwd=graded)
    assert done.stdout == "squared has 47.5 of 60 points now.\n", done.stderr
    shown = grade("gradebook", "small", cwd=graded).stdout
    assert re.search(r"squared +47\.5 / 60 +-2\.5: mailed in \(me\)\n", shown)
    wrong = grade("adjust", "squard", "small", "1", *words, cwd=graded)
    assert wrong.returncode == 2
    assert "Did you mean 'squared'?" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("batch", "nothing", "../sub"), "no assignment 'nothing'"),
        (("batch", "small", "../nowhere"), "no file or folder"),
        (("batch", "small", "../sub", "--scheduler", "tcp://x:1"), "--engine dask"),
        (("batch", "small", "../sub", "--seed-file", "none"), "no seed file"),
        (("batch", "small", "../sub", "--gradebook", "mysql://x/y"), "PostgreSQL"),
    ],
)
def test_a_wrong_call_is_said_in_a_sentence(grade, course, words, said):
    """Exit code 2, and no traceback."""
    done = grade(*words, cwd=course)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_live_line_on_a_terminal(course, root):
    """Eighty columns are enough; at the end it is gone, and the summary stays."""
    controller, terminal = pty.openpty()
    process = started(course, root, terminal, COLUMNS="80", TERM="xterm")
    os.close(terminal)
    written = b""
    while process.poll() is None or select.select([controller], [], [], 0.2)[0]:
        try:
            written += os.read(controller, 65_536)
        except OSError:  # the terminal's other end is closed
            break
    os.close(controller)
    text = written.decode()
    assert process.wait() == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    frames = [line for line in re.split(r"[\r\n]+", plain) if " of 3 " in line and "/s" in line]
    assert frames, plain
    assert all(len(frame) == 80 and "━" in frame for frame in frames), frames
    assert "Points: mean 90 %" in plain


def test_ctrl_c_stops_and_says_how_to_go_on(course, root, grade):
    """What is graded is kept; no process stays behind; the same command finishes."""
    for number in range(4):
        (course.parent / "sub" / f"z{number}.py").write_text(f"# {number}\n{HANGS.source}")
    read, write = os.pipe()
    process = started(course, root, write)
    os.close(write)
    with os.fdopen(read) as output:
        for line in output:
            if "of 7 graded" in line:
                break
        process.send_signal(signal.SIGINT)
        rest = output.read()
    assert process.wait(30) == 130
    stopped = re.search(r"Stopped\. (\d) of 7 are graded and kept", rest)
    assert stopped, rest
    kept = int(stopped[1])
    assert 0 < kept < 7
    assert leftovers(course) == []
    for path in (course.parent / "sub").glob("z*.py"):
        path.unlink()
    again = grade("batch", "small", "../sub", *ALONE, cwd=course)
    assert again.returncode == 0
    assert "mean 90 %" in again.stdout


def test_ctrl_c_while_workers_start(course, root):
    """Sent to all, as a terminal does, when the first of them is there: no traceback."""
    read, write = os.pipe()
    process = started(course, root, write, process_group=0)
    os.close(write)
    while not (children := _spawned(process.pid)) and process.poll() is None:
        time.sleep(0.01)
    assert children
    os.killpg(process.pid, signal.SIGINT)
    with os.fdopen(read) as output:
        said = output.read()
    assert process.wait(30) == 130
    assert "Traceback" not in said
    assert leftovers(course) == []


def _spawned(parent: int) -> list[int]:
    """The workers of a batch, as soon as their Python has its say about SIGINT."""
    found = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in task.read_text().split():
            with contextlib.suppress(OSError):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    status = Path(f"/proc/{child}/status").read_text()
                    masks = re.findall(r"^Sig(?:Cgt|Ign):\s*(\w+)$", status, re.MULTILINE)
                    if any(int(mask, 16) & 1 << signal.SIGINT - 1 for mask in masks):
                        found.append(int(child))
    return found


def started(
    course: Path, root: Path, output: int, process_group: int | None = None, **environment: str
) -> subprocess.Popen[bytes]:
    """`grade batch` on the class, with its output there."""
    command = ("batch", "small", "../sub", TRUST, "--jobs", "2")
    return subprocess.Popen(
        [sys.executable, "-m", "autograder.cli", *command],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.DEVNULL,
        process_group=process_group,
        stdout=output,
        stderr=output,
        # A shell's background job ignores SIGINT, and so would all that it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def leftovers(course: Path) -> list[str]:
    """Processes that still work in this course's folder, half a minute later at most."""
    deadline = time.monotonic() + 30
    while True:
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(entry / "cwd") == str(course):
                    found.append((entry / "cmdline").read_text())
            except OSError:
                continue
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)
