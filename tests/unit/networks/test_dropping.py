"""Of several dropout layers, those are named that do otherwise, and no other one."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from autograder.networks import dropping, noise
from autograder.networks.forward import repeated
from autograder.networks.nouns import Array, Layer, Network

COPIES = 192
FIRST, SECOND = 1, 3
DROPS = (("rate", 0.2),)
NETWORK = Network(
    (40,),
    (
        Layer("Dense", (300,), 12_300, "sigmoid"),
        Layer("Dropout", (300,), 0, settings=DROPS),
        Layer("Dense", (300,), 90_300, "sigmoid"),
        Layer("Dropout", (300,), 0, settings=DROPS),
        Layer("Dense", (10,), 3_010, "softmax"),
    ),
)


@pytest.fixture(scope="module")
def weights() -> list[Sequence[Array]]:
    """Weights for the network, large enough for what dropout does to show."""
    rng = np.random.default_rng(3)
    shapes = [(40, 300), (), (300, 300), (), (300, 10)]
    return [
        (4 * rng.normal(size=s) / s[0] ** 0.5, rng.uniform(0.1, 0.5, s[1])) if s else ()
        for s in shapes
    ]


def answers(weights: Sequence[Sequence[Array]], *dropping_layers: int) -> Array:
    """Answers to copies of the example, where only these layers drop."""
    layers = [
        replace(layer, settings=(("rate", 0),))
        if layer.kind == "Dropout" and place not in dropping_layers
        else layer
        for place, layer in enumerate(NETWORK.layers)
    ]
    own = replace(NETWORK, layers=tuple(layers))
    return repeated(own, weights, example(), COPIES, np.random.default_rng(8))


def example() -> Array:
    """One example."""
    return np.random.default_rng(4).uniform(0, 1, (1, 40))


def told(found: Network) -> dict[int, str]:
    """What is said of each layer, by its place."""
    return {place: layer.wrong for place, layer in enumerate(found.layers) if layer.wrong}


@pytest.mark.parametrize(
    ("in_training", "outside", "said"),
    [
        ([FIRST], None, {SECOND: dropping.NEVER}),
        ([SECOND], None, {FIRST: dropping.NEVER}),
        ([], None, {FIRST: dropping.NEVER, SECOND: dropping.NEVER}),
        ([FIRST, SECOND], [FIRST], {FIRST: dropping.ALWAYS}),
        ([FIRST, SECOND], [SECOND], {SECOND: dropping.ALWAYS}),
        (
            [FIRST, SECOND],
            [FIRST, SECOND],
            {FIRST: dropping.ALWAYS, SECOND: dropping.ALWAYS},
        ),
        ([FIRST], [SECOND], {SECOND: dropping.TURNED}),
        ([], [FIRST], {FIRST: dropping.TURNED, SECOND: dropping.NEVER}),
    ],
)
def test_those_that_do_otherwise_are_named(
    weights: list[Sequence[Array]],
    in_training: list[int],
    outside: list[int] | None,
    said: dict[int, str],
) -> None:
    """Each choice of layers that drop, in training and outside of it, is told by its spread."""
    elsewhere = None if outside is None else answers(weights, *outside)
    trained = answers(weights, *in_training)
    found = dropping.blamed(NETWORK, weights, example(), trained, elsewhere)
    assert told(found) == said
    assert not found.doubt


def test_where_no_choice_explains_it_nobody_is_named(weights: list[Sequence[Array]]) -> None:
    """Other noise than dropout's: no layer is seen to drop, and the whole is in doubt."""
    noisy = answers(weights, FIRST, SECOND)
    noise = np.random.default_rng(5).uniform(0, 1, noisy.shape)
    found = dropping.blamed(NETWORK, weights, example(), noise, None)
    assert set(told(found).values()) == {dropping.UNSEEN[False]}
    assert found.doubt == dropping.OTHERWISE
    assert [layer.shown for layer in found.layers] == [True, False, True, False, True]


def test_noise_without_dropout_is_told_of_the_whole(weights: list[Sequence[Array]]) -> None:
    """A network without dropout that answers otherwise in training, or each time."""
    plain = replace(NETWORK, layers=NETWORK.layers[::2])
    own, x = weights[::2], example()
    noisy = np.random.default_rng(5).uniform(0, 1, (COPIES, 10))
    assert dropping.blamed(plain, own, x, noisy, None).doubt == dropping.NOISY
    assert dropping.blamed(plain, own, x, noisy, noisy).doubt == dropping.RANDOM


def test_a_wide_answer_takes_little_memory() -> None:
    """A submission chooses the width: of 12,000 numbers, all covariances would take 1.1 GB."""
    wide = Network(
        (16,), (Layer("Dense", (12_000,), 0), Layer("Dropout", (12_000,), 0, settings=DROPS))
    )
    rng = np.random.default_rng(3)
    own = [(rng.normal(size=(16, 12_000)).astype(np.float32),), ()]
    x = rng.uniform(size=(1, 16)).astype(np.float32)
    answers = repeated(wide, own, x, COPIES, rng)
    tracemalloc.start()
    fits = noise.fits(wide, own, x, answers)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fits
    assert most < 60 << 20
    never = np.repeat(answers[:1], COPIES, axis=0)
    assert not noise.fits(wide, own, x, never)
