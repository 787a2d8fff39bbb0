"""Submissions without a thought, which no check may take for an answer."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from pathlib import Path

from autograder.authoring import Check
from autograder.model import Cell, Submission

EARNED_AT_MOST = 0.05  # of an assignment's points, by any of them

AGREEING = "returns an object that agrees with everything"
# What every function and method does, and what is said of a check that it passes.
MEMBERS: Mapping[str, str] = {
    "returns None": "return None",
    "raises ValueError": "raise ValueError('no')",
    "returns a text": "return 'answer'",
    "returns an object": "return Anything()",
    AGREEING: "return Agreeing()",
    "returns an empty dictionary": "return {}",
    "returns its first argument": "return arguments[0]",
    "returns zeros like its first argument": "return np.zeros(np.shape(arguments[0]))",
    "returns ones like its first argument": "return np.ones(np.shape(arguments[0]))",
    "returns the mean of its first argument": "return float(np.mean(arguments[0]))",
    "returns 0": "return 0",
    "returns 1": "return 1",
}
# These cannot be right; one of the others may be, where the answer is that simple.
NEVER_RIGHT = tuple(MEMBERS)[:6]

_ANYTHING = """
import numpy as np

class Anything:
    def __init__(self, *arguments, **named):
        pass

class Agreeing(Anything):
    __array_ufunc__ = __iter__ = None
    def __getattr__(self, name):
        return object.__getattribute__(self, name) if name.startswith("__") else self
    def __call__(self, *arguments, **named):
        return self
    def __bool__(self):
        return True

for each in "eq ne lt le gt ge contains".split():
    setattr(Agreeing, f"__{each}__", lambda self, other: True)
for each in "add sub mul matmul truediv floordiv mod pow and or xor".split():
    for one in (f"__{each}__", f"__r{each}__"):
        setattr(Agreeing, one, lambda self, other: self)
for each in "neg pos abs invert round getitem".split():
    setattr(Agreeing, f"__{each}__", lambda self, *arguments: self)
"""


def member(reference: Path, stub: Path, name: str) -> Submission:
    """One of the zoo: the stub, in which every function that students write does the same."""
    written = ast.parse((reference / "solution.py").read_text("utf-8")).body
    handed_out = stub.read_text("utf-8") if stub.is_file() else ""
    complete = _complete(handed_out)
    parts = [handed_out, _ANYTHING]
    for node in written:
        if isinstance(node, ast.FunctionDef) and node.name not in complete:
            parts.append(f"def {node.name}(*arguments, **named):\n    {MEMBERS[name]}\n")
        elif isinstance(node, ast.ClassDef) and node.name not in complete:
            parts.append(f"class {node.name}(Anything):\n    pass\n")
            parts += [
                f"    def {one.name}(self, *arguments, **named):\n        {MEMBERS[name]}\n"
                for one in node.body
                if isinstance(one, ast.FunctionDef) and not one.name.startswith("__")
            ]
    return Submission(name=name, cells=(Cell("\n".join(parts)),), digest="")


def said_of_passing(check: Check, members: Collection[str]) -> str:
    """The reason why a check tells nothing apart, where these members pass; else empty."""
    never = [name for name in NEVER_RIGHT if name in members]
    if never == [AGREEING]:
        return (
            f"a file that {AGREEING} passes the check {check.id}. Let the probe take plain "
            "values before it looks: `np.asarray(...)`, `float(...)` or `list(...)`."
        )
    if never:
        return (
            f"a file that {never[0]} passes the check {check.id}. Is a `return` missing in its "
            "probe, or does it look at a type alone?"
        )
    if len(members) > 1:
        both = " and ".join(list(members)[:2])
        return f"a file that {both} passes the check {check.id}; let the probe see more."
    return ""


def _complete(stub: str) -> set[str]:
    """The functions and classes that students get as they are."""
    try:
        body = ast.parse(stub).body
    except SyntaxError:
        return set()
    return {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and "NotImplementedError" not in ast.unparse(node)
    }
