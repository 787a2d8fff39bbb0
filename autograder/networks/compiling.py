"""The way in which a model was compiled, seen in one training step.

What it says of itself gives names only. Its loss, its metrics and the way in which its weights
move are compared with what follows from weights and examples that are drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.errors import StudentRaised, WrongAnswer
from autograder.networks import pytorch, stepping
from autograder.networks.handles import (
    REFUSED,
    aside,
    attribute,
    dimensions,
    numbers,
    type_name,
)
from autograder.networks.keras import called, require_a_model
from autograder.networks.nouns import OTHER_ACCURACY, OWN_FUNCTION, Array, Training, bounded

LARGE_RATE = 0.09
BATCH = 40
NOT_SEEN = "A training step with it does not do what its compilation says."

_LOSSES = {"mse": "mean_squared_error", "mae": "mean_absolute_error"}
_ACCURACIES = {
    "categorical_crossentropy": "categorical_accuracy",
    "sparse_categorical_crossentropy": "sparse_categorical_accuracy",
    "binary_crossentropy": "binary_accuracy",
}


def training(
    model: Any, rng: np.random.Generator, *, loss: Any = None, optimizer: Any = None
) -> Training:
    """As `networks.training`."""
    if pytorch.is_a_module(model):
        return stepping.seen(model, rng, loss, optimizer)
    require_a_model(model)
    with aside(model):
        said = _said(model)
        if said == Training():
            return said
        try:
            step = _Step.of(model, rng)
        except REFUSED:
            return replace(said, doubt=NOT_SEEN)
        metrics = {name for name in said.metrics if name != "accuracy"}
        if step.measures_accuracy:
            metrics.add("accuracy")
        elif "accuracy" in said.metrics:
            metrics.add(OTHER_ACCURACY)
        return Training(
            step.loss_called(said.loss),
            said.optimizer,
            tuple(sorted(metrics)),
            "" if step.moves_as(said.optimizer) else NOT_SEEN,
        )


def curves(history: Any) -> dict[str, list[float]]:
    """As `networks.curves`."""
    found = history if isinstance(history, dict) else history.history
    if not isinstance(found, dict):
        kind = "the model" if isinstance(attribute(history, "layers"), list) else "no History"
        raise WrongAnswer(
            f"What came back is {kind}. Return what model.fit returns: a History."
        )
    return {str(name): values for name, values in found.items() if isinstance(values, list)}


class _Step:
    """One training step, and what was there before and after it."""

    def __init__(self, truth: Array, guess: Array, logs: Mapping[str, float], moved: Array):
        self._truth = truth
        self._guess = guess
        self._logs = logs
        self._moved = moved

    @classmethod
    def of(cls, model: Any, rng: np.random.Generator) -> _Step:
        inputs, outputs = (
            tuple(shape[1:]) for shape in (model.input_shape, model.output_shape)
        )
        bounded(BATCH, *inputs)
        bounded(BATCH, *outputs)
        x = rng.uniform(0, 1, (BATCH, *inputs)).astype(np.float32)
        variables = list(model.trainable_weights)
        before = []
        for variable in variables:
            shape = dimensions(variable.shape)
            bounded(len(variables), *shape)
            fed = max(int(np.prod(shape[:-1])), 1)
            before.append((rng.normal(0, 1.5, shape) / fed**0.5).astype(np.float32))
            variable.assign(before[-1])
        guess = numbers(model(x, training=False)).astype(float)
        if guess.shape != (BATCH, *outputs) or guess.ndim != 2:
            raise ValueError("as many answers as examples")
        classes = outputs[-1]
        labels = _labels(rng, guess)
        truth = np.eye(classes)[labels] if classes > 1 else labels[:, None].astype(float)
        model.run_eagerly = True
        model.reset_metrics()
        try:
            logs = model.train_on_batch(x, truth, return_dict=True)
        except (StudentRaised, ValueError):  # a loss that wants numbers of classes
            logs = model.train_on_batch(x, labels, return_dict=True)
        after = [numbers(variable) for variable in variables]
        changes = [np.abs(b - a).ravel() for a, b in zip(before, after, strict=True)]
        values = {str(name): float(numbers(value)) for name, value in logs.items()}
        return cls(truth, guess, values, np.concatenate([*changes, [0.0]]))

    def loss_called(self, name: str) -> str:
        """The name, unless its value is another one; of a nameless loss, whose value it has."""
        found = self._logs.get("loss", np.nan)
        values = {loss: formula(self._truth, self._guess) for loss, formula in _LOSS.items()}
        if self._truth.shape[1] > 1:  # there Keras goes back to what the softmax was given
            del values["binary_crossentropy"]
        fitting = [loss for loss, v in values.items() if np.isclose(found, float(v), rtol=1e-3)]
        if name in fitting:
            return name
        if name in values:
            return f"{name} in another form"
        return name if name in _OTHERS or not fitting else fitting[0]

    @property
    def measures_accuracy(self) -> bool:
        """True if one of the metrics is the share of right answers."""
        if self._truth.shape[1] > 1:
            hits = self._truth.argmax(axis=1) == self._guess.argmax(axis=1)
        else:
            hits = (self._guess > 0.5) == (self._truth > 0.5)
        share = float(np.mean(hits))
        return any(
            name != "loss" and np.isclose(value, share, atol=1e-4)
            for name, value in self._logs.items()
        )

    def moves_as(self, optimizer: str) -> bool:
        """True if the weights moved as this optimizer's first step moves them."""
        moved = self._moved[self._moved > 1e-8]
        if not moved.size:
            return False
        # Adam's first step is its rate for every weight that counts, whatever the gradient.
        even = float(np.median(moved)) > 0.5 * float(moved.max())
        return optimizer != "adam" or (even and float(moved.max()) < LARGE_RATE)


def _said(model: Any) -> Training:
    """The training that the compilation describes."""
    try:
        settings = model.get_compile_config()
    except REFUSED:  # Keras cannot put a function of the student's own into words
        settings = {"loss": OWN_FUNCTION}
    if (
        not isinstance(settings, Mapping)
        or not settings
        or attribute(model, "compiled") is False
    ):
        return Training()
    loss = called(settings.get("loss"))
    loss = _LOSSES.get(loss, loss)
    logits = ", from logits" if _configured(settings.get("loss"), "from_logits") else ""
    accuracies = {"acc", _ACCURACIES.get(loss, "accuracy")}
    metrics = [called(metric) for metric in _listed(settings.get("metrics"))]
    return Training(
        loss + logits,
        _optimizer(model, settings.get("optimizer")),
        tuple(sorted("accuracy" if name in accuracies else name for name in metrics)),
    )


def _optimizer(model: Any, value: Any) -> str:
    config = value.get("config") if isinstance(value, Mapping) else None
    name = called(value)
    if not isinstance(config, Mapping):
        try:
            name, config = type_name(model.optimizer), model.optimizer.get_config()
        except REFUSED:
            config = None
    name = called(name).replace("_", "")
    rate = config.get("learning_rate") if isinstance(config, Mapping) else None
    # Those that adapt their steps begin with 0.001, and learn nothing with a hundred times it.
    if name != "sgd" and isinstance(rate, float) and rate > LARGE_RATE:
        name += f" with a learning rate of {rate:.3g}"
    return name


def _configured(value: Any, name: str) -> bool:
    if isinstance(value, (list, tuple)) and len(value) == 1:
        value = value[0]
    config = value.get("config") if isinstance(value, Mapping) else None
    return isinstance(config, Mapping) and bool(config.get(name))


def _listed(value: Any) -> Iterable[Any]:
    if isinstance(value, (list, tuple)):
        return [inner for item in value for inner in _listed(item)]
    return [] if value is None else [value]


def _labels(rng: np.random.Generator, guess: Array) -> Array:
    """Classes of which the model gets about a half right, so that its accuracy tells."""
    classes = guess.shape[1]
    likely = guess.argmax(axis=1) if classes > 1 else (guess[:, 0] > 0.5).astype(int)
    other = (likely + rng.integers(1, max(classes, 2), len(guess))) % max(classes, 2)
    right = np.arange(len(guess)) % 7 < 3
    return np.where(right, likely, other)


def _cross(truth: Array, p: Array) -> Array:
    return np.asarray(-np.sum(truth * np.log(np.clip(p, 1e-7, 1 - 1e-7)), axis=-1))


def _normal(p: Array) -> Array:
    return np.asarray(p / p.sum(axis=-1, keepdims=True))


def _binary(truth: Array, p: Array) -> Array:
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.asarray(-np.mean(truth * np.log(p) + (1 - truth) * np.log(1 - p), axis=-1))


_LOSS: Mapping[str, Callable[[Array, Array], Any]] = {
    "categorical_crossentropy": lambda y, p: np.mean(_cross(y, _normal(p))),
    "sparse_categorical_crossentropy": lambda y, p: np.mean(_cross(y, _normal(p))),
    "binary_crossentropy": lambda y, p: np.mean(_binary(y, p)),
    "mean_squared_error": lambda y, p: np.mean((y - p) ** 2),
    "mean_absolute_error": lambda y, p: np.mean(np.abs(y - p)),
}
_OTHERS = (*(f"{name}, from logits" for name in _LOSS), "binary_crossentropy")
