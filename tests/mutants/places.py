"""Where the code can be changed by one small step, and the code with that step taken.

The changes are cosmic-ray's. Left out is what only a reader or the type checker sees:
annotations, assertions, `frozen=True`, and decorators that cache; and migrations, which no
import loads.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.tree import NodeOrLeaf

CODE = Path(__file__).parents[2] / "autograder"
PACKAGES = (
    "judging",
    "grading",
    "answers",
    "submissions",
    "gradebook",
    "export",
    "sandbox/wire",
)
OPERATORS = (
    *(
        f"ReplaceBinaryOperator_{pair}"
        for pair in (
            *("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul"),
            *("BitOr_BitAnd", "BitAnd_BitOr", "LShift_RShift", "RShift_LShift"),
        )
    ),
    *(
        f"ReplaceComparisonOperator_{pair}"
        for pair in (
            *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
            *("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt"),
        )
    ),
    *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd", "AddNot"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop"),
    *("ExceptionReplacer", "NumberReplacer", "RemoveDecorator"),
)


@dataclass(frozen=True)
class Place:
    """One change of one module: the operator, and which of the places that it fits."""

    path: str  # below `autograder`
    line: int
    statement: int  # the line on which the statement begins
    operator: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.operator} {self.occurrence}"

    @property
    def package(self) -> str:
        """The one of `PACKAGES` that the module belongs to."""
        return next(name for name in PACKAGES if self.path.startswith(name))

    @property
    def module(self) -> str:
        """Its name, as an import says it."""
        parts = Path("autograder", self.path).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def changed(self) -> str | None:
        """The module's source after the change; None where it would not be another program."""
        before = (CODE / self.path).read_text("utf-8")
        after = mutate_code(before, _operator(self.operator), self.occurrence)
        try:
            same = after is None or ast.dump(ast.parse(after)) == ast.dump(ast.parse(before))
        except SyntaxError:
            return None
        return None if same else after


def chosen(seed: int) -> list[Place]:
    """All places, in an order that the seed decides: a change of each line before a second."""
    source = random.Random(seed)
    lines: dict[tuple[str, int], list[Place]] = {}
    for package in PACKAGES:
        for path in sorted((CODE / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for place in _places(path):
                lines.setdefault((place.path, place.line), []).append(place)
    found = [place for places in lines.values() for place in source.sample(places, 1)]
    source.shuffle(found)
    return found


def _operator(name: str) -> Operator:
    operator: Operator = get_operator(f"core/{name}")()
    return operator


def _places(path: Path) -> Iterator[Place]:
    nodes = list(ast_nodes(get_ast(path.read_text("utf-8"))))
    for name in OPERATORS:
        operator = _operator(name)
        found = ((node, at) for node in nodes for at, _ in operator.mutation_positions(node))
        for occurrence, (node, (line, _)) in enumerate(found):
            if not _silent(node):
                yield Place(
                    str(path.relative_to(CODE)), line, _statement(node), name, occurrence
                )


def _statement(node: NodeOrLeaf) -> int:
    """The line on which the statement around a node begins."""
    while node.parent is not None and not node.type.endswith(("_stmt", "def", "decorator")):
        node = node.parent
    return node.start_pos[0]


def _silent(node: NodeOrLeaf) -> bool:
    """Whether no run shows the node, or it is a part of what no run shows."""
    inner, outer = None, node
    while outer is not None:
        match outer.type:
            case "assert_stmt":
                return True
            case "tfpdef" if inner is outer.children[2]:
                return True
            case "annassign" if inner is outer.children[1]:
                return True
            case "parameters" if inner is node:  # the signs that part them
                return True
            case "funcdef" if inner is not None and inner is outer.annotation:
                return True
            case "decorator":
                return any(word in outer.get_code() for word in ("cache", "frozen"))
            case "classdef" if inner is not None and inner.type != "suite":
                return True
            case "if_stmt" if "TYPE_CHECKING" in outer.children[1].get_code():
                return True
        inner, outer = outer, outer.parent
    return False
