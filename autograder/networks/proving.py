"""A proof that a model computes what its layers say: weights and inputs are drawn here.

An object can say of itself what it likes. So its weights are set to numbers that nobody knows
before, and its answers, outside and in training, are compared with those of the same layers in
NumPy. A layer that does not say what it does is recognised by what it computes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.networks import dropping, noise, recognition
from autograder.networks.forward import Unknown, forward, step
from autograder.networks.handles import REFUSED, aside, dimensions, key
from autograder.networks.nouns import (
    CHANNELS_FIRST,
    Array,
    Layer,
    Link,
    Network,
    Sample,
    Shape,
    alike,
    bounded,
    examples,
)
from autograder.networks.readers import Reader, reader_of

IGNORED = ("InputLayer", "ActivityRegularization", "Identity")
ACTIVATED = ("Dense", "Conv1D", "Conv2D", "Conv3D", "Linear", *CHANNELS_FIRST)
COPIES = 192  # of one example, for what dropout does
WIDE = 256

NOT_SO = (
    "What the model answers is not what these layers give one after the other. Look at what is "
    "done between the layers and after the last one, and in which order."
)


def network(model: Any, inputs: tuple[int, ...], rng: np.random.Generator) -> Network:
    """As `networks.network`."""
    reader = reader_of(model)
    reader.require_a_model(model)
    with aside(model):
        shape = reader.input_shape(model, inputs)
        if not reader.has_layers(model):
            return Network(shape, ())
        links = reader.traced(model, shape)
        if links is None:
            reader.answers(model, examples(shape, rng)[:1])  # or it says why
        links = reader.as_made(model, shape) if links is None else links
        return _as_seen(Trial.of(reader, model, shape, links, rng))


@dataclass(frozen=True)
class Trial:
    """A model with weights from here, and what it answered.

    weights   by the layer that has them: for each of `links` its own.
    sample    None where it could not be asked.
    steady    whether a second call gave the same answers.
    """

    reader: Reader
    model: Any
    shape: Shape
    links: Sequence[Link]
    weights: Sequence[Sequence[Array]]
    sample: Sample | None
    steady: bool

    @classmethod
    def of(
        cls,
        reader: Reader,
        model: Any,
        shape: Shape,
        links: Sequence[Link],
        rng: np.random.Generator,
    ) -> Trial:
        """Set the weights, and ask."""
        x = examples(shape, rng)
        traced = [link for link in links if link.after is not None]
        try:
            owned = [reader.variables(link) for link in links]
            passed = [v for own in (owned if traced else []) for v in own]
            variables = _once([*passed, *reader.every_variable(model)])
            bounded(sum(math.prod(dimensions(v.shape)) for v in variables), 5)
            drawn = {key(v): _set(reader, v, rng) for v in variables}
            weights = [[drawn[key(variable)] for variable in own] for own in owned]
            answers = reader.answers(model, x, training=False)
            again = reader.answers(model, x, training=False)
            noisy = reader.answers(model, np.repeat(x[:1], 2, axis=0), training=True)
            if noisy.shape != (2, *answers.shape[1:]) or len(answers) != len(x):
                raise ValueError("as many answers as examples")
            if not _steady(noisy, answers):
                noisy = reader.answers(model, np.repeat(x[:1], COPIES, axis=0), training=True)
                if len(noisy) != COPIES:
                    raise ValueError("as many answers as examples")
        except REFUSED:
            return cls(reader, model, shape, links, [()] * len(links), None, True)
        sample = Sample(tuple(drawn.values()), x, answers, noisy)
        return cls(reader, model, shape, links, weights, sample, alike(again, answers))


def _as_seen(trial: Trial) -> Network:
    """The network of a trial's layers; what they say is taken back where it is not so."""
    said = Network(trial.shape, tuple(link.layer for link in trial.links))
    if trial.sample is None:
        layers = tuple(replace(layer, shown=False) for layer in said.layers)
        return _merged(replace(said, layers=layers, doubt=NOT_SO), trial.weights)[0]
    x, answers, noisy = trial.sample.inputs, trial.sample.answers, trial.sample.noisy
    is_noisy = not _steady(noisy, answers)
    if not trial.steady:
        return replace(_unsteady(said, trial), sample=trial.sample)
    weights = list(trial.weights)
    if not _computes(said, weights, x, answers):
        found = _recognised(trial) or recognition.guessed(said, weights, x, answers)
        if found is None:
            said = replace(_one_by_one(said, trial), doubt=NOT_SO, sample=trial.sample)
            return said
        said, weights = found
    merged, weights = _merged(said, weights)
    if said.doubt:
        return replace(merged, sample=trial.sample)
    drops = any(layer.kind == "Dropout" for layer in merged.layers)
    if not drops and not is_noisy:
        return merged
    if noise.fits(merged, weights, x[:1], noisy):
        return merged
    advice = trial.reader.ALWAYS, trial.reader.NEVER
    merged = dropping.blamed(merged, weights, x[:1], noisy, None, advice)
    return replace(merged, sample=trial.sample)


def _unsteady(said: Network, trial: Trial) -> Network:
    """A network whose answers change with each call is shown layer by layer, not as a whole."""
    seen = _recognised(trial)
    if trial.sample is None or seen is None:
        return dropping.unsure(_one_by_one(said, trial))
    merged, weights = _merged(*seen)
    x, noisy = trial.sample.inputs[:1], trial.sample.noisy
    try:
        outside = trial.reader.answers(
            trial.model, np.repeat(x, COPIES, axis=0), training=False
        )
    except REFUSED:
        return dropping.unsure(merged)
    advice = trial.reader.ALWAYS, trial.reader.NEVER
    return dropping.blamed(merged, weights, x, noisy, outside, advice)


def _one_by_one(said: Network, trial: Trial) -> Network:
    """With what each layer does with numbers of its own, where their order is not known."""
    layers = []
    for link, own in zip(trial.links, trial.weights, strict=True):
        h = recognition.fed(link.layer, own)
        try:
            if link.layer.kind == "Dropout":
                ones = np.ones((40, 50), dtype=np.float32)
                kept = trial.reader.by_itself(link, ones, training=True)
                shown = recognition.drops(link.layer, kept)
            else:
                shown = h is not None and alike(
                    trial.reader.by_itself(link, h), step(link.layer, own, h)
                )
        except REFUSED:
            shown = False
        layers.append(replace(link.layer, shown=shown))
    return recognition.unsure(replace(said, layers=tuple(layers)), trial.weights)


def _computes(
    said: Network, weights: Sequence[Sequence[Array]], x: Array, answers: Array
) -> bool:
    try:
        return alike(forward(said, weights, x), answers)
    except Unknown:
        return False


def _recognised(trial: Trial) -> tuple[Network, list[Sequence[Array]]] | None:
    """Each layer by what it computes, fed with what the one before it gave."""
    if trial.sample is None or not any(link.after is not None for link in trial.links):
        return None
    h = trial.sample.inputs
    layers: list[Layer] = []
    for link, own in zip(trial.links, trial.weights, strict=True):
        try:
            y = trial.reader.passed(trial.model, link, h)
        except REFUSED:
            return None
        layers.append(recognition.named(link.layer, own, h, y))
        h = y
    doubt = "" if alike(h, trial.sample.answers) else NOT_SO
    return Network(trial.shape, tuple(layers), doubt), list(trial.weights)


def _merged(
    said: Network, weights: Sequence[Sequence[Array]]
) -> tuple[Network, list[Sequence[Array]]]:
    """Without what does nothing, and each activation with the layer before it."""
    layers: list[Layer] = []
    kept: list[Sequence[Array]] = []
    for layer, own in zip(said.layers, weights, strict=True):
        plain = layer.kind == "Activation" and layer.activation == "linear"
        if layer.kind in IGNORED or plain:
            continue
        before = layers[-1] if layers else None
        takes = before is not None and before.kind in ACTIVATED
        if layer.kind == "Activation" and takes and before and before.activation == "linear":
            layers[-1] = replace(
                before,
                activation=layer.activation,
                shown=before.shown and layer.shown,
                wrong=before.wrong or layer.wrong,
            )
        else:
            layers.append(layer)
            kept.append(own)
    return replace(said, layers=tuple(layers)), kept


def _set(reader: Reader, variable: Any, rng: np.random.Generator) -> Array:
    """Draw a weight and set it; wide layers get large ones, so that what dropout does shows."""
    shape = dimensions(variable.shape)
    if len(shape) < 2:
        array = rng.uniform(0.1, 0.5, shape).astype(np.float32)
    else:
        wide = len(shape) == 2 and min(shape) >= WIDE
        spread = np.float32((4.0 if wide else 1.5) / reader.fed(shape) ** 0.5)
        array = rng.standard_normal(shape, np.float32) * spread
    reader.assign(variable, array)
    return array


def _once(variables: Sequence[Any]) -> list[Any]:
    return list({key(variable): variable for variable in variables}.values())


def _steady(noisy: Array, answers: Array) -> bool:
    """True if copies of the first example all got its answer, in training as well."""
    return all(alike(row[None], answers[:1]) for row in noisy)
