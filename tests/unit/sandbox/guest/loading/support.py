"""Loads sources as scripts and notebooks, for the tests of `loading`."""

from __future__ import annotations

import dataclasses
from typing import Any

from autograder.sandbox.guest.loading import LoadResult, load

# Sound code to stand around a mangled text.
BEFORE = "import math\n\ndef before(x):\n    '''Before.'''\n    return x + 1\n\n"
AFTER = '\ndef after(x):\n    """After."""\n    return x * 3\n\nlast = after(1)\n'
FIRST = BEFORE.count("\n") + 1  # the line of the mangled text


@dataclasses.dataclass
class Loading:
    """One call of `load` and what it left behind."""

    result: LoadResult
    namespace: dict[str, Any]
    visited: list[tuple[str, int]]

    def problems(self, kind: str) -> list[dict[str, Any]]:
        """The problems of this kind."""
        return [problem for problem in self.result.problems if problem["kind"] == kind]

    def the(self, kind: str) -> dict[str, Any]:
        """The only problem of this kind."""
        (problem,) = self.problems(kind)
        return problem

    def function(self, name: str) -> dict[str, Any]:
        """What is reported of the function `name`."""
        (function,) = (each for each in self.result.functions if each["name"] == name)
        return function

    @property
    def functions(self) -> set[str]:
        """The names of the functions that are reported."""
        return {function["name"] for function in self.result.functions}


def script(source: str) -> Loading:
    """Load a script."""
    return cells(("", source))


def notebook(*sources: str) -> Loading:
    """Load a notebook of these code cells."""
    return cells(*((f"cell {number}", source) for number, source in enumerate(sources, 1)))


def cells(*pairs: tuple[str, str], skip: set[tuple[str, int]] | None = None) -> Loading:
    """Load (label, source) pairs."""
    namespace: dict[str, Any] = {}
    visited: list[tuple[str, int]] = []
    result = load(
        list(pairs), namespace, skip=skip or set(), at=lambda *place: visited.append(place)
    )
    return Loading(result, namespace, visited)
