"""Change the code in random places, and see whether the tests notice.

`python -m tests.mutants` does it.
Each place is changed by itself, in a process of its own that then runs the tests of the same
package that run this line. Printed are the changes that no test noticed, and the share of those
that one did, by package. `--after` goes on where an earlier run with the same seed has stopped,
`--package` looks at one alone.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import multiprocessing
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec

from tests.mutants import runs
from tests.mutants.equivalent import EQUIVALENT
from tests.mutants.places import CODE, PACKAGES, Place, chosen
from tests.mutants.reach import Reached

# What the tests import from elsewhere: imported once, for all processes.
import alembic.command  # isort: skip  # noqa: F401
import hypothesis  # isort: skip  # noqa: F401
import numpy  # isort: skip  # noqa: F401
import sqlalchemy  # isort: skip  # noqa: F401

FORK = multiprocessing.get_context("fork")
BAR = 0.95
MOST = 20.0  # seconds of tests for one change, as they took without it


def main() -> int:
    """Print what survives; the exit code is 1 where too much does."""
    with tempfile.TemporaryDirectory(prefix="grade-mutants-") as folder:
        tempfile.tempdir = folder
        return _main()


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=400, help="how many changes")
    parser.add_argument("--after", type=int, default=0, help="how many of them to leave out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--package", choices=PACKAGES, action="append", default=[])
    parser.add_argument("--reach", type=Path, default=CODE.parent / "build" / "mutants")
    options = parser.parse_args()

    packages = options.package or PACKAGES
    reached = _reached(options.reach, packages, options.jobs)
    places = chosen(options.seed)[options.after : options.after + options.places]
    places = [place for place in places if place.package in packages]
    known = [place for place in places if _is_equivalent(place)]
    places = [place for place in places if place not in known]
    tried, caught = Counter[str](), Counter[str]()
    with contextlib.suppress(KeyboardInterrupt):
        for place, noticed in _tried(places, reached, options.jobs):
            tried[place.package] += 1
            caught[place.package] += noticed
            print(".", end="", flush=True)
            if not noticed:
                print(f"\n{place}\n{_difference(place)}", flush=True)
    print()
    for package in packages:
        print(f"{package:14} {caught[package]:4} of {tried[package]:4} caught")
    print(f"{len(known)} that make no other program are left out (tests/mutants/equivalent.py)")
    share = caught.total() / max(1, tried.total())
    print(
        f"{'all':14} {caught.total():4} of {tried.total():4} caught, {share:.1%} (≥ {BAR:.0%})"
    )
    return 0 if share >= BAR else 1


def _reached(folder: Path, packages: Sequence[str], jobs: int) -> dict[str, Reached]:
    """What the tests of each package reach: noted once, and kept in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {package: folder / f"{package.replace('/', '.')}.json" for package in packages}
    wanted = [(package, path) for package, path in files.items() if not path.exists()]
    for _ in _each((FORK.Process(target=runs.note, args=each) for each in wanted), jobs):
        pass
    found = {}
    for package, path in files.items():
        if not path.exists():
            said = path.with_suffix(".log")
            raise SystemExit(f"The tests of {package} have not run to their end: see {said}")
        found[package] = msgspec.json.decode(path.read_bytes(), type=Reached)
        for test in found[package].failed:
            print(f"left out, since it fails as the code stands: {test}")
    return found


def _tried(
    places: list[Place], reached: dict[str, Reached], jobs: int
) -> Iterator[tuple[Place, bool]]:
    """Each place that can be changed, and whether a test noticed."""
    of: dict[BaseProcess, Place] = {}
    unreached: list[Place] = []

    def processes() -> Iterator[BaseProcess]:
        for place in places:
            if (source := place.changed()) is None:
                continue
            lines = [f"{place.path}:{line}" for line in (place.line, place.statement)]
            own = f"/test_{Path(place.path).stem}.py"
            if tests := reached[place.package].reaching(lines, own, MOST):
                process = FORK.Process(target=runs.survives, args=(place, source, tests))
                of[process] = place
                yield process
            else:
                unreached.append(place)

    for process in _each(processes(), jobs):
        if process.exitcode == runs.UNCHANGED:
            raise RuntimeError(f"The tests have not run {of[process]}.")
        yield of.pop(process), process.exitcode != 0
    yield from ((place, False) for place in unreached)


def _each(processes: Iterator[BaseProcess], jobs: int) -> Iterator[BaseProcess]:
    """Run processes, some at a time; each when it has ended, with all that it started."""
    running: list[BaseProcess] = []
    more = True
    while more or running:
        while more and len(running) < jobs:
            process = next(processes, None)
            more = process is not None
            if process is not None:
                process.start()
                running.append(process)
        if running:
            wait([process.sentinel for process in running])
        for process in [each for each in running if not each.is_alive()]:
            running.remove(process)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid or 0, signal.SIGKILL)
            yield process


def _is_equivalent(place: Place) -> bool:
    after = [line[1:].strip() for line in _difference(place).splitlines() if line[:1] == "+"]
    return any((place.path, line) in EQUIVALENT for line in after)


def _difference(place: Place) -> str:
    before = (CODE / place.path).read_text("utf-8").splitlines()
    after = (place.changed() or "").splitlines()
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    return "\n".join(line for line in list(lines)[3:])


if __name__ == "__main__":
    sys.exit(main())
