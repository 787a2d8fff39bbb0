"""Checks for assignment 6: a convolutional network, by hand and in Keras.

The network is judged by what it computes, layer by layer. Names do not matter, nor whether
it is sequential, functional or a class.

`digits.npz` holds 1,797 handwritten digits of 8 × 8 pixels with values from 0 to 16, the
test set of E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI
Machine Learning Repository, 1998 (CC BY 4.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring import (
    Expectation,
    Solution,
    WrongAnswer,
    accuracy,
    check,
    curves,
    expect,
    library,
    network,
    requirement,
    threshold,
    training,
)

Array = np.ndarray
Rng = np.random.Generator

DIGITS = Path(__file__).parent / "digits.npz"


def a_generator(solution: Solution, seed: int) -> Any:
    """A NumPy generator where `solution` runs: it cannot travel between processes."""
    return library(solution, "numpy").random.default_rng(seed)


def some_digits(rng: Rng, count: int) -> tuple[Array, Array]:
    """Draw different digits: images (count, 8, 8) between 0 and 1, labels (count,).

    Which digit is called what, how an image is turned and how bright it is, is drawn as well:
    a network learns it just so, and nobody knows it before.
    """
    with np.load(DIGITS) as data:
        chosen = rng.permutation(len(data["labels"]))[:count]
        images, labels = data["images"][chosen] / 16, data["labels"][chosen].astype(int)
    images = np.rot90(images, int(rng.integers(4)), axes=(1, 2))
    noisy = images + rng.normal(0, 0.05, images.shape)
    dimmed = np.clip(noisy, 0, 1) * rng.uniform(0.85, 1, (count, 1, 1))
    return dimmed, rng.permutation(10)[labels]


@check(
    points=15,
    seconds=5,
    hint="Work through the example of the text with your function. If the shape is wrong, "
    "count the places where the kernel fits; if the numbers are, print the first patch.",
)
def conv2d(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A kernel answers at every place where it fits"""
    return {
        "a tall kernel": solution.conv2d(rng.normal(size=(7, 9)), rng.normal(size=(3, 2))),
        "a wide kernel": solution.conv2d(rng.normal(size=(6, 8)), rng.normal(size=(2, 4))),
        "a square kernel": solution.conv2d(rng.normal(size=(8, 5)), rng.normal(size=(3, 3))),
    }


@check(
    points=12,
    seconds=3,
    hint="Try the example of the text, and then a table of 5 × 5: what is left over at the "
    "edge is dropped.",
)
def max_pool(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Each window keeps its largest number"""
    return {
        "even sides": solution.max_pool(rng.normal(-0.5, 1, (6, 8))),
        "sides with something left over": solution.max_pool(rng.normal(-0.5, 1, (7, 9))),
        "windows of 3": solution.max_pool(rng.normal(-0.5, 1, (9, 6)), 3),
    }


def entries(values: Any, shape: tuple[int, ...]) -> Array:
    """An answer as an array of that shape; all zeros where it is something else."""
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        return np.zeros(shape)
    return array if array.shape == shape else np.zeros(shape)


@requirement(
    points=12,
    hint="Call it with np.ones((1000,)) and a rate of 0.2: about 200 entries should become 0, "
    "all others 1.25, and the mean should stay near 1.",
)
def dropout(solution: Solution, given: Solution, rng: Rng) -> Iterator[Expectation]:
    """Dropout sets a share to zero and makes up for it"""
    a = rng.uniform(1, 2, (60, 50))
    rate = float(rng.choice([0.2, 0.25, 0.3, 0.35]))
    first, second = (int(seed) for seed in rng.integers(0, 2**31, 2))

    def dropped(seed: int) -> Any:
        return solution.dropout(a.copy(), rate, a_generator(solution, seed))

    answer = dropped(first)
    if np.shape(answer) != a.shape:
        came = "nothing" if answer is None else f"the shape {np.shape(answer)}"
        raise WrongAnswer(f"dropout gives {came} back for an input of the shape {a.shape}.")
    out, again = entries(answer, a.shape), entries(dropped(first), a.shape)
    other = entries(dropped(second), a.shape)
    kept = out != 0
    zeros = 1 - float(np.mean(kept))
    growth = float(np.mean(out[kept] / a[kept])) if kept.any() else 0.0
    said = f"what is kept is multiplied by {growth:.3g}"

    yield expect(True, "the shape stays as it is", form=True)
    yield expect(
        abs(zeros - rate) < 0.05,
        "about as many numbers become zero as the rate says",
        f"{100 * zeros:.0f} % at a rate of {rate}",
    )
    yield expect(
        bool(kept.any()) and np.allclose(out[kept], a[kept] / (1 - rate)),
        "what is kept is divided by 1 - rate",
        f"{said}, at a rate of {rate}",
    )
    yield expect(growth > 1.01, "what is kept grows, to make up for what is missing", said)
    yield expect(growth > 0.99, "what is kept does not become smaller", said, form=True)
    for axis, name in ((1, "row"), (0, "column")):
        yield expect(
            bool(np.any(kept.any(axis) & ~kept.all(axis))),
            f"in some {name} one number is dropped and another one kept",
            f"whole {name}s are dropped, or nothing is, or everything",
        )
    yield expect(
        bool(kept.any()) and np.array_equal(out, again),
        "the same generator in the same state drops the same numbers",
        "two calls with default_rng(s), for the same s, differ",
        form=True,
    )
    yield expect(
        bool(np.any(kept != (other != 0))),
        "another generator drops other numbers",
        "the same numbers are dropped, whatever the generator",
    )
    whole = solution.dropout(a.copy(), 0.0, a_generator(solution, first))
    yield expect(
        np.array_equal(entries(whole, a.shape), a),
        "at a rate of 0 nothing changes",
        "something changed",
        form=True,
    )


@check(
    points=6,
    hint="Print the shape before and after: (5, 9, 7) should become (5, 9, 7, 1).",
)
def add_channel_axis(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Grey images get an axis for their only channel"""
    m, h, w = (int(size) for size in rng.permutation([3, 5, 7, 9])[:3])
    return solution.add_channel_axis(rng.uniform(0, 1, (m, h, w)))


@check(
    points=22,
    cases=1,
    hint="Print build_cnn().summary(), and compare shapes and parameters with the table of "
    "the text. Activations and rates are not in the summary: read them in your code.",
)
def build_cnn(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The network has the twelve layers of the table"""
    return network(solution.build_cnn(), (28, 28, 1), rng)


def trained_weights(model: Any) -> tuple[Array, Array]:
    """A trained classifier's kernel (48, 12) and biases (12,); zeros for anything else."""
    kernel, biases = (np.asarray(each, dtype=float) for each in model.get_weights())
    fits = kernel.shape == (48, 12) and biases.shape == (12,)
    return (kernel, biases) if fits else (np.zeros((48, 12)), np.zeros(12))


def number_of_updates(model: Any, shifted: Array) -> int:
    """How many updates there were, as the optimizer counts; 0 where nothing has moved."""
    return int(model.optimizer.iterations.numpy()) if np.any(shifted) else 0


def answers(model: Any, images: Array) -> Array:
    """A model's answers to images, of the model itself and of no method that it may have."""
    found = model(images, training=False)
    return np.asarray(found.numpy() if hasattr(found, "numpy") else found)


@check(
    points=12,
    cases=1,
    hint="Compile with the loss for ten classes in one-hot form, then pass images, labels, "
    "epochs and batch_size on to model.fit, and return what it returns.",
)
def train(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The model is compiled, and trained as often as it is told"""
    # Twelve patterns with four pixels each that no other has. From zeros, each step of Adam
    # takes the weights of a pattern towards its class, however few and short the steps are.
    patterns = np.kron(np.eye(12), np.ones(4))[:, rng.permutation(48)].reshape(12, 8, 6, 1)
    classes = rng.permutation(12)
    chosen = rng.permutation(np.repeat(np.arange(12), 4))[: int(rng.choice([41, 43, 45]))]
    epochs = int(rng.integers(3, 5))
    keras = library(solution, "keras")
    model = keras.Sequential(
        [
            keras.Input((8, 6, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(12, activation="softmax"),
        ]
    )
    model.set_weights([np.zeros((48, 12)), np.zeros(12)])
    history = solution.train(model, patterns[chosen], np.eye(12)[classes[chosen]], epochs, 8)
    losses = curves(history).get("loss", [])
    moved, shifted = trained_weights(model)
    updates = number_of_updates(model, shifted)
    guesses = np.argmax(patterns.reshape(12, 48) @ moved, axis=1)
    return {
        "the compilation": training(model, rng),
        "the number of epochs": len(losses) if updates else 0,
        "the number of updates": updates,
        "that the labels stay with their images": bool(
            np.any(moved) and np.mean(guesses == classes) > 0.8
        ),
    }


@threshold(
    points=6,
    at_least=0.75,
    of="train",
    hint="Print the loss of every epoch: it should begin near 2.3 and fall.",
)
def recognises_digits(solution: Solution, given: Solution, rng: Rng) -> float:
    """A small convolutional network learns digits with it"""
    images, labels = some_digits(rng, 1000)
    keras = library(solution, "keras")
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(24, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    prepared = solution.add_channel_axis(images[:600])
    solution.train(model, prepared, np.eye(10)[labels[:600]], 8, 16)
    # The new images are sent after the training, and their labels never are.
    guesses = answers(model, solution.add_channel_axis(images[600:]))
    return accuracy(np.argmax(guesses, axis=1), labels[600:])


@check(
    points=15,
    cases=1,
    hint="Print the batch that you give to predict: its shape should be (1, 28, 28, 1), its "
    "largest number at most 1.",
)
def classify_single_image(solution: Solution, given: Solution, rng: Rng) -> Any:
    """One image is scaled, given to the model, and named"""
    # A model with one layer and weights from here, so that the answers are known exactly. The
    # classes are close to one another: whoever divides by 254 or 256 gets a few other answers.
    brightest = rng.integers(60, 256, 3000)
    images = np.round(rng.uniform(0, 1, (3000, 784)) * brightest[:, None]).astype(np.uint8)
    weights = rng.normal(0, 1, (784, 10))
    biases = rng.normal(0, 1, 10) - images.mean(axis=0) @ weights / 255
    keras = library(solution, "keras")
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.set_weights([weights, biases])
    chosen = [images[place] for place in telling(images, weights, biases)]
    return {
        f"image {number}": solution.classify_single_image(model, image.reshape(28, 28))
        for number, image in enumerate(chosen, 1)
    }


def telling(images: Array, weights: Array, biases: Array) -> list[int]:
    """Places of images that tell dividing by 255 from what else may be done: two for each.

    From leaving it out, from 254 and 256, and from the brightest pixel of a dark image. None of
    them is so near to two classes that rounding decides.
    """
    sums = images @ weights
    scaled = sums / 255 + biases
    first_two = np.sort(scaled, axis=1)[:, -2:]
    right = np.argmax(scaled, axis=1)
    clear = (first_two[:, 1] - first_two[:, 0] > 0.005) & (right > 0)
    chosen: list[int] = []
    for divisor in (1, 254, 256, images.max(axis=1, keepdims=True)):
        other = np.argmax(sums / divisor + biases, axis=1)
        places = np.flatnonzero(clear & (other != right) & (right != np.roll(right, 1)))
        chosen += [int(place) for place in places if place not in chosen][:2]
    return chosen
