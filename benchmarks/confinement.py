"""what the kernel's layers cost a guest.

A guest of the strongest tier here, one of tier D, which is a fork with limits alone, and
`bwrap python` take turns. Each is timed until it can take a call: the last one until Python
has imported NumPy.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import sys
from importlib.util import find_spec

from autograder.model import Cell, Submission, Tier
from autograder.sandbox.host.sandbox import Sandbox
from benchmarks.measure import Row, run, timed

ROUNDS = 40
SUBMISSION = Submission(name="f.py", cells=(Cell("def f(x):\n    return x\n"),), digest="")
BWRAP = ["bwrap", "--ro-bind", "/", "/", "--unshare-all", "--proc", "/proc", "--dev", "/dev"]


def rows() -> list[Row]:
    """The table's rows: what, measured, allowed, whether it holds."""
    found = _guests("NumPy", ("numpy",), 3.0, compare=True)
    if find_spec("keras") is None:
        return [*found, ("a guest with TensorFlow", "not installed", "", False)]
    return [*found, *_guests("TensorFlow", ("numpy", "keras"), 5.0, compare=False)]


def _guests(name: str, preload: tuple[str, ...], most: float, *, compare: bool) -> list[Row]:
    """A guest with these libraries, with all layers and without; `most` is in milliseconds."""
    with Sandbox(preload=preload) as full, Sandbox(preload=preload, tier=Tier.D) as plain:
        if shutil.which("bwrap") is None:
            compare = False
        tier = full.tier
        times: list[tuple[float, float, float]] = []
        for number in range(ROUNDS + 1):
            bwrap = compare and number % 4 == 0
            times.append((_opening(full), _opening(plain), _bwrap() if bwrap else 0.0))
    del times[0]
    own = statistics.median(time[0] for time in times)
    fork = statistics.median(time[1] for time in times)
    beyond = (own - fork) * 1e3
    found = [
        (f"a guest with {name}, forked and loaded", f"{fork * 1e3:.2f} ms", "", True),
        (
            f"  beyond that at tier {tier.value}",
            f"{beyond:.2f} ms",
            f"{most:.0f} ms",
            tier is Tier.A and beyond <= most,
        ),
    ]
    if others := [time[2] for time in times if time[2]]:
        other = statistics.median(others)
        measured = f"{other / own:.0f} ({other * 1e3:.0f} ms)"
        held = other / own >= 15
        found.append(("  bwrap python -c 'import numpy' ÷ a guest", measured, "15", held))
    return found


def _opening(sandbox: Sandbox) -> float:
    """Seconds until a guest can take a call."""
    with contextlib.ExitStack() as stack:
        return timed(lambda: stack.enter_context(sandbox.open(SUBMISSION)))


def _bwrap() -> float:
    return timed(lambda: run([*BWRAP, sys.executable, "-c", "import numpy"]))
