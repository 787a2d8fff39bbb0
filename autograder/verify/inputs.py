"""Checks whose inputs or answers are the same for every seed: what is copied passes them."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.answers.contents import as_data
from autograder.answers.key import Draw
from autograder.answers.reference import AnyReference
from autograder.answers.tape import question
from autograder.answers.watched import Watched, Watcher
from autograder.authoring import Check, Estimator, Kind, Raises, Untouched
from autograder.judging.closeness import same
from autograder.networks.nouns import Network, Training

FEW, ENOUGH = 2, 20  # calls
AGAIN = 1e-4  # other draws are far away
_AGAIN = (
    "it gives another answer when it runs again with the same seed. Draw from rng alone, and "
    "let nothing depend on the time or on what ran before"
)
SEEDS = 4  # among so few sizes that are drawn, two seeds may agree by chance


def memorable(
    assignment: str,
    reference: AnyReference,
    checks: Sequence[Check],
    expected: Callable[[Check], Any] = lambda check: None,
) -> Iterator[tuple[Check, str]]:
    """Each check that a memorised answer passes, and why.

    A function without arguments is left out: all that it can be asked for is one answer. So is
    what is built or compiled, where the answer is the work itself.
    """
    for check in checks:
        if check.kind is not Kind.CHECK and _begin_differently(assignment, reference, check):
            continue
        asked, answer = _run(assignment, reference, check, 0)
        parts = answer.values() if isinstance(answer, Mapping) else [answer]
        if not asked or any(isinstance(part, (Estimator, Network, Training)) for part in parts):
            continue
        known = expected(check) if check.kind is Kind.CHECK else None
        known = known.value if isinstance(known, Untouched) else known
        if known is not None and not same(answer, known, AGAIN):
            yield check, _AGAIN
            continue
        # An exception is the same for every seed, and no answer that could be copied.
        varies = not all(isinstance(part, Raises) for part in parts)
        same_asked, same_answer = True, check.kind is Kind.CHECK and varies
        for seed in range(1, SEEDS):
            if not (same_asked or same_answer):
                break
            others = _run(assignment, reference, check, seed)
            same_asked = same_asked and same(asked, others[0], 0.0)
            same_answer = same_answer and same(answer, others[1])
        if same_asked:
            yield check, "what it gives to `solution` is the same for every seed"
        elif same_answer:
            yield check, "the right answer to it is the same for every seed"


def _begin_differently(assignment: str, reference: AnyReference, check: Check) -> bool:
    """True if the first few calls of two seeds differ already: the rest may be a training."""
    first, second = (_run(assignment, reference, check, seed, FEW)[0] for seed in range(2))
    return not same(first, second, 0.0)


def _run(
    assignment: str, reference: AnyReference, check: Check, seed: int, calls: int = ENOUGH
) -> tuple[list[Any], Any]:
    """The arguments that a probe gives to the reference in one case, and its result.

    calls   after so many it ends, where the check has no one answer.
    """
    noting = _Noting(None if check.kind is Kind.CHECK else calls)
    draw = Draw(seed, assignment, check.id, 0)
    reference.seed(draw.global_seed, reference.original)
    answer = None
    with np.errstate(all="ignore"), contextlib.suppress(_Enough):
        answer = check.probe(
            Watched(reference.original, noting), reference.original, draw.rng()
        )
        if check.kind is Kind.REQUIREMENT:
            answer = list(answer)
    return noting.questions, as_data(answer)


class _Enough(BaseException):
    """Ends a run of which enough has been seen; no probe catches it."""


class _Noting(Watcher):
    """Notes the arguments of every call, and the values of attributes that are set."""

    def __init__(self, enough: int | None) -> None:
        self.questions: list[Any] = []
        self._enough = enough

    def asked(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        if args or kwargs:
            self.questions.append([name, copy.deepcopy(question(args, kwargs))])
        if len(self.questions) == self._enough:
            raise _Enough

    def answered(self, name: str, answer: Callable[[], Any]) -> Any:
        return answer()
