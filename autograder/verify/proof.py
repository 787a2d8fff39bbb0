"""`grade verify`: does an assignment judge as it should?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import intake
from autograder.course import Assignment
from autograder.errors import CourseError
from autograder.grading import grade
from autograder.model import Cell, Report, Submission
from autograder.reference import Reference
from autograder.sandbox.host import Sandbox
from autograder.verify.known import known_submissions


@dataclass(frozen=True)
class Finding:
    """One thing that was proved, or not; `detail` says what was found."""

    kind: str  # "reference", "stub", "submission" or "misconception"
    name: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class Verification:
    """All findings about one assignment."""

    assignment: str
    lines: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything was proved."""
        return all(line.ok for line in self.lines)


def verify(assignment: Assignment) -> Verification:
    """Grade the reference, the stub, every known submission and every misconception."""
    return Verification(assignment.name, tuple(findings(assignment)))


def findings(assignment: Assignment) -> Iterator[Finding]:
    """The findings of `verify`, as they are made."""
    if assignment.reference is None:
        raise CourseError(
            f"{assignment.name} has no reference here, so there is nothing to prove.",
            hint="Run grade verify in the course's own repository.",
        )
    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload) as sandbox:
        solution = assignment.reference / "solution.py"
        report = grade(intake.read(solution), assignment, sandbox=sandbox)
        yield _scored("reference", solution.name, report, settings.points)
        report = grade(intake.read(assignment.stub), assignment, sandbox=sandbox)
        yield _scored("stub", assignment.stub.name, report, 0)
        for name, submission, known in known_submissions(assignment.reference):
            report = grade(submission, assignment, sandbox=sandbox)
            wrong = "; ".join(known.differences(report))
            yield Finding("submission", name, not wrong, wrong or _points(report))
        for name, of, submission in misconceived(assignment.reference):
            report = grade(submission, assignment, sandbox=sandbox)
            yield _recognised(name, of, report)


def misconceived(reference: Path) -> Iterator[tuple[str, str, Submission]]:
    """Every misconception as a submission: the reference's source with one name redefined."""
    path = reference / "misconceptions.py"
    if not path.is_file():
        return
    text = path.read_text("utf-8")
    base = (reference / "solution.py").read_text("utf-8")
    known = Reference(reference).misconceptions
    shared, definitions = [], {}
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in known:
            node.decorator_list = []
            definitions[node.name] = node
        elif not _imports_the_course(node):
            shared.append(node)
    for name, wrong in known.items():
        original = f"_original_{wrong.of}"  # a mistake may be written around the right function
        node = _Renamed(wrong.of, original).visit(definitions[name])
        node.name = wrong.of
        kept = ast.parse(f"{original} = {wrong.of}").body
        change = "\n\n".join(ast.unparse(part) for part in (*shared, *kept, node))
        cells = (Cell(f"{base}\n\n{change}\n"),)
        yield name, wrong.of, Submission(name=name, cells=cells, digest="")


class _Renamed(ast.NodeTransformer):
    """Lets a definition speak of what it replaces by another name."""

    def __init__(self, name: str, other: str) -> None:
        self._name, self._other = name, other

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename one use of the name."""
        return ast.Name(self._other, node.ctx) if node.id == self._name else node


def _imports_the_course(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in ("solution", "autograder", "__future__")
    return False


def _scored(kind: str, name: str, report: Report, due: float) -> Finding:
    missed = [f"{v.id}: {v.message}" for v in report.checks if v.points < v.possible]
    ok = report.points == due and not report.ungraded
    detail = _points(report)
    return Finding(kind, name, ok, detail if ok else f"{detail}; {'; '.join(missed)}")


def _recognised(name: str, of: str, report: Report) -> Finding:
    own = [verdict for verdict in report.checks if verdict.of == of]
    missed = [verdict for verdict in own if verdict.points < verdict.possible]
    named = [v for v in missed if v.diagnosis is not None and v.diagnosis.id == name]
    others = {v.diagnosis.id for v in missed if v.diagnosis is not None} - {name}
    if named and not others:
        lost = ", ".join(verdict.id for verdict in missed)
        return Finding("misconception", name, True, f"caught by {lost}, and named")
    if not missed:
        return Finding("misconception", name, False, f"no check of {of} catches it")
    instead = f"named as {', '.join(sorted(others))}" if others else "not named"
    told = "; ".join(f"{verdict.id}: {verdict.message}" for verdict in missed)
    return Finding("misconception", name, False, f"caught, but {instead} ({told})")


def _points(report: Report) -> str:
    return f"{report.points:g} of {report.possible:g} points"
