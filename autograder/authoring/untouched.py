"""Data that must have no part in an answer: the test data, in a training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from autograder.authoring.nouns import Check
from autograder.authoring.seen import Seen
from autograder.errors import CourseError

Function = TypeVar("Function", bound=Callable[..., Any])
_MARK = "__untouched__"


@dataclass(frozen=True)
class Untouched(Seen):
    """An answer, and what it becomes with other data in certain arguments.

    value   the answer itself.
    again   the same with other data, where that was seen to be another answer; else None.
    names   the arguments that were exchanged in some call.
    raised  what happened in place of an answer, also with rows of the same data drawn again.
    """

    value: Any
    again: Any = None
    names: tuple[str, ...] = ()
    raised: str = ""

    @property
    def parts(self) -> Mapping[str, Any]:
        """The answer, whether it depends on these data, and whether that could be seen."""
        depends = self.again is not None
        return {"value": self.value, "depends": depends, "raised": bool(self.raised)}

    def mapped(self, change: Callable[[Any], Any]) -> Untouched:
        """The same with each value in it changed."""
        return replace(self, value=change(self.value), again=change(self.again))


def untouched(*names: str) -> Callable[[Function], Function]:
    """Require that what a probe returns does not depend on certain arguments.

    names   arguments of the task's functions and methods, such as "X_test".

    The probe runs twice. In the second run, each call gets other data of the same shape and
    type in these arguments: other values, in another order, on another scale. Where that
    raises, it gets rows of the same data, drawn again. What the probe returns must be as
    before, and must be right. So let it return what is learned, and not the predictions for
    these data. It stands below ``@check``:

        @check(points=20)
        @untouched("X_test")
        def scale(solution, given, rng):
            '''The scaler has seen the training data alone'''
            X_train, X_test = some_data(rng), some_data(rng)
            return solution.scale(X_train, X_test)[0]
    """
    if not names or not all(isinstance(name, str) and name.isidentifier() for name in names):
        raise CourseError(f'Expected names such as untouched("X_test"), but got {names!r}.')

    def mark(probe: Function) -> Function:
        if isinstance(probe, Check):
            raise CourseError(f"Write @untouched of {probe.id} below @check, and not above it.")
        setattr(probe, _MARK, names)
        return probe

    return mark


def untouched_in(probe: Any) -> tuple[str, ...]:
    """The arguments that a probe is marked with; none for most."""
    found: tuple[str, ...] = getattr(probe, _MARK, ())
    return found
