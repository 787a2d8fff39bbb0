"""Small changes of a reference, one at a time: what the checks of a function should catch.

A change that no check catches is either no mistake (another seed, a default that the task never
uses), or it shows an author where the checks do not look. (DeMillo, Lipton and Sayward, "Hints
on test data selection", 1978.)
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.answers.callgraph import Definition
from autograder.answers.changes import Variant
from autograder.answers.variants import variants_of
from autograder.course.course import Assignment
from autograder.errors import CourseError
from autograder.grading.grader import Grader

_OPERATORS: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Div(),
    ast.MatMult: ast.Mult(),
    ast.Pow: ast.Mult(),
}
_COMPARISONS: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
}
_NOT_RUN = ("annotation", "returns", "decorator_list", "type_params")
_Statement = ast.Assign | ast.AugAssign | ast.Expr


@dataclass(frozen=True)
class Mutant:
    """A function or class of the reference, changed in one place.

    was, now   the changed expression or statement; `now` is empty where it was left out.
    """

    of: str
    line: int
    was: str
    now: str
    variant: Variant = field(repr=False)


@dataclass(frozen=True)
class Strength:
    """The number of mutants that the checks catch, and those that they do not."""

    caught: int
    missed: tuple[Mutant, ...]


def strength(assignment: Assignment, *, step: int = 1) -> Strength:
    """Grade every mutant of the reference, or each `step`-th, by the checks of its function.

    Thresholds are not asked: many a mistake trains as well. Functions without a check are left
    out. Raises CourseError where there is no reference, or a check fails on our side.
    """
    if assignment.reference is None:
        raise CourseError(f"{assignment.name} has no reference here to change.")
    checks: dict[str, list[str]] = {}
    for check in assignment.checks:
        if not check.kind.measures:
            checks.setdefault(check.of.partition(".")[0], []).append(check.id)
    caught, missed = 0, []
    with Grader(assignment) as grader:
        for mutant in itertools.islice(mutants(assignment.reference), None, None, step):
            if mutant.of not in checks:
                continue
            report = grader.grade(
                mutant.variant.submission, only=checks[mutant.of], explain=False
            )
            for verdict in report.checks:
                if verdict.status.ours:  # which is nobody's catch
                    raise CourseError(f"{verdict.id}: {verdict.message}")
            if report.points < report.possible:
                caught += 1
            else:
                missed.append(mutant)
    return Strength(caught, tuple(missed))


def mutants(reference: Path) -> Iterator[Mutant]:
    """Every mutant of a reference's functions and classes, each a whole submission."""
    source = variants_of(reference).original.source
    for definition in ast.parse(source.text).body:  # a tree of its own, which is changed
        if isinstance(definition, Definition):
            seen = {ast.unparse(definition)}
            for line, was, now in _changes(definition):
                text = ast.unparse(definition)  # as it is until the next change
                if text not in seen:
                    seen.add(text)
                    name = definition.name
                    edit = source.replaced(name, text)
                    yield Mutant(name, line, was, now, Variant(name, source, (edit,)))


def _changes(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Change one place after the other; meanwhile, its line and what stands there."""
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if name in _NOT_RUN:
                continue
            if isinstance(value, ast.expr):
                was = _shown(node, value)
                for other in _others(value):
                    setattr(node, name, other)
                    yield value.lineno, was, _shown(node, other)
                setattr(node, name, value)
            elif isinstance(value, list):
                yield from _changes_in(node, value)


def _changes_in(node: ast.AST, items: list[ast.AST]) -> Iterator[tuple[int, str, str]]:
    for place, item in enumerate(tuple(items)):
        if isinstance(item, ast.expr):
            was = _shown(node, item)
            for other in _others(item):
                items[place] = other
                yield item.lineno, was, _shown(node, other)
            items[place] = item
        elif isinstance(item, _Statement) and len(items) > 1 and not _is_docstring(item):
            del items[place]
            yield item.lineno, ast.unparse(item), ""
            items.insert(place, item)


def _shown(around: ast.AST, value: ast.expr) -> str:
    """An expression, with what is around it: a number alone tells nothing."""
    if isinstance(around, ast.expr | ast.keyword):
        return ast.unparse(around)
    if isinstance(around, ast.arguments):
        names = [*around.posonlyargs, *around.args, *around.kwonlyargs]
        values = [*around.defaults, *around.kw_defaults]  # of the last names
        for parameter, default in zip(names[-len(values) :], values, strict=True):
            if default is value:
                return f"{parameter.arg}={ast.unparse(value)}"
    return ast.unparse(value)


def _others(node: ast.expr) -> Iterator[ast.expr]:
    """The expressions that a slip may put in place of this one."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in _OPERATORS:
                yield ast.BinOp(left, _OPERATORS[type(op)], right)
            yield left
            yield right
        case ast.Compare(left=left, ops=[op], comparators=wanted) if type(op) in _COMPARISONS:
            yield ast.Compare(left, [_COMPARISONS[type(op)]], wanted)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            for other in sorted({value + 1, value - 1, 0} - {value}):
                yield ast.Constant(other)
        case ast.Call(func=function, args=args, keywords=keywords):
            for left_out in keywords:
                yield ast.Call(function, args, [one for one in keywords if one is not left_out])
        case ast.Attribute(value=turned, attr="T"):
            yield turned


def _is_docstring(item: ast.AST) -> bool:
    return isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant)
