"""The comparison of answers that are neither numbers nor made of them: models, and sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from autograder.judging.outcome import Block
from autograder.judging.plain import compare_sets

_SETS = frozenset({set, frozenset})
_MODELS = "autograder.networks.nouns"  # which is there as soon as anything read a model

Comparer = Callable[[Any, Any], Iterable[Block]]


def comparer_of(expected: Any, actual: Any) -> Comparer | None:
    """The comparison of two such answers of one kind; None for all others."""
    kind = type(expected)
    if kind in _SETS:
        return compare_sets if type(actual) in _SETS else None
    if kind is not type(actual) or kind.__module__ != _MODELS:
        return None
    from autograder.judging.networks import COMPARERS  # with the first model

    return COMPARERS.get(kind)
