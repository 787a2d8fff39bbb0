"""The objects that declarations become: a check, a misconception, a line of a requirement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from autograder.errors import CourseError
from autograder.errors import NotAttempted as NotAttempted  # these three for probes to catch
from autograder.errors import StudentRaised as StudentRaised
from autograder.errors import WrongAnswer as WrongAnswer
from autograder.networks import curves as curves
from autograder.networks import network as network
from autograder.networks import training as training

Solution = Any  # a module-like object; its attributes are the course's business
Parameters = Mapping[str, NDArray[np.float64]]
Cost = Callable[[Mapping[str, Any]], float]
GradientProbe = tuple[Cost, Parameters, Mapping[str, Any]]


class Kind(StrEnum):
    """The way in which a check judges what its probe returned."""

    CHECK = "check"
    GRADIENT = "gradient"
    THRESHOLD = "threshold"
    REQUIREMENT = "requirement"
    HELD_OUT = "held_out"

    @property
    def measures(self) -> bool:
        """True if the probe gives a number that says how good a whole is."""
        return self in (Kind.THRESHOLD, Kind.HELD_OUT)


@dataclass(frozen=True, kw_only=True)
class Check:
    """A probe and how to judge it. Made by the decorators below, never by hand."""

    id: str
    title: str
    kind: Kind
    points: float
    of: str
    probe: Callable[[Solution, Solution, np.random.Generator], Any]
    cases: int
    hint: str = ""
    local: bool = True
    at_least: float = 1.0
    seconds: float | None = None
    exact: bool = False
    repeats: str = ""
    tolerance: float = 0.0
    because: str = ""
    weights: Mapping[str, float] = field(default_factory=dict)
    untouched: tuple[str, ...] = ()
    cutoffs: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Misconception:
    """A well-known mistake: a definition of the reference as a student may write it.

    of         the function or class of the reference that is wrong.
    function   what is replaced: `of` itself, or one of its methods, such as "MLP.train".
    sentence   what a good teacher says to whoever made the mistake.
    patch      pieces of the definition, and what stands there instead; or
    whole      the text of the whole definition, under the name that it replaces.
    line       a pattern of the line that raises, of a mistake that ends in an exception.
    """

    id: str
    of: str
    function: str
    sentence: str = ""
    patch: Mapping[str | tuple[str, int], str] = field(default_factory=dict)
    whole: str = ""
    line: str = ""

    def say(self, sentence: str) -> Misconception:
        """The same mistake, with what a good teacher says about it."""
        return replace(self, sentence=said(sentence))


@dataclass(frozen=True)
class Expectation:
    """One line of a `requirement`: whether it holds, what is required, what was seen.

    form    whether it says nothing by itself; see `expect`.
    earns   whether it is worth points.
    """

    holds: bool
    what: str
    saw: str = ""
    form: bool = False
    earns: bool = True


class Probe(Protocol):
    """The shape of a function under one of the decorators."""

    __name__: str
    __doc__: str | None

    def __call__(self, solution: Any, given: Any, rng: np.random.Generator, /) -> Any:
        """Prepare inputs, call the solution, and return what came back."""


def said(sentence: str) -> str:
    """A sentence on one line. Raises CourseError for what is none."""
    if not isinstance(sentence, str) or not sentence.strip():
        raise CourseError(f"Expected a sentence, but got sentence={sentence!r}.")
    return " ".join(sentence.split())
