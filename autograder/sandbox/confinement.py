"""What is applied to a guest before any student code runs, and what that amounts to.

This version confines by a process of its own and by limits (tier D). Namespaces,
Landlock and seccomp find their place in `confine`, and their line in `probe`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass

from autograder.model import Tier

if sys.platform != "win32":
    import resource  # here and not in `confine`, so that it is done before the fork

FILE_BYTES = 64 << 20
OPEN_FILES = 256
LINUX = sys.platform == "linux"

_NO_POSIX = "needs Linux, macOS or the Windows Subsystem for Linux"
_LATER = "not applied by this version"
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Layer:
    """One layer of confinement: whether this version applies it here, and why (not)."""

    name: str
    present: bool
    why: str


def probe() -> tuple[Layer, ...]:
    """What a guest on this machine is confined by, strongest promise last."""
    here = os.name == "posix"
    applied = {
        "process of its own": "forked, in a session of its own",
        "time limit": "measured and enforced by the grader",
        "memory limit": "RLIMIT_DATA",
        "capped output": "a pipe that the grader reads",
        "no inherited descriptors": "everything but its own socket is closed",
        "scrubbed environment": "made from nothing",
        "scratch folder": "removed afterwards; the other files of this machine stay visible",
        "ends with the grader": "the process that forked it kills it",
    }
    layers = [Layer(name, here, why if here else _NO_POSIX) for name, why in applied.items()]
    if here and not LINUX:
        layers[2] = Layer("memory limit", False, "only Linux enforces it")
    later = [Layer(n, False, _LATER) for n in ("namespaces", "Landlock", "seccomp")]
    return (*layers, *later)


def tier() -> Tier:
    """The tier that `probe` amounts to."""
    return Tier.D


def confine(*, megabytes: int, cpu_seconds: int, scratch: str) -> None:
    """Apply every layer to this process, a fresh guest. Raises OSError.

    megabytes     what it may allocate beyond what it inherited.
    cpu_seconds   processor time, over its whole life; the grader's clock is stricter.
    scratch       its working folder, which exists and is empty.
    """
    os.chdir(scratch)
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CPU: cpu_seconds,
    }
    if LINUX:
        limits[resource.RLIMIT_DATA] = _data_bytes() + (megabytes << 20)
    for what, amount in limits.items():
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            amount = min(amount, hard)
        resource.setrlimit(what, (amount, amount))


def remove(folder: str) -> None:
    """Remove a scratch folder, whatever a submission did to its permissions.

    Its processes are gone, so nothing can turn a folder into a link meanwhile.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        os.chmod(folder, 0o700)
        for path, names, _ in os.walk(folder):  # does not follow links
            for inner in (os.path.join(path, name) for name in names):
                if not os.path.islink(inner):
                    os.chmod(inner, 0o700)
        shutil.rmtree(folder, ignore_errors=True)


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when `parent`, which forked it, ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the request
        os._exit(1)


def adopt_orphans() -> None:
    """Make this process the parent of every process that its guests leave behind."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def threads() -> int:
    """How many threads this process has, where the kernel tells, else 1."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def children(pid: int) -> list[int]:
    """The processes whose parent is `pid` (one of a single thread), where /proc tells."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]
    return []


def _data_bytes() -> int:
    with contextlib.suppress(OSError), open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmData:"):
                return int(line.split()[1]) << 10
    return 0


def _load_prctl() -> Callable[[int, int], None]:
    if not LINUX:
        return lambda option, value: None
    import ctypes

    function = ctypes.CDLL(None, use_errno=True).prctl
    function.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4

    def prctl(option: int, value: int) -> None:
        if function(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), f"prctl({option}, {value}) failed")

    return prctl


_prctl: Callable[[int, int], None] = _load_prctl()
