"""A small course with things worth stealing, and a watch over all that must not change."""

from __future__ import annotations

import ctypes
import hashlib
import os
import socket
import sqlite3
import sysconfig
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import msgspec
import numpy as np

from autograder.course.course import Assignment
from autograder.model import Limits
from tests.support import make_course

SOLUTION = """
import numpy as np

def double(x):
    return 2 * x

def total(x):
    return float(np.sum(double(x)))

def slope(w, x):
    return 2 * w * x**2 / x.size

def classify(X):
    return (X[:, 0] > X[:, 1]).astype(int)

class Counter:
    def __init__(self, start):
        self.value = start

    def add(self, amount):
        self.value += amount
        return self.value
"""

MISCONCEPTIONS = """
from autograder.authoring import misconception

@misconception("Twice is not the square. Use 2 * x.")
def double__squared(x):
    return x**2
"""

CHECKS = '''
from pathlib import Path

import numpy as np
from autograder.authoring import accuracy, check, gradient, threshold

LABELLED = Path(__file__).parents[2] / "reference" / "small" / "labels.npz"

@check(points=10, cases=2)
def double(solution, given, rng):
    """Double doubles"""
    return solution.double(rng.normal(size=(2, 3)))

@check(points=10)
def total(solution, given, rng):
    """Total adds what double gives"""
    return solution.total(rng.normal(size=4))

@gradient(points=10, of="slope")
def slope(solution, given, rng):
    """The slope follows the cost"""
    x, w = rng.normal(size=5), rng.normal(size=5)
    def cost(p):
        return float(np.mean((p["w"] * x) ** 2))
    return cost, {"w": w}, {"w": solution.slope(w, x)}

@check(points=10, of="Counter")
def counter(solution, given, rng):
    """A counter counts, as an object"""
    mine = solution.Counter(float(rng.uniform(1, 2)))
    return mine.add(2.0), mine.add(3.0), mine.value

@threshold(points=10, at_least=0.95, of="classify")
def classify(solution, given, rng):
    """Points are told apart by labels that only the grader has"""
    with np.load(LABELLED) as data:
        chosen = rng.permutation(len(data["y"]))[:60]
        return accuracy(solution.classify(data["X"][chosen]), data["y"][chosen])
'''

POINTS = 50
LIMITS = Limits(seconds=20, load_seconds=8, megabytes=384)
SECRET = "GRADE_ATTACKS_SECRET"  # a variable of the grader's environment

PLANTABLE = (
    *("/", "/tmp", "/var/tmp", "/dev/shm", os.getcwd()),
    *(sysconfig.get_path("purelib"), sysconfig.get_path("stdlib")),
)
_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Vault:
    """The course, its neighbours, and what attackers are told about them.

    mark   part of the name of each file that an attack plants.
    """

    assignment: Assignment
    course: Path
    home: Path
    mark: str
    listeners: tuple[socket.socket, ...]

    @property
    def facts(self) -> dict[str, str]:
        """What stands for @NAME@ in an attack: more than a real attacker would know."""
        internet, internet6, *_ = self.listeners
        return {
            "COURSE": str(self.course),
            "HOME": str(self.home),
            "MARK": self.mark,
            "PID": str(os.getpid()),
            "PORT": str(internet.getsockname()[1]),
            "PORT6": str(internet6.getsockname()[1]),
        }

    def state(self) -> dict[str, object]:
        """All that an attack must leave as it was."""
        trees = (self.course, self.home)
        found = {str(p): _described(p) for tree in trees for p in (tree, *tree.rglob("*"))}
        for folder in PLANTABLE:
            if os.path.isdir(folder):
                found[f"planted in {folder}"] = [
                    name for name in os.listdir(folder) if self.mark in name
                ]
        return found

    def close(self) -> None:
        """Stop listening."""
        for listener in self.listeners:
            listener.close()


def make_vault(folder: Path) -> Vault:
    """Write the course and a home folder into `folder`, and listen for what gets out."""
    course, home = folder / "course", folder / "home"
    assignment = make_course(
        course,
        solution=SOLUTION,
        misconceptions=MISCONCEPTIONS,
        checks=CHECKS,
        points=POINTS,
    )
    settings = msgspec.structs.replace(assignment.settings, limits=LIMITS)
    assignment = replace(assignment, settings=settings)
    rng = np.random.default_rng(5)
    X = rng.normal(size=(400, 2))
    y = (X[:, 0] > X[:, 1]).astype(int)
    np.savez(course / "reference" / "small" / "labels.npz", X=X, y=y)
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        gradebook.execute("create table grades (student text, points real)")
        gradebook.execute("insert into grades values ('mallory', 0)")
    gradebook.close()
    other = course / "submitted" / "ada"
    other.mkdir(parents=True)
    (other / "small.py").write_text(SOLUTION)
    home.mkdir()
    (home / "diary.txt").write_text("private")
    mark = f"mark{os.getpid()}"
    return Vault(assignment, course, home, mark, _listeners(home, mark))


def hurry(assignment: Assignment, seconds: float) -> Assignment:
    """The assignment, with another limit of time for each of its checks."""
    settings = assignment.settings
    limits = msgspec.structs.replace(settings.limits, seconds=seconds)
    return replace(assignment, settings=msgspec.structs.replace(settings, limits=limits))


class Watch:
    """Notes what is there at its beginning; at its end, all of it is as it was.

        with Watch(vault):
            grade(attack, ...)

    others   how many processes the grader may start for itself meanwhile.

    Raises AssertionError where a file changed, or a process is left.
    """

    def __init__(self, vault: Vault, *, others: int = 0) -> None:
        self._vault = vault
        self._others = others
        # What loses its parent becomes a child of this process, and does not get away.
        ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)

    def __enter__(self) -> Watch:
        self._state = self._vault.state()
        self._family = family(os.getpid())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            return
        assert self._vault.state() == self._state
        until = time.monotonic() + 5
        while len(family(os.getpid())) > len(self._family) + self._others:
            assert time.monotonic() < until, f"left: {_told(self._family)}"
            time.sleep(0.005)
        assert not self._visited()

    def _visited(self) -> bool:
        """Whether anything has connected, or sent anything, to a listener."""
        for listener in self._vault.listeners:
            try:
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(1)
            except BlockingIOError:
                continue
            return True
        return False


def family(pid: int) -> list[int]:
    """All descendants of a process, without itself."""
    found: list[int] = []
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        for task in tasks:
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                found += [int(child), *family(int(child))]
    except OSError:
        pass
    return found


def _told(before: list[int]) -> list[str]:
    new = [pid for pid in family(os.getpid()) if pid not in before]
    stats = []
    for pid in new:
        try:
            stats.append(Path(f"/proc/{pid}/stat").read_text()[:80])
        except OSError:
            continue
    return stats


def _described(path: Path) -> tuple[object, ...]:
    status = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    extended = os.listxattr(path, follow_symlinks=False)
    return (
        status.st_mode,
        status.st_uid,
        status.st_nlink,
        status.st_mtime_ns,
        content,
        *extended,
    )


def _listeners(home: Path, mark: str) -> tuple[socket.socket, ...]:
    """For IPv4, IPv6, an abstract name, a path, and datagrams at the port of the first."""
    internet = _bound(socket.AF_INET, ("127.0.0.1", 0))
    addresses = [
        (socket.AF_INET6, ("::1", 0), socket.SOCK_STREAM),
        (socket.AF_UNIX, f"\0grade-{mark}", socket.SOCK_STREAM),
        (socket.AF_UNIX, str(home / "socket"), socket.SOCK_STREAM),
        (socket.AF_INET, internet.getsockname(), socket.SOCK_DGRAM),
    ]
    return internet, *(_bound(*address) for address in addresses)


def _bound(family: int, address: object, kind: int = socket.SOCK_STREAM) -> socket.socket:
    found = socket.socket(family, kind)
    found.bind(address)  # type: ignore[arg-type]
    if kind == socket.SOCK_STREAM:
        found.listen()
    found.setblocking(False)
    return found
