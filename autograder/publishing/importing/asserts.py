"""Assertions as tests write them: what each compares, and which are properties."""

from __future__ import annotations

import ast
from collections.abc import Iterator

EQUAL = frozenset([
    "isclose", "allclose", "array_equal", "array_equiv", "assert_equal", "assert_equals",
    "assertEqual", "assertAlmostEqual", "assertListEqual", "assertDictEqual",
    "assertTupleEqual", "assertSetEqual", "eq_", "assert_almost_equal", "assert_array_equal",
    "assert_array_almost_equal", "assert_allclose", "assert_frame_equal",
    "assert_series_equal", "assert_list_equal", "assert_dict_equal", "assert_approx_equal",
    "approx", "equals",
])  # fmt: skip
TRUE = frozenset({"assert_true", "assertTrue", "ok_", "assert_", "all", "alltrue"})
FALSE = frozenset({"assert_false", "assertFalse"})
RAISES = frozenset({"assert_raises", "assertRaises", "raises"})
PAIRS = {
    "assert_greater": ast.Gt, "assertGreater": ast.Gt, "assert_less": ast.Lt,
    "assertLess": ast.Lt, "assert_greater_equal": ast.GtE, "assertGreaterEqual": ast.GtE,
    "assert_less_equal": ast.LtE, "assertLessEqual": ast.LtE, "assert_in": ast.In,
    "assertIn": ast.In, "assert_not_in": ast.NotIn, "assertNotIn": ast.NotIn,
    "assert_not_equal": ast.NotEq, "assertNotEqual": ast.NotEq,
}  # fmt: skip
KINDS = frozenset({"assert_is_instance", "assertIsInstance"})
FORM = frozenset({"isinstance", "len", "type", "hasattr", "callable"})


def compared(test: ast.expr) -> Iterator[ast.expr]:
    """The values that a test compares with others; nothing where it asks for a property."""
    match test:
        case ast.Compare(left, [ast.Eq() | ast.Is()], [right]):
            if not any(
                isinstance(one, ast.Call) and last(one.func) == "type" for one in (left, right)
            ):
                yield from (left, right)
        case ast.Compare(
            ast.Call(func, [ast.BinOp(left, ast.Sub(), right)]), [ast.Lt() | ast.LtE()], _
        ):
            if last(func) in ("abs", "fabs", "absolute", "norm"):
                yield from (left, right)
        case ast.Call(ast.Attribute(ast.Compare() | ast.Call() as inner, "all"), []):
            yield from compared(inner)
        case ast.Call(ast.Attribute(left, "equals"), [right, *_]):
            yield from (left, right)
        case ast.Call(func, [first, second, *_]) if last(func) in EQUAL:
            yield from (first, second)
        case ast.Call(func, [first, *_]) if last(func) in TRUE:
            yield from compared(first)
        case ast.UnaryOp(ast.Not(), inner):
            if not isinstance(inner, ast.Compare):
                yield from compared(inner)
        case ast.Compare() | ast.BoolOp() | ast.GeneratorExp():
            return
        case ast.Call(ast.Name("isinstance" | "hasattr" | "callable")):
            return
        case ast.Call(func) if last(func) in PAIRS or last(func) in KINDS:
            return
        case _:
            yield test


def as_property(test: ast.expr) -> ast.expr:
    """A test as an expression of Python: `a > b` of `assert_greater(a, b)`."""
    match test:
        case ast.Call(func, [left, right, *_]) if last(func) in PAIRS:
            return ast.Compare(left, [PAIRS[last(func)]()], [right])
        case ast.Call(func, [value, kind, *_]) if last(func) in KINDS:
            return ast.Call(ast.Name("isinstance", ast.Load()), [value, kind], [])
        case ast.Call(func, [inner, *_]) if last(func) in TRUE and last(func) != "all":
            return inner
    return test


def last(function: ast.expr) -> str:
    """The last name of what is called: `allclose` of `np.allclose`, or ""."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_form(test: ast.expr) -> bool:
    """True if a test looks at a type or a shape, which an answer without a thought may have."""
    return any(
        (isinstance(one, ast.Name) and one.id in FORM)
        or (isinstance(one, ast.Attribute) and one.attr == "shape")
        for one in ast.walk(test)
    )
