"""Live attacks on the sandbox that grading would use, and what became of each.

A trial of a layer runs where the layers that could stop the same attack as well are left
out: several stand behind most promises, and one that fails would else go unnoticed.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import re
import socket
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from autograder.errors import (
    Crashed,
    GradeError,
    OutOfMemory,
    SandboxFault,
    StudentRaised,
    SubmissionError,
    TimedOut,
)
from autograder.model import Cell, Limits, Submission, Tier
from autograder.sandbox import layers
from autograder.sandbox.guest import enclosure
from autograder.sandbox.host import confinement
from autograder.sandbox.host.messages import CallResult
from autograder.sandbox.host.sandbox import Guest, Sandbox
from autograder.sandbox.kernel import namespaces

LIMITS = Limits(seconds=1.0, load_seconds=10.0, megabytes=256, output_bytes=65_536)
LOOPS = 0.2  # seconds, all of which an endless loop takes
FLOOD = 20_000_000  # characters
SECRET = "GRADE_SELF_TEST"

Outcome = CallResult | SubmissionError | GradeError

_NOISE = re.compile(r"\[Errno \d+\] |: '[^']*'$")  # the error's number, the file's name
_CONFINED = (Tier.A, Tier.B, Tier.C)
_BLUNT = frozenset({layers.LANDLOCK, layers.SECCOMP})


@dataclass(frozen=True)
class TestedPromise:
    """One promise of the sandbox: what was tried, whether it held, what was seen.

    layer   the one on trial; empty where all stand together.
    """

    promise: str
    held: bool
    saw: str
    layer: str = ""


@dataclass(frozen=True)
class _Attack:
    promise: str
    function: str
    arguments: Callable[[_Bait], tuple[Any, ...]] = lambda bait: ()
    judge: Callable[[Outcome], bool] | None = None
    layer: str = ""
    without: frozenset[str] = frozenset()
    tiers: tuple[Tier, ...] = tuple(Tier)


@dataclass
class _Bait:
    """The targets of attacks: a file, a server and shared memory of the grader's."""

    path: Path
    port: int
    key: int
    files: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)


def trials(
    without: frozenset[str] = frozenset(), only: Collection[str] = ()
) -> Iterator[TestedPromise]:
    """Try every promise that this machine can keep, each in a fresh guest.

    without   layers to leave out, for a test that their absence is seen.
    only      layers whose trials are wanted; all trials, when it is empty.

    Raises SandboxFault where there is no sandbox at all.
    """
    expected = {layer.name for layer in confinement.probe() if layer.present}
    tier = layers.tier_of(expected)
    wanted = [
        attack
        for attack in _ATTACKS
        if tier in attack.tiers
        and (not attack.layer or attack.layer in expected)
        and (not only or attack.layer in only)
    ]
    with _bait() as bait:
        for left_out in dict.fromkeys(attack.without for attack in wanted):
            with Sandbox(limits=LIMITS, without=left_out | without) as sandbox:
                for attack in wanted:
                    if attack.without == left_out:
                        yield _try(attack, sandbox, bait)


def quick(sandbox: Sandbox, folder: str | None = None) -> None:
    """A short form, for a worker's start: one guest, a tenth of a second.

    folder   where the file is made that must not be read; by default, with temporary files.

    Raises SandboxFault with the promise that does not hold.
    """
    tier = sandbox.tier
    with _bait(folder) as bait, sandbox.open(_submission()) as guest:
        for attack in _ATTACKS:
            if attack.function in _QUICK and not attack.without and tier in attack.tiers:
                outcome = _outcome(guest, attack, bait, 10 * LIMITS.seconds)
                if not _held(attack, outcome):
                    raise SandboxFault(
                        f"The sandbox does not hold here: not so that {attack.promise} "
                        f"({_seen(outcome)}).",
                        hint="Run `grade doctor` on this machine.",
                    )


@cache
def _submission() -> Submission:
    source = Path(__file__).with_name("escapes.py").read_text(encoding="utf-8")
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Submission(name="self-test.py", cells=(Cell(source),), digest=digest)


def _try(attack: _Attack, sandbox: Sandbox, bait: _Bait) -> TestedPromise:
    try:
        with sandbox.open(_submission()) as guest:
            seconds = LOOPS if attack.function == "loop" else 10 * LIMITS.seconds
            outcome = _outcome(guest, attack, bait, seconds)
    except (SubmissionError, GradeError) as error:
        outcome = error
    return TestedPromise(attack.promise, _held(attack, outcome), _seen(outcome), attack.layer)


def _outcome(guest: Guest, attack: _Attack, bait: _Bait, seconds: float) -> Outcome:
    guest.allow(seconds)
    try:
        return guest.call(attack.function, list(attack.arguments(bait)), {})
    except (SubmissionError, GradeError) as error:
        return error


def _held(attack: _Attack, outcome: Outcome) -> bool:
    if attack.judge is not None:
        return attack.judge(outcome)
    return isinstance(outcome, StudentRaised)


def _seen(outcome: Outcome) -> str:
    if isinstance(outcome, CallResult):
        kept = f", {len(outcome.output):,} characters kept" if outcome.output else ""
        return f"returned {outcome.value!r:.60}{kept}"
    if isinstance(outcome, StudentRaised):
        return f"{outcome.type_name}: {_NOISE.sub('', outcome.text)}"
    return str(outcome)


@contextlib.contextmanager
def _bait(folder: str | None = None) -> Iterator[_Bait]:
    before = os.environ.get(SECRET)
    os.environ[SECRET] = "must not be seen"
    try:
        with (
            tempfile.NamedTemporaryFile("w", prefix="grade-bait-", dir=folder) as file,
            socket.create_server(("127.0.0.1", 0)) as server,
            _shared_memory() as key,
        ):
            file.write("must not be read")
            file.flush()
            yield _Bait(Path(file.name), server.getsockname()[1], key)
    finally:
        if before is None:
            del os.environ[SECRET]
        else:
            os.environ[SECRET] = before


@contextlib.contextmanager
def _shared_memory() -> Iterator[int]:
    """The key of a segment of shared memory (System V), where there is such a thing."""
    library = ctypes.CDLL(None)
    key = int.from_bytes(os.urandom(4), "little") & 0x7FFF_FFFF | 1
    number = library.shmget(key, 4096, 0o1600)  # a new one, for this user
    try:
        yield key
    finally:
        library.shmctl(number, 0, None)


def _is_answer(outcome: Outcome) -> bool:
    return isinstance(outcome, CallResult) and outcome.value == 42


def _is_capped(outcome: Outcome) -> bool:
    # The note that says something was cut may stand beside what was kept.
    return isinstance(outcome, CallResult) and len(outcome.output) <= LIMITS.output_bytes + 1024


def _is(kind: type[SubmissionError]) -> Callable[[Outcome], bool]:
    return lambda outcome: isinstance(outcome, kind)


def _is_survived(outcome: Outcome) -> bool:
    """Whatever the guest says or does not say: the zygote was not taken along."""
    return not isinstance(outcome, SandboxFault)


_QUICK = frozenset(
    {"answer", "find_descriptor", "read_file", "change_file", "connect"}
    | {"start_process", "start_program"}
)
_ATTACKS = (
    _Attack("an honest function is answered", "answer", judge=_is_answer),
    _Attack("an endless loop is stopped", "loop", judge=_is(TimedOut)),
    _Attack("a crash is survived", "crash", judge=_is(Crashed)),
    _Attack("output is capped", "flood", lambda bait: (FLOOD,), judge=_is_capped),
    _Attack(
        "the environment is scrubbed",
        "read_environment",
        lambda bait: (SECRET,),
        layer=layers.ENVIRONMENT,
    ),
    _Attack("no descriptor is inherited", "find_descriptor", layer=layers.DESCRIPTORS),
    _Attack(
        "memory is limited",
        "hoard",
        lambda bait: (2 << 30,),
        judge=_is(OutOfMemory),
        layer=layers.MEMORY,
    ),
    _Attack(
        "a file's size is limited",
        "write_large_file",
        lambda bait: (enclosure.FILE_BYTES + (1 << 20),),
        layer=layers.FILES,
    ),
    _Attack(
        "the number of threads is limited",
        "start_threads",
        lambda bait: (2 * enclosure.TASKS,),
        layer=layers.GROUP,
    ),
    _Attack(
        "the number of files is limited",
        "write_many_files",
        lambda bait: (enclosure.SCRATCH_INODES,),
        layer=layers.SCRATCH,
    ),
    _Attack(
        "the machine's name is hidden",
        "name_host",
        lambda bait: (namespaces.HOST_NAME,),
        layer=layers.HOST_NAME,
    ),
    _Attack("no process is started", "start_process", layer=layers.SECCOMP, tiers=_CONFINED),
    _Attack("no program is started", "start_program", tiers=_CONFINED),
    _Attack(
        "no file of the grader's is read",
        "read_file",
        lambda bait: (str(bait.path),),
        tiers=_CONFINED,
    ),
    _Attack(
        "no file of the grader's is changed",
        "change_file",
        lambda bait: (str(bait.path),),
        tiers=_CONFINED,
    ),
    _Attack(
        "no file of the grader's has a name",
        "find_file",
        lambda bait: (str(bait.path),),
        tiers=_CONFINED[:2],
    ),
    _Attack("no server is reached", "connect", lambda bait: (bait.port,), tiers=_CONFINED),
    _Attack(
        "files are hidden by the root alone",
        "read_file",
        lambda bait: (str(bait.path),),
        layer=layers.ROOT,
        without=_BLUNT,
    ),
    _Attack(
        "processes are hidden by their numbers alone",
        "find_process",
        lambda bait: (os.getpid(),),
        layer=layers.PROCESSES,
        without=_BLUNT,
    ),
    _Attack(
        "servers are out of reach without a filter",
        "connect",
        lambda bait: (bait.port,),
        layer=layers.NETWORK,
        without=_BLUNT,
    ),
    _Attack(
        "shared memory is out of reach without a filter",
        "share_memory",
        lambda bait: (bait.key,),
        layer=layers.IPC,
        without=_BLUNT,
    ),
    _Attack(
        "no privilege is left without a filter",
        "use_privilege",
        layer=layers.CAPABILITIES,
        without=_BLUNT,
    ),
    _Attack(
        "a signal to its group ends itself only",
        "end_group",
        judge=_is_survived,
        layer=layers.SESSION,
        without=_BLUNT,
    ),
    _Attack(
        "files are hidden by Landlock alone",
        "read_file",
        lambda bait: (str(bait.path),),
        layer=layers.LANDLOCK,
        without=layers.NAMESPACES,
    ),
    _Attack("the next submission is answered", "answer", judge=_is_answer),
)
