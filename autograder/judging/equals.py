"""Equality of two networks as functions of weights and inputs, outside and in training."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from autograder.networks import noise
from autograder.networks.forward import Unknown, Weights, forward, weight_shapes
from autograder.networks.nouns import Array, Network, Sample, alike, examples

MAX_ORDERS = 24


def same_function(wanted: Network, found: Network) -> bool:
    """True if both compute the same, weight by weight, and drop the same at the same places."""
    try:
        shapes = weight_shapes(wanted)
        if [s for s in shapes if s] != [s for s in weight_shapes(found) if s]:
            return False
        rng = np.random.default_rng(1)
        drawn = [[_drawn(shape, rng) for shape in own] for own in shapes if own]
        x = examples(wanted.inputs, rng)
        ours, theirs = _spread(wanted, drawn), _spread(found, drawn)
        return alike(forward(found, theirs, x), forward(wanted, ours, x)) and alike(
            forward(found, theirs, x, np.random.default_rng(2)),
            forward(wanted, ours, x, np.random.default_rng(2)),
        )
    except Unknown:
        return False


def stands_for(wanted: Network, sample: Sample) -> bool:
    """True if what a model computed with these weights is what the network computes."""
    try:
        for weights in _fitting(wanted, sample.weights):
            if alike(sample.answers, forward(wanted, weights, sample.inputs)):
                return noise.fits(wanted, weights, sample.inputs[:1], sample.noisy)
    except Unknown:
        pass
    return False


def _drawn(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    fed = max(int(np.prod(shape[:-1])), 1)
    return np.asarray(rng.normal(0, 1.5, shape) / fed**0.5, np.float32)


def _spread(network: Network, drawn: Sequence[Sequence[Array]]) -> Weights:
    """The weights, in their order, for those layers that have any."""
    ahead = iter(drawn)
    return [next(ahead) if own else () for own in weight_shapes(network)]


def _fitting(wanted: Network, weights: Sequence[Array]) -> Iterator[Weights]:
    """The ways in which a model's weights may be those of the layers, by their shapes."""
    shapes = weight_shapes(wanted)
    needed = [tuple(own) for own in shapes if own]
    groups = _groups(weights)
    if sorted(needed) != sorted(tuple(a.shape for a in group) for group in groups):
        return
    orders = itertools.islice(_orders(needed, groups), MAX_ORDERS)
    for order in orders:
        yield _spread(wanted, order)


def _groups(weights: Sequence[Array]) -> list[list[Array]]:
    """Each kernel with the biases that come after it."""
    groups: list[list[Array]] = []
    for array in weights:
        if array.ndim > 1 or not groups:
            groups.append([array])
        else:
            groups[-1].append(array)
    return groups


def _orders(
    needed: Sequence[tuple[tuple[int, ...], ...]], groups: Sequence[list[Array]]
) -> Iterator[list[list[Array]]]:
    if not needed:
        yield []
        return
    for index, group in enumerate(groups):
        if tuple(array.shape for array in group) == needed[0]:
            for rest in _orders(needed[1:], [*groups[:index], *groups[index + 1 :]]):
                yield [group, *rest]
