"""500 hostile submissions in a row, and what they leave.

They are those of `tests/attacks` that do not wait for a time limit, again and again, in one
sandbox of the strongest tier that there is. Compared is the state after the first two
hundred with the state after all.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import submissions
from autograder.errors import IntakeError
from autograder.grading.report import grade
from autograder.sandbox.host.sandbox import Sandbox
from benchmarks.measure import Row
from tests.attacks import catalogue
from tests.attacks.vault import LIMITS, Vault, family, make_vault

COUNT = 500
WARM = 200  # by then each kind of attack has been there once
WAITING = ("slow_class", "loading_", "power_bomb", "million_lines", "thread_that_goes_on")
GRADER_MEGABYTES = 10.0  # growth that no leak of 300 submissions would stay below
ZYGOTE_MEGABYTES = 4.0


@dataclass(frozen=True)
class State:
    """What there is of each kind; memory in megabytes."""

    processes: int
    descriptors: int
    mounts: int
    groups: int
    files: int
    grader: float
    zygote: float


def rows() -> list[Row]:
    """The table's rows: what, measured, allowed, whether it holds."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        guests = Path(folder) / "guests"
        guests.mkdir()
        before, tempfile.tempdir = tempfile.tempdir, str(guests)
        vault = make_vault(Path(folder))
        try:
            return _rows(vault, guests)
        finally:
            vault.close()
            tempfile.tempdir = before


def _rows(vault: Vault, guests: Path) -> list[Row]:
    with Sandbox(limits=LIMITS) as sandbox:
        attacks = _attacks(sandbox.tier.value)
        started = time.monotonic()
        for number, path in enumerate(_files(attacks, vault, guests.parent)):
            if number == WARM:
                first = _state(guests)
            try:
                grade(submissions.read(path), vault.assignment, seed=number, sandbox=sandbox)
            except IntakeError:
                continue
        took = time.monotonic() - started
        last = _state(guests)
        tier = sandbox.tier.value
    ended = len(family(os.getpid()))
    found: list[Row] = [
        (f"{COUNT} hostile submissions, tier {tier}", f"{took:.0f} s", "", True),
        ("  processes left, once it is closed", str(ended), "0", ended == 0),
    ]
    for what in ("processes", "descriptors", "mounts", "groups", "files"):
        one, other = getattr(first, what), getattr(last, what)
        said = "control groups" if what == "groups" else what
        found.append(
            (f"  {said}, after {WARM} and after all", f"{one}, {other}", "", one == other)
        )
    for what, most in (("grader", GRADER_MEGABYTES), ("zygote", ZYGOTE_MEGABYTES)):
        one, other = getattr(first, what), getattr(last, what)
        measured = f"{one:.1f}, {other:.1f} MB"
        found.append(
            (f"  memory of the {what}", measured, f"+{most:.0f} MB", other - one < most)
        )
    return found


def _attacks(tier: str) -> dict[str, catalogue.Attack]:
    """Those that this tier stops, and that end by themselves."""
    return {
        name: attack
        for name, attack in catalogue.load().items()
        if tier in attack.under
        and attack.limit is None
        and attack.on == "small"
        and not name.partition("/")[2].startswith(WAITING)
    }


def _files(attacks: dict[str, catalogue.Attack], vault: Vault, folder: Path) -> Iterator[Path]:
    paths = []
    for number, (name, attack) in enumerate(attacks.items()):
        place = folder / f"handed-in-{number}"
        place.mkdir()
        paths.append(catalogue.write(name, attack, vault.facts, place))
    yield from itertools.islice(itertools.cycle(paths), COUNT)


def _state(guests: Path) -> State:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what the C library keeps for later is no leak
    pids = family(os.getpid())
    return State(
        processes=len(pids),
        descriptors=sum(_count(f"/proc/{pid}/fd") for pid in (os.getpid(), *pids)),
        mounts=sum(
            len(Path(f"/proc/{pid}/mountinfo").read_text().splitlines())
            for pid in (os.getpid(), *pids)
        ),
        groups=sum(
            1
            for zygote in guests.iterdir()
            for path in Path("/sys/fs/cgroup").rglob(f"*{zygote.name}*")
            if path.is_dir()
        ),
        files=sum(1 for _ in guests.rglob("*")),
        grader=_resident_megabytes(os.getpid()),
        zygote=sum(map(_resident_megabytes, pids)),
    )


def _count(folder: str) -> int:
    return len(os.listdir(folder))


def _resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
