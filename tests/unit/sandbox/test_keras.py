"""Keras in the sandbox: what courses do with it works on every tier, and does not hang.

`make soak` trains fifty times in a row; here it is a few times, to save minutes, and tier C has
what depends on the kernel: threads and files.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator

import pytest

from autograder.model import Limits, Tier
from autograder.sandbox.host import confinement
from autograder.sandbox.host.sandbox import Guest, Sandbox

from .conftest import family, opener

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("keras") is None,
        reason="Keras is not installed; see the extra `keras`",
    ),
    pytest.mark.skipif(not confinement.LINUX, reason="elsewhere there is tier D only"),
    pytest.mark.timeout(1800),
]

SOAK = bool(os.environ.get("GRADE_SOAK"))
TRAININGS = 50 if SOAK else 4
at_tier_a = pytest.mark.parametrize(
    "sandbox", [Tier.A, Tier.C] if SOAK else [Tier.A], indirect=True, ids=str
)
LIMITS = Limits(seconds=120, load_seconds=120, megabytes=2048)

SOURCE = """
import os
import sys
import tempfile

import keras
import numpy as np
import tensorflow as tf


def model(jit=False):
    keras.utils.set_random_seed(1)
    layers = [keras.layers.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1)]
    made = keras.Sequential(layers)
    made.compile("adam", "mse", jit_compile=jit)
    return made


def train(jit=False):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(64, 4))
    history = model(jit).fit(X, X.sum(axis=1), epochs=2, verbose=0)
    return history.history["loss"][-1]


FIRST = keras.layers.Dense(2)


def names():
    return [FIRST.name, *(layer(2).name for layer in [keras.layers.Dense] * 2)]


def double(x):
    return 2 * x


def loaded(name):
    return any(module.partition(".")[0] == name for module in sys.modules)


def wrapper():
    return keras.wrappers.SKLearnClassifier.__name__


def stream():
    numbers = tf.data.Dataset.from_tensor_slices(np.arange(100.0))
    numbers = numbers.map(double, num_parallel_calls=tf.data.AUTOTUNE).shuffle(10, seed=1)
    return sum(float(tf.reduce_sum(batch)) for batch in numbers.batch(10).prefetch(2))


def save_and_load(name):
    made, X = model(), np.ones((2, 4))
    path = os.path.join(tempfile.mkdtemp(), name)
    made.save(path)
    loaded = keras.models.load_model(path, compile=False)
    return made.predict(X, verbose=0), loaded.predict(X, verbose=0)


def save_weights(name):
    made, X = model(), np.ones((2, 4))
    made.save_weights(name)
    before = made.predict(X, verbose=0)
    made.set_weights([0 * w for w in made.get_weights()])
    made.load_weights(name)
    return before, made.predict(X, verbose=0)
"""


@pytest.fixture(scope="module", params=[Tier.A, Tier.C], ids=str)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """With Keras and TensorFlow imported, which takes seconds, once for each tier."""
    preload = ("numpy", "tensorflow", "keras")
    with Sandbox(limits=LIMITS, preload=preload, tier=request.param) as sandbox:
        assert sandbox.tier is request.param
        yield sandbox


@pytest.fixture
def opened(sandbox: Sandbox) -> Iterator[Callable[..., Guest]]:
    """Opens submissions there."""
    with opener(sandbox) as open_:
        yield open_


def test_the_zygote_keeps_one_thread(sandbox: Sandbox, opened: Callable[..., Guest]) -> None:
    """TensorFlow starts its threads when the first tensor exists, and none ever does there."""
    with opened(SOURCE) as guest:
        guest.call("stream", [], {})
        *zygote, working = family(sandbox)
        assert len(os.listdir(f"/proc/{working}/task")) > 1
    for pid in zygote:
        assert len(os.listdir(f"/proc/{pid}/task")) == 1


@at_tier_a
def test_training_is_repeatable(opened: Callable[..., Guest]) -> None:
    """In one fresh guest after the other there is one loss, and no fork hangs."""
    losses = set()
    for _ in range(TRAININGS):
        with opened(SOURCE) as guest:
            losses.add(guest.call("train", [], {}).value)
    assert len(losses) == 1


@at_tier_a
def test_what_keras_brings_along_waits_until_it_is_used(opened: Callable[..., Guest]) -> None:
    """Nobody waits for scikit-learn, or has less of Keras for it."""
    guest = opened(SOURCE)
    guest.call("train", [], {})
    assert not guest.call("loaded", ["sklearn"], {}).value
    assert guest.call("wrapper", [], {}).value == "SKLearnClassifier"
    installed = importlib.util.find_spec("sklearn") is not None
    assert guest.call("loaded", ["sklearn"], {}).value == installed


def test_models_are_compiled_streamed_saved_and_loaded(opened: Callable[..., Guest]) -> None:
    """XLA, tf.data, and every format of a file, all in the scratch space."""
    guest = opened(SOURCE)
    plain, compiled = (guest.call("train", [jit], {}).value for jit in (False, True))
    assert compiled == pytest.approx(plain, rel=1e-5)
    assert guest.call("stream", [], {}).value == 9900
    for name in ("model.keras", "model.h5"):
        saved, loaded = guest.call("save_and_load", [name], {}).value
        assert (saved == loaded).all()
    saved, loaded = guest.call("save_weights", ["model.weights.h5"], {}).value
    assert (saved == loaded).all()


@at_tier_a
def test_names_are_counted_from_the_top_level_on(opened: Callable[..., Guest]) -> None:
    """So that a message about `dense_2` does not tell which checks came before."""
    guest = opened(SOURCE)
    found = []
    for _ in range(2):
        guest.seed(7)
        found.append(guest.call("names", [], {}).value)
    assert found == [["dense", "dense_1", "dense_2"]] * 2
