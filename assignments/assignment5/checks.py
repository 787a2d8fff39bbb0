"""Checks for assignment 5: dense networks in Keras.

Models are judged by what they compute, layer by layer, and by how they were compiled: an
accuracy would hide a missing activation, a wrong loss and pixels that nobody has scaled.
Names do not matter, nor whether a model is sequential, functional or a class.

`digits.npz` holds 1,797 handwritten digits of 8 × 8 pixels with values from 0 to 16, the
test set of E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI
Machine Learning Repository, 1998 (CC BY 4.0).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring import (
    Solution,
    accuracy,
    check,
    curves,
    library,
    network,
    threshold,
    training,
)

Array = np.ndarray
Rng = np.random.Generator

DIGITS = Path(__file__).parent / "digits.npz"


def some_images(rng: Rng, brightest: int) -> Array:
    """Draw a few images (m, 9, 7) of whole numbers; the brightest pixel is given."""
    images = rng.integers(0, brightest, (int(rng.integers(4, 7)), 9, 7))
    images[0, 0, :2] = 0, brightest
    return images.astype(np.uint8)


def some_labels(rng: Rng, classes: int, m: int) -> Array:
    """Draw m labels below `classes`; the highest one is among them."""
    labels = np.concatenate([[classes - 1, 0], rng.integers(0, classes, m - 2)])
    return rng.permutation(labels)


def some_digits(rng: Rng, count: int) -> tuple[Array, Array]:
    """Draw different digits: images (count, 28, 28) as bytes, labels (count,).

    Which digit is called what, where its pixels stand and how bright it is, is drawn as well: a
    dense network learns it just so, and nobody knows it before.
    """
    with np.load(DIGITS) as data:
        chosen = rng.permutation(len(data["labels"]))[:count]
        small, labels = data["images"][chosen], data["labels"][chosen].astype(int)
    noisy = small + rng.normal(0, 0.8, small.shape)
    noisy *= rng.uniform(0.85, 1, (count, 1, 1))
    larger = np.kron(np.clip(noisy, 0, 16), np.ones((1, 3, 3)))
    framed = np.pad(larger, ((0, 0), (2, 2), (2, 2))).reshape(count, 784)
    moved = framed[:, rng.permutation(784)].reshape(count, 28, 28)
    return np.round(moved * 255 / 16).astype(np.uint8), rng.permutation(10)[labels]


def a_classifier(solution: Solution, inputs: tuple[int, ...], classes: int) -> Any:
    """A right model that is not compiled, made where `solution` runs."""
    keras = library(solution, "keras")
    return keras.Sequential(
        [
            keras.Input(inputs),
            keras.layers.Flatten(),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


THESE = "these images and labels"
RATE = 1e-3  # short steps, so that the weights add them up


def some_patterns(rng: Rng) -> tuple[Array, Array, Array]:
    """Patterns (12, 8, 6), the class of each, and which of them the examples are.

    Each has four pixels that no other has. Some come more often than others.
    """
    patterns = np.kron(np.eye(12), np.ones(4))[:, rng.permutation(48)].reshape(12, 8, 6)
    often = np.repeat(np.arange(12), rng.permutation([2] * 4 + [4] * 4 + [6] * 4))
    return patterns, rng.permutation(12), rng.permutation(often)


def trained_weights(model: Any) -> tuple[Array, Array]:
    """A trained classifier's kernel (48, 12) and biases (12,); zeros for anything else."""
    kernel, biases = (np.asarray(each, dtype=float) for each in model.get_weights())
    fits = kernel.shape == (48, 12) and biases.shape == (12,)
    return (kernel, biases) if fits else (np.zeros((48, 12)), np.zeros(12))


def descended(shifted: Array, truth: Array) -> float:
    """How many steps of gradient descent moved the biases so far; 0 where it was none.

    From zeros, it moves them along the shares of the classes, and along nothing else.
    """
    pull = truth.mean(axis=0) - 1 / 12
    along = float(shifted @ pull)
    if along <= 0.85 * float(np.linalg.norm(shifted) * np.linalg.norm(pull)):
        return 0.0
    return along / (RATE * float(pull @ pull))


def number_of_updates(model: Any, shifted: Array, truth: Array) -> int:
    """How many updates moved the biases as far as they are; 0 where they have not moved.

    It is measured, since an optimizer that was compiled again counts from 0 again, and since
    the number that it counts can be written over.
    """
    if not np.any(shifted):
        return 0
    counted, steps = int(model.optimizer.iterations.numpy()), descended(shifted, truth)
    if 0 < steps < 5 * counted:
        return counted if 0.6 * counted < steps < 1.4 * counted else round(steps)
    by_adam = float(np.max(np.abs(shifted))) / 0.001  # which moves by its rate in each update
    return counted if by_adam < 1.2 * counted else round(by_adam)


def what_moves(
    images: Array, truth: Array, moved: Array, shifted: Array, updates: int, ours: bool
) -> str:
    """Whether the weights were moved by these images, or by darker or brighter ones.

    The kernel moves by what the examples say, and the biases by the labels alone. This holds
    for short steps of gradient descent, as `ours` are: with far brighter images they are long,
    and the biases move along something else. Of another optimizer nothing is said.
    """
    if not 0 < descended(shifted, truth) < 5 * updates:
        return "something else" if ours else THESE
    labels = truth - 1 / 12
    pull = np.linalg.norm(images.reshape(len(images), -1).T @ labels) / len(images)
    ratio = np.linalg.norm(moved) / np.linalg.norm(shifted)
    ratio *= np.linalg.norm(labels.mean(axis=0)) / pull
    return "darker images" if ratio <= 0.5 else "brighter images" if ratio >= 2 else THESE


def answers(model: Any, images: Array) -> Array:
    """A model's answers to images, of the model itself and of no method that it may have."""
    found = model(images, training=False)
    return np.asarray(found.numpy() if hasattr(found, "numpy") else found)


@check(
    points=10,
    hint="Try one image with the pixels 0, 51 and 255: they should become 0, 0.2 and 1. The "
    "shape stays as it is.",
)
def prepare_images(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Pixels from 0 to 255 become numbers from 0 to 1"""
    return {
        "light images": solution.prepare_images(some_images(rng, 255)),
        "dark images": solution.prepare_images(some_images(rng, 180)),
    }


@check(
    points=10,
    hint="Try prepare_labels(np.array([2, 0, 3]), 4), which the text works out, and then the "
    "same with 10 classes.",
)
def prepare_labels(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A label becomes a row with a single 1"""
    return {
        "ten classes": solution.prepare_labels(some_labels(rng, 10, 14)),
        "no label above 6": solution.prepare_labels(some_labels(rng, 7, 13)),
        "four classes": solution.prepare_labels(some_labels(rng, 4, 9), 4),
    }


@check(
    points=8,
    seconds=3,
    hint="Work out [4, 3, 2] by hand: three units with 4 weights and a bias each, then two "
    "units with 3 weights and a bias each.",
)
def count_parameters(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Every unit has a weight for each input, and a bias"""
    sizes = [int(size) for size in rng.permutation([3, 5, 8, 12, 20])]
    return {
        "one layer": solution.count_parameters(sizes[:2]),
        "four layers": solution.count_parameters(sizes),
    }


@check(
    points=18,
    cases=1,
    hint="Print build_mlp().summary(), and compare shapes, activations and parameters with "
    "the table of the text, line by line.",
)
def build_mlp(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The network for images has the four layers of the table"""
    return network(solution.build_mlp(), (28, 28), rng)


@check(
    points=12,
    cases=1,
    hint="Look for your output and your labels in the table of section 5, and take the loss "
    "from that line.",
)
def compile_model(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Loss, optimizer and metric fit a softmax and one-hot labels"""
    model = a_classifier(solution, (6,), 10)
    compiled = solution.compile_model(model)
    found = training(model if compiled is None else compiled, rng)
    came = "nothing" if compiled is None else "another model"
    if compiled is model:
        came = "the compiled model"
    return {
        "the compilation": found,
        "what comes back": came if found.loss else "a model that is not compiled",
    }


@check(
    points=12,
    cases=2,
    hint="Pass images, labels, epochs and batch_size on to model.fit, each unchanged, and "
    "return what it returns.",
)
def train(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Training goes through all examples, as often as it is told"""
    patterns, classes, chosen = some_patterns(rng)
    images, truth = patterns[chosen], np.eye(12)[classes[chosen]]
    epochs = int(rng.integers(2, 4))
    model = a_classifier(solution, (8, 6), 12)
    keras = library(solution, "keras")
    descent = keras.optimizers.SGD(RATE)
    model.compile(
        loss="categorical_crossentropy",
        optimizer=descent,
        metrics=["accuracy"],
        run_eagerly=True,  # a dozen steps are over before a graph would be built
    )
    model.set_weights([np.zeros((48, 12)), np.zeros(12)])
    history = solution.train(model, images, truth, epochs, 8)
    losses = curves(history).get("loss", [])
    moved, shifted = trained_weights(model)
    updates = number_of_updates(model, shifted, truth)
    guesses = np.argmax(patterns.reshape(12, 48) @ moved, axis=1)
    learned = bool(np.any(moved) and np.mean(guesses == classes) > 0.8)
    ours = model.optimizer is descent
    moving = what_moves(images, truth, moved, shifted, updates, ours) if learned else THESE
    return {
        "the number of epochs": len(losses) if updates else 0,
        "the number of updates": updates,
        "that the labels stay with their images": learned,
        "what moves the weights": moving if updates else "nothing",
    }


@threshold(
    points=8,
    at_least=0.75,
    of="train",
    hint="Print the loss of every epoch: it should begin near 2.3 and fall. If it stays "
    "there, look at the scale of the images and at the loss.",
)
def recognises_digits(solution: Solution, given: Solution, rng: Rng) -> float:
    """From pixels to predictions, the whole recognises digits"""
    images, labels = some_digits(rng, 1000)
    model = solution.build_mlp()
    compiled = solution.compile_model(model)
    model = model if compiled is None else compiled
    solution.train(
        model,
        solution.prepare_images(images[:600]),
        solution.prepare_labels(labels[:600]),
        4,
        32,
    )
    # The new images are sent after the training, and their labels never are.
    predictions = answers(model, solution.prepare_images(images[600:]))
    return accuracy(np.argmax(predictions, axis=1), labels[600:])


@check(
    points=10,
    cases=1,
    hint="Read the description again, number by number, and print "
    "build_simple_mlp().summary() beside it.",
)
def build_simple_mlp(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A description in words becomes a model"""
    return network(solution.build_simple_mlp(), (50,), rng)


@check(
    points=7,
    cases=1,
    hint="Print build_diabetes_model().summary() and compare it with the table. The last "
    "layer answers one question of yes or no.",
)
def build_diabetes_model(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The network for yes or no has 16, 8 and 1 units"""
    return network(solution.build_diabetes_model(), (8,), rng)


@check(
    points=5,
    cases=1,
    of="build_diabetes_model",
    hint="One sigmoid and labels of 0 or 1: the table of section 5 has a line for them. Does "
    "the function call `compile` before it returns the model?",
)
def diabetes_loss(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The network for yes or no is compiled for it"""
    return training(solution.build_diabetes_model(), rng)
