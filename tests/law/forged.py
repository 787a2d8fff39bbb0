"""Whatever a guest sends is the student's: forged frames and odd values are no fault of ours.

A forger's guest sends another reply in place of each that its submission gives: other nodes,
other values, other kinds, with the right number. Another's functions return whatever Python
and NumPy have to offer. None of it leaves a submission ungraded, and where the work beneath is
wrong, none of it earns a point.
"""

from __future__ import annotations

import ast
import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Report, Status
from autograder.sandbox import wire
from autograder.sandbox.host.sandbox import Sandbox
from tests import support
from tests.fuzz import forger, oddities
from tests.law.figures import Figure

COURSE = Path(__file__).parents[2]
FRAMES, SHORT_FRAMES = 20_000, 250
VALUES, SHORT_VALUES = 5_000, 150
ASSIGNMENTS = (*["small"] * 7, "assignment3", *["small"] * 7, "assignment4")  # in turns
SHORT_ASSIGNMENTS = ("small",)
SEED = 11  # no public one
# These come as they are for the most part, and are not counted.
UNFORGED = frozenset({"at", "importing", "done", "loaded", "ask", "changes"})

# The threshold as it is there is reached by any large number.
CHECKS = support.CHECKS.replace(
    "solution.double(x) > x", "np.isclose(solution.double(x), 2 * x)"
)
SPOILT = '''
def _spoilt(value):
    """Other numbers, in the same places."""
    if isinstance(value, dict):
        return {key: _spoilt(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(map(_spoilt, value))
    if hasattr(value, "shape") and value.shape:
        ramp = np.linspace(0.31, 1.7, value.size).reshape(value.shape)
        return -1.37 * np.roll(value, 1) - ramp
    if isinstance(value, (bool, int, float, np.generic)):
        return -1.37 * float(value) - 0.713
    return value
'''


@dataclass
class Found:
    """What became of them.

    tried    how many frames were forged, or odd values returned.
    points   by the submission, what it earned beyond what it is worth.
    faults   each verdict that was a fault of ours.
    became   how many verdicts there were of each status.
    """

    tried: int = 0
    points: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    became: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, report: Report, worth: Report | None) -> None:
        """Count one report; `worth` is that of the same work in honest hands."""
        for place, verdict in enumerate(report.checks):
            self.became[verdict.status.value] += 1
            if verdict.status is Status.GRADER_FAULT:
                self.faults.append(f"{name}, {verdict.id}: {verdict.message}")
            if worth and verdict.points > worth.checks[place].points:
                self.points[f"{name}, {verdict.id}"] = verdict.points


def figures(full: bool) -> Iterator[Figure]:
    """Both counts, or those of the short form."""
    names = ASSIGNMENTS if full else SHORT_ASSIGNMENTS
    for what, program, count in (
        ("forged frames", FORGER, FRAMES if full else SHORT_FRAMES),
        ("odd values", ODDITIES, VALUES if full else SHORT_VALUES),
    ):
        found = tried(program, count, names)
        kinds = ", ".join(f"{name} {times}" for name, times in found.became.most_common(4))
        yield Figure(
            f"{found.tried:,} {what} ({kinds}), faults of ours",
            " ".join([str(len(found.faults)), *found.faults[:3]]),
            "0",
            not found.faults,
        )
        earned = sorted(found.points, key=lambda name: -found.points[name])
        yield Figure(
            f"{found.tried:,} {what}, points for wrong work",
            " ".join([f"{sum(found.points.values()):g}", *earned[:3]]),
            "0",
            not found.points,
        )


@dataclass(frozen=True)
class Program:
    """What is handed in below a submission, and how it is begun with a number."""

    text: str
    call: str

    def below(self, source: str, number: int) -> str:
        """The submission with it: a module of its own, of which the loader need not know."""
        return (
            f"{source}\nimport sys, types\n"
            "_made = sys.modules['hostile'] = types.ModuleType('hostile')\n"
            f"exec(compile({self.text!r}, 'hostile', 'exec'), _made.__dict__)\n"
            f"_made.{self.call.format(number)}\n"
        )


FORGER = Program(Path(forger.__file__).read_text("utf-8"), "forge({})")
ODDITIES = Program(Path(oddities.__file__).read_text("utf-8"), "oddly({}, globals())")


@dataclass(frozen=True)
class Work:
    """An assignment, a right and a wrong submission to it, and what the wrong one is worth."""

    name: str
    assignment: Assignment
    right: str
    wrong: str
    sandbox: Sandbox
    worth: Report


def tried(
    program: Program, count: int, names: tuple[str, ...] = ASSIGNMENTS, first: int = 0
) -> Found:
    """Grade such submissions until there were `count` frames, right and wrong ones in turns."""
    found, number = Found(), first
    with _works(names) as works, _counted() as kinds:
        while found.tried < count:
            work = works[names[number // 2 % len(names)]]
            is_wrong = bool(number % 2)
            text = program.below(work.wrong if is_wrong else work.right, number)
            mine = support.submission(text)
            report = grade(mine, work.assignment, seed=SEED, sandbox=work.sandbox)
            found.add(f"{work.name} {number}", report, work.worth if is_wrong else None)
            found.tried = sum(times for kind, times in kinds.items() if kind not in UNFORGED)
            number += 1
    return found


@contextlib.contextmanager
def _works(names: tuple[str, ...]) -> Iterator[dict[str, Work]]:
    works = {}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in sorted(set(names)):
            if name == "small":
                assignment, right = support.make_course(folder, checks=CHECKS), support.SOLUTION
            else:
                assignment = course.load(COURSE).assignment(name)
                right = (COURSE / "reference" / name / "solution.py").read_text("utf-8")
            sandbox = stack.enter_context(Sandbox(limits=assignment.settings.limits))
            wrong = _spoilt(right)
            mine = support.submission(wrong)
            worth = grade(mine, assignment, seed=SEED, sandbox=sandbox)
            works[name] = Work(name, assignment, right, wrong, sandbox, worth)
        yield works


@contextlib.contextmanager
def _counted() -> Iterator[Counter[str]]:
    """The frames that are read meanwhile, by their kinds; what is no kind of ours is forged."""
    kinds: Counter[str] = Counter()
    read = wire.unpack

    def counting(*frame: object) -> wire.Frame:
        kinds["refused"] += 1
        found = read(*frame)  # type: ignore[arg-type]
        kinds["refused"] -= 1
        kinds[found.kind] += 1
        return found

    wire.unpack = counting  # type: ignore[assignment]
    try:
        yield kinds
    finally:
        wire.unpack = read


class _Spoiling(ast.NodeTransformer):
    """Has each function return other numbers, and each method leave others behind."""

    def visit_Return(self, node: ast.Return) -> ast.Return:
        value = node.value or ast.Constant(None)
        call = ast.Call(ast.Name("_spoilt", ast.Load()), [value], [])
        return ast.copy_location(ast.Return(call), node)

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        if any(isinstance(target, ast.Attribute) for target in node.targets):
            node.value = ast.Call(ast.Name("_spoilt", ast.Load()), [node.value], [])
        return node


def _spoilt(source: str) -> str:
    """A submission whose answers are wrong, whatever is left out of its top level."""
    tree = ast.fix_missing_locations(_Spoiling().visit(ast.parse(source)))
    return f"import numpy as np\n{SPOILT}\n{ast.unparse(tree)}\n"
