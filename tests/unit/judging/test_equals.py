"""What a model computed is what a network computes, in whatever order its weights are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder.judging.equals import same_function, stands_for
from autograder.networks.forward import forward
from autograder.networks.nouns import Layer, Network, Sample

FIRST, LAST = Layer("Dense", (5,), 20, "tanh"), Layer("Dense", (2,), 12)
TWO = Network((3,), (FIRST, LAST))


def sample(network: Network, *, turned: bool = False, wrong: float = 0.0) -> Sample:
    """What such a model answers; its last layer may come first among its weights."""
    rng = np.random.default_rng(7)
    weights = [
        (rng.normal(size=(3, 5)), rng.normal(size=5)),
        (rng.normal(size=(5, 2)), rng.normal(size=2)),
    ]
    inputs = rng.normal(size=(4, 3))
    answers = np.asarray(forward(network, weights, inputs)) + wrong
    in_order = [*weights[1], *weights[0]] if turned else [*weights[0], *weights[1]]
    return Sample(tuple(in_order), inputs, answers, np.repeat(answers[:1], 8, axis=0))


def test_a_model_that_answers_alike_stands_for_the_network() -> None:
    """Also where its weights are in another order; not where its answers differ."""
    assert stands_for(TWO, sample(TWO))
    assert stands_for(TWO, sample(TWO, turned=True))
    assert not stands_for(TWO, sample(TWO, wrong=0.01))


def test_other_weights_are_another_network() -> None:
    """A layer without biases has none of the wanted shapes."""
    one = sample(TWO)
    assert not stands_for(TWO, replace(one, weights=one.weights[:3]))


def test_the_same_layers_in_other_words_are_one_function() -> None:
    """An activation may be a layer of its own; another one is another function."""
    apart = Network(
        (3,), (replace(FIRST, activation="linear"), Layer("Activation", (5,), 0, "tanh"), LAST)
    )
    assert same_function(TWO, apart)
    other = Network((3,), (replace(FIRST, activation="relu"), LAST))
    assert not same_function(TWO, other)
