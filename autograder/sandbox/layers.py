"""The layers of a guest's confinement, by name, and the tier that they amount to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from autograder.model import Tier

MEMORY = "memory limit"
FILES = "file limit"
ENVIRONMENT = "clean environment"
DESCRIPTORS = "closed descriptors"
SESSION = "session of its own"
CAPABILITIES = "no capabilities"
GROUP = "control group"
PROCESSES = "PID namespace"
NETWORK = "network namespace"
IPC = "IPC namespace"
HOST_NAME = "UTS namespace"
ROOT = "read-only root"
SCRATCH = "private scratch space"
LANDLOCK = "Landlock"
SECCOMP = "seccomp"

NAMESPACES = frozenset({PROCESSES, NETWORK, IPC, HOST_NAME, ROOT, SCRATCH})

# In the order in which they are shown. The first two cannot be left out.
PROMISES: Mapping[str, str] = {
    "process of its own": "forked, and ended with all that it started",
    "time limit": "measured and enforced by the grader",
    ENVIRONMENT: "made from nothing",
    DESCRIPTORS: "everything but its own socket is closed",
    SESSION: "signals to its group reach itself only",
    MEMORY: "RLIMIT_DATA",
    FILES: "their size and their number: RLIMIT_FSIZE, RLIMIT_NOFILE",
    CAPABILITIES: "none, and no way to any: no_new_privs",
    GROUP: "memory and threads, over all that it starts",
    PROCESSES: "no other process has a number",
    NETWORK: "no interface, no port",
    IPC: "no shared memory but its own",
    HOST_NAME: "a host name that tells nothing",
    ROOT: "Python and its packages; no other file has a name",
    SCRATCH: "limited in size and in number of files",
    LANDLOCK: "files, TCP ports and signals: only what is listed",
    SECCOMP: "no processes, programs, sockets; none of the kernel's wide doors",
}
SWITCHES = frozenset(PROMISES) - {"process of its own", "time limit"}

_LEFT_OUT: Mapping[Tier, frozenset[str]] = {
    Tier.A: frozenset(),
    Tier.B: frozenset({LANDLOCK}),
    Tier.C: NAMESPACES,
    Tier.D: NAMESPACES | {LANDLOCK, SECCOMP},
}


@dataclass(frozen=True)
class SandboxLayer:
    """One layer: whether guests have it here, and what it does, or why it is not there."""

    name: str
    present: bool
    why: str


def beyond(tier: Tier) -> frozenset[str]:
    """The layers that a sandbox of this tier does without."""
    return _LEFT_OUT[tier]


def tier_of(present: Collection[str]) -> Tier:
    """The strongest tier whose layers are all there."""
    wanted = NAMESPACES | {LANDLOCK, SECCOMP}
    return next(t for t in Tier if wanted - beyond(t) <= set(present))
