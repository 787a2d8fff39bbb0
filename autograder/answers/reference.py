"""The answer key of a course that has its reference at hand.

This module runs the course's own code in the grader's process. Student code never comes here.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import random
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from autograder.answers.callgraph import parts_in, unread_in
from autograder.answers.key import Outline
from autograder.answers.tracing import Trace
from autograder.answers.variants import variants_of
from autograder.authoring import Misconception
from autograder.errors import CourseError
from autograder.solution.calls import Parameters, PartCall
from autograder.solution.signatures import given_back, parameters_in

MODULE = "solution"  # what the functions of a reference name as their module


class Reference:
    """A reference, parsed once and executed as often as a fresh copy is needed."""

    def __init__(self, folder: Path) -> None:
        self._variants = variants_of(folder)
        self.path = self._variants.original.source.path

    def module(self, name: str = "") -> types.ModuleType:
        """A fresh copy of the reference, whose functions may be replaced.

        name   a misconception that is in place, or a pair of them.
        """
        known = self._variants
        variant = known.variant(name) if name else known.original
        module = types.ModuleType(MODULE)
        module.__file__ = self.path
        known_before = sys.modules.get(MODULE)
        sys.modules[MODULE] = module  # a dataclass looks there for what its annotations name
        try:
            variant.run(module.__dict__)
        except CourseError as error:
            raise CourseError(
                f"With {name} in place: {error}" if name else str(error)
            ) from None
        except Exception as error:
            place = f"{self.path}, with {name} in place," if name else self.path
            raise CourseError(f"{place} raised {type(error).__name__}: {error}") from error
        finally:
            if known_before is None:
                del sys.modules[MODULE]
            else:
                sys.modules[MODULE] = known_before
        return module

    @cached_property
    def original(self) -> types.ModuleType:
        """The copy that nothing is ever replaced in."""
        return self.module()

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """The functions and classes which the reference itself defines."""
        return {
            name: value
            for name, value in vars(self.original).items()
            if isinstance(value, (types.FunctionType, type))
            and value.__module__ == MODULE
            and not name.startswith("_")
        }

    @property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """The misconceptions, by id."""
        return self._variants.misconceptions

    @property
    def source(self) -> str:
        """Its text."""
        return self._variants.original.text

    @functools.cache  # noqa: B019 -- a reference lives as long as the process
    def pairs(self, of: str) -> Mapping[str, tuple[Misconception, Misconception]]:
        """Every two misconceptions of a function that may be made together, by their ids."""
        return self._variants.pairs(of)

    def misled(self, name: str) -> types.ModuleType:
        """The reference with one misconception in place, or with the two of a pair."""
        return self._misled(name) if name in self.misconceptions else self.module(name)

    @functools.cache  # noqa: B019 -- a reference lives as long as the process
    def _misled(self, name: str) -> types.ModuleType:
        return self.module(name)

    @cached_property
    def signatures(self) -> Mapping[str, Sequence[str]]:
        """The parameter names of its functions and classes."""
        return {name: _parameter_names(function) for name, function in self.functions.items()}

    @cached_property
    def parameters(self) -> Parameters:
        """The parameters of its functions and methods, with their defaults."""
        return parameters_in(self.source)

    @cached_property
    def given_back(self) -> Mapping[str, str]:
        """The names of what its functions give back (`signatures.given_back`)."""
        return given_back(self.source)

    @cached_property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The others that each of its functions and classes calls."""
        return parts_in(self.source)

    @cached_property
    def unread(self) -> Mapping[str, frozenset[str]]:
        """The parameters that a function takes and never looks at."""
        return unread_in(self.source)

    def seed(self, number: int, solution: Any) -> None:
        """Seed the generators of this process, where every copy runs."""
        seed_everything(number)

    @contextlib.contextmanager
    def traced(
        self, of: str, wrong: str = "", most: int | None = None
    ) -> Iterator[tuple[types.ModuleType | None, list[PartCall]]]:
        """A copy that notes every call to a part while `of`, or a method of it, runs.

        wrong   a misconception of `of` that is in place.
        most    how many numbers are kept of a function; its copy raises `tracing.Full` beyond.
        """
        if of not in self.functions or (
            most is not None and isinstance(self.functions[of], type)
        ):
            yield None, []
            return
        module, trace = self.module(wrong), Trace(self.unread, most)
        trace.function(module, of, iter(self.functions))
        kind = getattr(module, of)
        if isinstance(kind, type):
            trace.methods(kind)
        yield module, trace.calls


def _parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    try:
        return tuple(inspect.signature(function).parameters)
    except ValueError:  # a subclass of dict that defines nothing of its own
        return ()


class AnyReference(Outline, Protocol):
    """The reference, wherever it runs: in this process, or in a guest of its own."""

    @property
    def original(self) -> Any:
        """The reference itself, used like a module."""

    @property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """The misconceptions, by id."""

    def misled(self, name: str) -> Any:
        """The reference with one misconception in place, or with the two of a pair."""

    def pairs(self, of: str) -> Mapping[str, tuple[Misconception, Misconception]]:
        """Every two misconceptions of a function that may be made together, by their ids."""

    def seed(self, number: int, solution: Any) -> None:
        """Seed every global generator that `solution` and the reference draw from."""

    def traced(
        self, of: str, wrong: str = "", most: int | None = None
    ) -> contextlib.AbstractContextManager[tuple[Any, list[PartCall]]]:
        """A copy of the reference that notes every call to a part while `of` runs.

        wrong   a misconception of `of` that is in place.
        most    how many numbers are kept; the copy raises `tracing.Full` beyond.

        The copy is None where there is no `of`, none with this misconception, or none that
        keeps so few.
        """


def seed_everything(number: int) -> None:
    """Seed the global generators that course code may use."""
    random.seed(number)
    np.random.seed(number)  # the legacy one, which the course's own code draws from
