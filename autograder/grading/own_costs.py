"""A second look: are wrong gradients those of the student's own cost, rightly derived?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.authoring import Check
from autograder.errors import SandboxFault
from autograder.grading.session import Session
from autograder.judging.gradient import follows, follows_but_for_a_factor
from autograder.judging.ruling import Ruling
from autograder.solution.solution import Solution

MOVED = 1.1  # times what they were, for parameters that gradients should depend on
TIMES = (1.1, 0.95, 1.02, 0.9, 1.07)  # the same for numbers of the data, in turns

OWN_CONVENTION_CREDIT = 0.5  # right gradients of one's own, different cost


def at_gradients(check: Check, session: Session, ruling: Ruling) -> Ruling:
    """Are they the gradients of the student's own cost? Then half of the points are earned."""
    if ruling.credit >= OWN_CONVENTION_CREDIT or not _follows_own_cost(check, session):
        return ruling
    return replace(
        ruling,
        credit=OWN_CONVENTION_CREDIT,
        message=f"{check.of} gives the gradients of your own forward pass and cost, but these "
        "are not the task's.",
        hint="Your derivation follows your cost. Correct the forward pass or the cost first, "
        f"and then {check.of} along with it.",
    )


def _follows_own_cost(check: Check, session: Session) -> bool:
    """In each case, and not for whatever data or parameters: that needs no derivation."""
    try:
        contact = session.contact(check, again=True)
        solution = Solution(contact)
        for number in range(check.cases):
            draw = session.draw(check, number)
            contact.guest.seed(draw.global_seed)
            given = _Given(solution)
            with np.errstate(all="ignore"):
                cost, parameters, gradients = check.probe(solution, given, draw.rng())
                if not follows(cost, parameters, gradients, draw.rng()):
                    return False
                elsewhere = {name: value * MOVED for name, value in parameters.items()}
                if _follows(cost, elsewhere, gradients, draw.rng()):
                    return False
                moved = given.moved(cost)
                if follows_but_for_a_factor(moved, parameters, gradients, draw.rng()):
                    return False  # they say nothing of the data, but how much they weigh
    except SandboxFault:
        raise
    except Exception:
        # Their own functions do not fit together, which the other checks speak about.
        return False
    return True


def _follows(
    cost: Callable[[Any], Any], parameters: Any, gradients: Any, rng: np.random.Generator
) -> bool:
    """As `follows`; a cost that cannot take the moved data depends on them."""
    try:
        return follows(cost, parameters, gradients, rng)
    except SandboxFault:
        raise
    except Exception:
        return False


class _Given:
    """The submission as `given`, for a cost; its data can be moved.

    Data are the arguments that are neither the cost's own nor made of them.
    """

    def __init__(self, solution: Solution) -> None:
        self._solution = solution
        self._kept: list[Any] | None = None  # what is no data, while data are moved

    def moved(self, cost: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """The cost of the same parameters, for other data."""

        def of(parameters: Mapping[str, Any]) -> Any:
            self._kept = [parameters, *parameters.values()]
            return cost(parameters)

        return of

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._solution, name)
        if not callable(value):
            return value

        def call(*args: Any, **kwargs: Any) -> Any:
            kept = self._kept
            if kept is None:
                return value(*args, **kwargs)
            moved = [_moved(each, kept) for each in args]
            result = value(*moved, **{key: _moved(each, kept) for key, each in kwargs.items()})
            kept.append(result)
            kept.extend(result if isinstance(result, (tuple, list)) else ())
            return result

        return call


def _moved(value: Any, kept: list[Any]) -> Any:
    if any(value is each for each in kept):
        return value
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu":
        if np.isin(value, (0, 1)).all():  # labels, which stay some
            return 1 - value
        return value * np.resize(TIMES, value.shape)
    if isinstance(value, Mapping):
        return {key: _moved(each, kept) for key, each in value.items()}
    return value
