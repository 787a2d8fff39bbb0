"""A worker: it unpacks the assignment once, keeps one sandbox, and grades what comes.

A worker is a process of a pool on this machine, or of a Dask cluster. It sees a packed
assignment and submissions, and no gradebook.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import platform
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder import __version__
from autograder.course.parcel import Parcel
from autograder.errors import GradeError, SandboxFault
from autograder.model import Report, Status, Submission, Tier, Verdict

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# A zygote that was killed takes two guests along: the one at work and the one that waits.
TRIES = 3
FOLDERS = "grade-course-"  # a worker's own folder, with its process id behind
REMOVALS = 100


class Terms(msgspec.Struct, frozen=True):
    """The terms that a batch's workers have in common: tier, and versions of what decides."""

    tier: Tier
    versions: dict[str, str]


class Task(msgspec.Struct, frozen=True):
    """Some submissions to grade, by their numbers in the gradebook."""

    parcel: Parcel
    seed: int
    terms: Terms
    submissions: tuple[tuple[int, Submission], ...]


class Graded(msgspec.Struct, frozen=True):
    """One submission's report, and the wall time that it took."""

    id: int
    report: Report
    seconds: float


def terms(preload: Sequence[str]) -> Terms:
    """Those of a sandbox in this process. Raises SandboxFault."""
    from autograder.sandbox.host import confinement

    return Terms(confinement.tier(), versions(preload))


def versions(preload: Sequence[str]) -> dict[str, str]:
    """The versions of the autograder, Python and what is preloaded; nothing is imported."""
    found = {"autograder": __version__, "python": platform.python_version()}
    for name in ("numpy", *preload):
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def work(task: Task) -> list[Graded]:
    """Grade a task's submissions. Raises GradeError when this worker is not fit for it."""
    with _one_at_a_time:
        place = _workplace(task.parcel)
        if place.terms != task.terms:
            raise GradeError(
                f"A worker on {platform.node()} differs from the others: "
                f"{differences(task.terms, place.terms)}.",
                hint="Give all workers the same versions and the same confinement.",
                slug="workers",
            )
        return [
            place.grade(number, submission, task.seed)
            for number, submission in task.submissions
        ]


def differences(one: Terms, other: Terms) -> str:
    """In words, what two workers do not have in common."""
    found = [] if one.tier is other.tier else [f"tier {other.tier} instead of {one.tier}"]
    for name in sorted(one.versions.keys() | other.versions.keys()):
        wanted, there = (t.versions.get(name, "none") for t in (one, other))
        if wanted != there:
            found.append(f"{name} {there} instead of {wanted}")
    return ", ".join(found)


def faulted(
    assignment: str, possible: float, seed: int, at: Terms, name: str, message: str
) -> Report:
    """The report of a submission that could not be graded through no fault of its own."""
    return Report(
        assignment=assignment,
        points=0.0,
        possible=possible,
        seed=seed,
        tier=at.tier,
        versions=at.versions,
        notes=(),
        checks=(
            Verdict(
                id="grading",
                of="",
                title=f"Grading {name}",
                status=Status.GRADER_FAULT,
                points=0.0,
                possible=possible,
                message=message,
                hint="This is no zero: the submission is ungraded. Look at it by hand.",
            ),
        ),
    )


def begin(stop: Connection, processor: int | None = None) -> None:
    """Make this process a worker on the machine of its grader.

    stop        a pipe on which nothing is ever sent: it closes when the grader ends, or wants
                the worker to.
    processor   where this process and all that it starts stay.
    """
    if processor is not None:
        with contextlib.suppress(OSError):  # the machine may have fewer by now
            os.sched_setaffinity(0, {processor})
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, which tells us
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    threading.Thread(target=_end_with, args=(stop,), daemon=True).start()


class Workplace:
    """One assignment, unpacked, and its grader, whose sandbox has shown that it holds.

    Raises SandboxFault where it does not.
    """

    def __init__(self, parcel: Parcel) -> None:
        from autograder.grading.grader import Grader
        from autograder.sandbox.host import selftest

        sweep()
        self.digest = parcel.digest
        with _making:
            self._folder = tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-")
        with contextlib.ExitStack() as undo:
            undo.callback(self.remove)
            self._grader = undo.enter_context(Grader(parcel.unpack(Path(self._folder))))
            sandbox = self._grader.sandbox
            try:
                selftest.quick(sandbox, self._folder)
            except SandboxFault:  # it does not hold, or was killed: the second time tells
                selftest.quick(sandbox, self._folder)
            preload = self._grader.assignment.settings.preload
            self.terms = Terms(sandbox.tier, versions(preload))
            undo.pop_all()

    def grade(self, number: int, submission: Submission, seed: int) -> Graded:
        """Grade one submission. A broken course raises CourseError: it concerns everybody."""
        started = time.perf_counter()
        try:
            for _ in range(TRIES):
                report = self._grader.grade(submission, seed=seed)
                if not report.ungraded:
                    break
            else:
                report = self._as_in_the_course(report)
        except GradeError as error:
            message = error.message.replace(f"{self._folder}/", "")
            raise type(error)(message, hint=error.hint, slug=error.slug) from error
        except Exception as error:
            report = faulted(
                self._grader.assignment.name,
                self._grader.assignment.settings.points,
                seed,
                self.terms,
                submission.name,
                f"The grader failed: {type(error).__name__}: {error}",
            )
        return Graded(number, report, time.perf_counter() - started)

    def _as_in_the_course(self, report: Report) -> Report:
        """With its own files named as in the course: its folder has another name each time."""
        said = msgspec.json.encode(report).replace(f"{self._folder}/".encode(), b"")
        return msgspec.json.decode(said, type=Report)

    def close(self) -> None:
        """End the sandbox and remove the folder."""
        self._grader.close()
        self.remove()

    def remove(self) -> None:
        """Remove the folder, which holds the reference."""
        shutil.rmtree(self._folder, ignore_errors=True)


# A sandbox has one owner at a time, also where a Dask worker was given several threads.
_one_at_a_time = threading.Lock()
_making = threading.Lock()  # held while a folder is made: none is any more at the end
_place: Workplace | None = None


def _workplace(parcel: Parcel) -> Workplace:
    global _place
    if _place is None or _place.digest != parcel.digest:
        _leave()
        _place = Workplace(parcel)
    return _place


def _leave() -> None:
    global _place
    if _place is not None:
        _place.close()
        _place = None


def _end_with(stop: Connection) -> None:
    with contextlib.suppress(OSError, EOFError):
        stop.poll(None)
    _making.acquire()  # for good
    # The other thread may be unpacking. The zygote sees our end, and cleans up for itself.
    for _ in range(REMOVALS):
        left = list(Path(tempfile.gettempdir()).glob(f"{FOLDERS}{os.getpid()}-*"))
        if not left:
            break
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def sweep() -> None:
    """Remove the folders of workers that were killed, and of their guests."""
    from autograder.sandbox import leftovers

    for prefix in (FOLDERS, leftovers.FOLDERS):
        for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            pid = path.name.removeprefix(prefix).partition("-")[0]
            with contextlib.suppress(FileNotFoundError):  # another worker is faster
                # Others may make a link of that name, to anywhere.
                ours = path.lstat().st_uid == os.getuid() and not path.is_symlink()
                if pid.isdigit() and ours and not _alive(int(pid)):
                    leftovers.remove(str(path))


def _alive(pid: int) -> bool:
    """True if it runs; one that ended, and was not waited for yet, does not."""
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in ("Z", "X")
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


atexit.register(_leave)
