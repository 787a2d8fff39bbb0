"""What one submission may cost us: memory, our processor's time, and the size of its report.

Hand-ins of `tests/attacks` are graded in a process that does nothing else at the time. Told of
each are the most memory that this process or the zygote took beyond what it had before (VmHWM
of /proc/PID/status), the processor's time that this process took, and the report's bytes.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from autograder import submissions
from autograder.course import course
from autograder.course.course import Assignment
from autograder.errors import IntakeError
from autograder.grading.report import grade
from autograder.grading.trimming import MOST_BYTES
from autograder.model import Submission
from autograder.sandbox.host.sandbox import Sandbox
from tests.attacks import catalogue
from tests.attacks.catalogue import Attack
from tests.attacks.vault import SOLUTION, Vault, family, hurry, make_vault
from tests.law.figures import Figure
from tests.support import submission

MEGABYTES = 150  # that no process of ours may need beyond what it had
SEED = 11
FAMILIES = ("costly", "forging", "frames", "output", "values", "files", "resources")
WORST = (  # in the short form: those that were worst once
    "costly/bytes_just_below_the_bound",
    "costly/attributes_that_add_up",
    "costly/four_million_letters",
    "costly/questions_without_end",
    "costly/keys_added_to_an_argument",
)
SHOWN = 3


class Cost(msgspec.Struct):
    """What one hand-in cost.

    megabytes   of the process of ours that needed most beyond what it had.
    seconds     of our processor, of the `budget` that its own time is.
    report      bytes.
    """

    name: str
    megabytes: float
    seconds: float
    budget: float
    report: int

    @property
    def share(self) -> float:
        """Our time as a share of the submission's own."""
        return self.seconds / self.budget


def figures(full: bool) -> Iterator[Figure]:
    """The worst of all of them, or of those that were worst once."""
    attacks = catalogue.load()
    names = [name for name in attacks if name.partition("/")[0] in FAMILIES] if full else WORST
    costs = _apart([name for name in names if attacks[name].on in ("small", "assignment3")])
    yield _worst(costs, "most memory", "MB", lambda cost: cost.megabytes, MEGABYTES)
    yield _worst(costs, "most of our processor's time", "budgets", lambda cost: cost.share, 1.0)
    yield _worst(costs, "longest report", "bytes", lambda cost: cost.report, MOST_BYTES)


def _worst(
    costs: Sequence[Cost], what: str, unit: str, of: Callable[[Cost], float], bar: float
) -> Figure:
    first = sorted(costs, key=of, reverse=True)[:SHOWN]
    told = ", ".join(f"{of(cost):,.3g} {cost.name}" for cost in first)
    holds = all(of(cost) <= bar for cost in costs)
    return Figure(f"{what} of {len(costs)} hand-ins", told, f"{bar:,g} {unit}", holds)


def _apart(names: Sequence[str]) -> list[Cost]:
    """What they cost, in a process that has done nothing else."""
    program = "import sys; from tests.law.bounds import measure; measure(sys.argv[1:])"
    command = [sys.executable, "-W", "ignore", "-c", program, *names]
    done = subprocess.run(command, cwd=catalogue.ROOT, capture_output=True, check=True)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=list[Cost])


def measure(names: Sequence[str]) -> None:
    """Grade these one after the other, and print their costs as JSON."""
    attacks = catalogue.load()
    costs = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        vault = make_vault(folder)
        stack.callback(vault.close)
        of_small = stack.enter_context(Sandbox(limits=vault.assignment.settings.limits))
        of_others = stack.enter_context(Sandbox())
        for name in names:
            attack = attacks[name]
            assignment, honest = _assignment(attack, vault)
            sandbox = of_small if attack.on == "small" else of_others
            path = catalogue.write(name, attack, vault.facts, folder)
            grade(honest, assignment, seed=SEED, sandbox=sandbox)
            costs.append(_cost(name, path, assignment, sandbox))
    print(msgspec.json.encode(costs).decode())


def _cost(name: str, path: Path, assignment: Assignment, sandbox: Sandbox) -> Cost:
    before = {pid: _forget_the_most(pid) for pid in (os.getpid(), *family(os.getpid()))}
    since = time.process_time()
    size = 0
    with contextlib.suppress(IntakeError):
        report = grade(submissions.read(path), assignment, seed=SEED, sandbox=sandbox)
        size = len(msgspec.json.encode(report))
    seconds = time.process_time() - since
    most = max(_status(pid, "VmHWM") - had for pid, had in before.items())
    budget = sum(map(assignment.seconds, assignment.checks))
    return Cost(name, round(most, 1), round(seconds, 2), budget, size)


def _assignment(attack: Attack, vault: Vault) -> tuple[Assignment, Submission]:
    if attack.on == "small":
        assignment, honest = vault.assignment, submission(SOLUTION)
    else:
        assignment = course.load(catalogue.ROOT).assignment(attack.on)
        honest = submission(
            (catalogue.ROOT / "reference" / attack.on / "solution.py").read_text()
        )
    return (assignment if attack.limit is None else hurry(assignment, attack.limit)), honest


def _forget_the_most(pid: int) -> float:
    """The megabytes that a process has now, from which its most is counted from now on."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with contextlib.suppress(OSError):  # somebody else's
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    return _status(pid, "VmRSS")


def _status(pid: int, row: str) -> float:
    """A row of /proc/PID/status, in megabytes; 0 for a process that is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(row):
                return int(line.split()[1]) / 1024
    return 0.0
