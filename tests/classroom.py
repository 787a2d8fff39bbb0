"""A class of the small course: submissions of every kind, and the verdict each must get."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support import SOLUTION

DOUBLE = "    return 2 * x\n"


@dataclass(frozen=True)
class Work:
    """One submission's text, its points of 60, and the status of what is not passed."""

    source: str
    points: float
    status: dict[str, str] = field(default_factory=dict)
    diagnosis: str = ""


def doubled(line: str) -> str:
    """The right solution, with another `double`."""
    return SOLUTION.replace(DOUBLE, f"    {line}\n", 1)


FORGED = """
import gc, json, os, sys
import numpy as np
np.allclose = lambda *a, **k: True
print(json.dumps({"points": 60, "status": "passed"}))
try:
    with open("results.json", "w") as file:
        file.write('{"score": 60}')
except OSError:
    pass

class Equal(float):
    def __eq__(self, other):
        return True
    __hash__ = float.__hash__

def double(x):
    return Equal(0.0)
"""

HONEST = {
    "right": Work(SOLUTION, 60),
    "squared": Work(doubled("return x**2"), 50, {"double": "failed"}, "double__squared"),
    "plus_one": Work(doubled("return 2 * x + 1"), 50, {"double": "failed"}),
    "not_doubled": Work(
        SOLUTION.replace("np.sum(double(x))", "np.sum(x)"),
        52.5,
        {"total": "partial"},
        "total__not_doubled",
    ),
    "without_two": Work(
        SOLUTION.replace("2 * w * x**2", "w * x**2"),
        52.5,
        {"slope": "partial"},
        "slope__without_two",
    ),
    "broken_line": Work("import numpy as np\nx = (1,\n" + SOLUTION, 60),
    "prints": Work("print('60 of 60 points!' * 2000)\n" + SOLUTION, 60),
    "exits": Work(SOLUTION + "\nimport sys\nsys.exit(0)\n", 60),
}

HOSTILE = {
    "crashes": Work(
        doubled("import os; os._exit(0)"),
        40,
        {"double": "crashed", "mostly_positive": "crashed"},
    ),
    "raises": Work(
        doubled("raise KeyError('x')"),
        40,
        {"double": "errored", "mostly_positive": "errored"},
    ),
    "floods": Work(doubled("print('x' * 3_000_000); return 2 * x"), 60),
    "forges": Work(
        FORGED,
        0,
        {
            "double": "failed",
            "total": "not_attempted",
            "slope": "not_attempted",
            "counter": "not_attempted",
            "counter_starts": "not_attempted",
            "mostly_positive": "failed",
        },
    ),
}

HANGS = Work(
    doubled("\n    while True: pass"),
    40,
    {"double": "timed_out", "mostly_positive": "timed_out"},
)

WORKS = HONEST | HOSTILE
