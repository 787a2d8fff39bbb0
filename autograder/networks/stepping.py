"""The loss and the optimizer of a PyTorch training, seen at work.

A loss is named by what it gives for answers that are drawn here. An optimizer makes three steps
from drawn weights with drawn gradients, and its settings count where the weights move just so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.networks.handles import REFUSED, aside, attribute, key, library, type_name
from autograder.networks.nouns import Array, Training, alike, bounded
from autograder.networks.pytorch import assign, require_a_model
from autograder.networks.settings import plain, sizes

STEPS = 3
MOST_WEIGHTS = 200  # arrays of one model
_REFUSED: tuple[type[Exception], ...] = (*REFUSED, ArithmeticError)
NOT_SEEN = "Its steps do not move the weights as its settings say."
UNKNOWN_STEPS = "How it moves the weights is not known here."

_ADAM = {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0, "amsgrad": False}
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "SGD": {"momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False},
    "Adam": _ADAM,
    "AdamW": {**_ADAM, "weight_decay": 0.01},
    "RMSprop": {
        "alpha": 0.99, "eps": 1e-8, "weight_decay": 0.0, "momentum": 0.0, "centered": False,
    },
}  # fmt: skip


def seen(model: Any, rng: np.random.Generator, loss: Any, optimizer: Any) -> Training:
    """The training by this loss and this optimizer; either may be None. See `training`."""
    require_a_model(model)
    with aside(model):
        name = "" if loss is None else _loss_called(model, loss, rng)
        if optimizer is None:
            return Training(name)
        kind = plain(type_name(optimizer))
        try:
            settings, doubt = _optimized(model, kind, optimizer, rng)
        except _REFUSED:
            settings, doubt = (), NOT_SEEN
        return Training(name, kind, (), doubt, settings)


def _loss_called(model: Any, loss: Any, rng: np.random.Generator) -> str:
    """The name of the loss that gives these values, as PyTorch calls it."""
    torch, last = library(model, "torch"), None
    for answers, targets, formulas in _drawn_answers(rng):
        try:
            found = loss(torch.from_numpy(answers), torch.from_numpy(targets))
            value = np.asarray(found, dtype=float)
        except REFUSED:
            continue
        for name, each in formulas.items():
            ways = {"": each.mean(), ", added up": each.sum(), ", not averaged": each}
            for how, wanted in ways.items():
                if value.shape == np.shape(wanted) and np.allclose(value, wanted, rtol=1e-4):
                    return name + how
        last = value if value.shape == () and last is None else last
    if last is None:
        return "one that takes no answers and labels"
    return f"another one, which gives {float(last):.4g} for drawn answers"


def _drawn_answers(
    rng: np.random.Generator,
) -> Iterator[tuple[Array, np.ndarray[Any, Any], Mapping[str, Array]]]:
    """Answers and what is right: for classes, for numbers, for probabilities."""
    scores = rng.normal(0, 2, (6, 3)).astype(np.float32)
    labels = rng.integers(0, 3, 6)
    rows = np.arange(6)
    yield scores, labels, {
        "CrossEntropyLoss": -_log_softmax(scores)[rows, labels],
        "CrossEntropyLoss after a softmax": -_log_softmax(_softmax(scores))[rows, labels],
        "NLLLoss": -scores[rows, labels],
        "NLLLoss after a softmax": -_softmax(scores)[rows, labels],
    }  # fmt: skip
    truth = rng.normal(0, 2, (6, 3)).astype(np.float32)
    distance = np.abs(scores - truth)
    yield scores, truth, {
        "MSELoss": distance**2,
        "L1Loss": distance,
        "SmoothL1Loss": np.where(distance < 1, distance**2 / 2, distance - 0.5),
        "BCEWithLogitsLoss": _logistic(scores, truth),
    }  # fmt: skip
    p = rng.uniform(0.1, 0.9, (6, 3)).astype(np.float32)
    ones = rng.integers(0, 2, (6, 3)).astype(np.float32)
    yield p, ones, {
        "BCELoss": -np.where(ones == 1, np.log(p), np.log(1 - p)),
        "BCEWithLogitsLoss": _logistic(p, ones),
        "BCEWithLogitsLoss after a sigmoid": _logistic(1 / (1 + np.exp(-p)), ones),
    }  # fmt: skip


def _optimized(
    model: Any, kind: str, optimizer: Any, rng: np.random.Generator
) -> tuple[tuple[tuple[str, Any], ...], str]:
    """The settings that an optimizer says it has, and why its steps do not show them."""
    groups = optimizer.param_groups
    if not isinstance(groups, list) or not 0 < len(groups) <= 9:
        raise ValueError("no groups")
    if kind not in _DEFAULTS:
        return (), UNKNOWN_STEPS
    settings: list[tuple[str, Any]] = []
    of_weight: dict[tuple[str, int], Mapping[str, Any]] = {}
    for number, group in enumerate(groups, 1):
        found = {name: plain(group[name]) for name in ("lr", *_DEFAULTS[kind])}
        found["sign"] = -1.0 if group.get("maximize") is True else 1.0
        of_weight |= {key(weight): found for weight in group["params"]}
        where = "" if len(groups) == 1 else f" of group {number}"
        changed = {n: v for n, v in found.items() if n == "lr" or v != _usual(kind, n)}
        settings += [(f"{name}{where}", value) for name, value in changed.items()]
    weights = [each for each in _listed(model) if attribute(each, "requires_grad") is not False]
    left = [each for each in weights if key(each) not in of_weight]
    if left:
        some = "none" if len(left) == len(weights) else f"{len(weights) - len(left)}"
        return tuple(settings), (
            f"It moves {some} of the model's {len(weights)} weights. Give it "
            "model.parameters() of the model that is trained."
        )
    said = optimizer.state_dict()
    optimizer.load_state_dict({"state": {}, "param_groups": said["param_groups"]})
    before = [rng.normal(0, 1, sizes(each.shape)).astype(np.float32) for each in weights]
    slopes = [
        [rng.normal(0, 1, each.shape).astype(np.float32) for each in before]
        for _ in range(STEPS)
    ]
    for weight, array in zip(weights, before, strict=True):
        assign(weight, array)
    torch = library(model, "torch")
    for drawn in slopes:
        for weight, array in zip(weights, drawn, strict=True):
            weight.grad = torch.from_numpy(array)
        optimizer.step()
    for number, weight in enumerate(weights):
        step = _Mover(kind, of_weight[key(weight)])
        moved = step.moved(before[number], [drawn[number] for drawn in slopes])
        after = np.asarray(weight.detach(), dtype=float)
        if not alike(after - before[number], moved - before[number], 1e-3):
            return tuple(settings), NOT_SEEN
    return tuple(settings), ""


def _usual(kind: str, name: str) -> Any:
    return 1.0 if name == "sign" else _DEFAULTS[kind][name]


def _listed(model: Any) -> list[Any]:
    weights = list(model.parameters())
    if len(weights) > MOST_WEIGHTS:
        raise ValueError("too many")
    bounded(sum(math.prod(sizes(each.shape)) for each in weights), STEPS + 2)
    return weights


@dataclass(frozen=True)
class _Mover:
    """The steps of an optimizer with these settings, by PyTorch's documentation."""

    kind: str
    settings: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        value = self.settings.get(name, 0.0)
        for each in value if isinstance(value, tuple) else (value,):
            if not isinstance(each, (int, float)) or not math.isfinite(each):
                raise ValueError("no number")
        return value

    def moved(self, w: Array, slopes: Sequence[Array]) -> Array:
        """The weights after a step along each of the slopes."""
        w = w.astype(float)
        state: dict[str, Any] = {}
        for number, slope in enumerate(slopes, 1):
            g = self["sign"] * slope.astype(float)
            if self.kind == "AdamW":
                w = w * (1 - self["lr"] * self["weight_decay"])
            else:
                g = g + self["weight_decay"] * w
            w = w - self["lr"] * _DIRECTIONS[self.kind](self, g, state, number)
        return w


def _of_sgd(move: _Mover, g: Array, state: dict[str, Any], number: int) -> Array:
    if not move["momentum"]:
        return g
    first = number == 1
    kept = g if first else move["momentum"] * state["kept"] + (1 - move["dampening"]) * g
    state["kept"] = kept
    return np.asarray(g + move["momentum"] * kept if move["nesterov"] else kept)


def _of_adam(move: _Mover, g: Array, state: dict[str, Any], number: int) -> Array:
    one, two = move["betas"]
    mean = state["mean"] = one * state.get("mean", 0.0) + (1 - one) * g
    square = state["square"] = two * state.get("square", 0.0) + (1 - two) * g**2
    if move["amsgrad"]:
        square = state["most"] = np.maximum(state.get("most", 0.0), square)
    root = np.sqrt(square / (1 - two**number)) + move["eps"]
    return np.asarray(mean / (1 - one**number) / root)


def _of_rmsprop(move: _Mover, g: Array, state: dict[str, Any], number: int) -> Array:
    alpha = move["alpha"]
    square = state["square"] = alpha * state.get("square", 0.0) + (1 - alpha) * g**2
    if move["centered"]:
        mean = state["mean"] = alpha * state.get("mean", 0.0) + (1 - alpha) * g
        square = square - mean**2
    step = g / (np.sqrt(square) + move["eps"])
    if move["momentum"]:
        step = state["kept"] = move["momentum"] * state.get("kept", 0.0) + step
    return np.asarray(step)


_DIRECTIONS: Mapping[str, Callable[[_Mover, Array, dict[str, Any], int], Array]] = {
    "SGD": _of_sgd,
    "Adam": _of_adam,
    "AdamW": _of_adam,
    "RMSprop": _of_rmsprop,
}


def _log_softmax(z: Array) -> Array:
    z = z.astype(float) - z.max(axis=1, keepdims=True)
    return np.asarray(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))


def _softmax(z: Array) -> Array:
    return np.asarray(np.exp(_log_softmax(z)))


def _logistic(z: Array, t: Array) -> Array:
    z, t = z.astype(float), t.astype(float)
    return np.asarray(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))))
