"""The comparison of answers that are neither numbers nor made of them: models, and sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograder.judging.outcome import Block
from autograder.judging.plain import compare_sets
from autograder.networks import Network, Training

Comparer = Callable[[Any, Any], Iterable[Block]]


def comparer_of(expected: Any, actual: Any) -> Comparer | None:
    """The comparison of two such answers of one kind; None for all others."""
    kind = type(expected)
    return _COMPARERS[kind] if kind in _COMPARERS and _is_of(kind, actual) else None


def _networks(expected: Network, actual: Network) -> Iterable[Block]:
    from autograder.judging.networks import compare_networks  # with the first model

    return compare_networks(expected, actual)


def _trainings(expected: Training, actual: Training) -> Iterable[Block]:
    from autograder.judging.networks import compare_trainings

    return compare_trainings(expected, actual)


_COMPARERS: Mapping[type, Comparer] = {
    Network: _networks,
    Training: _trainings,
    set: compare_sets,
    frozenset: compare_sets,
}
_SETS = frozenset({set, frozenset})


def _is_of(kind: type, actual: Any) -> bool:
    """True if an answer is of that type; a set and a frozenset are of both."""
    return type(actual) is kind or (kind in _SETS and type(actual) in _SETS)
