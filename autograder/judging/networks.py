"""Compare networks layer by layer, and how they were compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from autograder.judging import equals
from autograder.judging.outcome import Block
from autograder.model import Evidence
from autograder.networks.nouns import (
    CHANNELS_FIRST,
    OTHER_ACCURACY,
    UNKNOWN,
    Layer,
    Network,
    Training,
)

PARTLY_RIGHT_CREDIT = 0.5  # a layer of the right kind, and something about it is right

_SIZES = {
    "Dense": ("unit", "units"),
    "Conv1D": ("filter", "filters"),
    "Conv2D": ("filter", "filters"),
    "Linear": ("unit", "units"),
    "Conv2d": ("filter", "filters"),
}
_NAMES = {
    "kernel_size": "kernels of the size",
    "pool_size": "windows of the size",
    "strides": "strides of",
    "stride": "a stride of",
    "dilation": "the dilation",
    "groups": "groups:",
    "output_size": "the output size",
    "eps": "eps",
    "padding": "the padding",
    "rate": "the rate",
    "scale": "the scale",
    "offset": "the offset",
}


def compare_networks(wanted: Network, found: Network) -> Iterator[Block]:
    """One block for each layer that is wanted, and for the inputs, the output, all others.

    Layers are numbered as the student's model has them. One that is missing costs itself
    alone: the others are compared with those that they stand for. A network that computes the
    very same with any weights, in training as well, is right whatever it is made of.
    """
    if _computes_the_same(wanted, found):
        yield from (Block(where, 1.0) for where in _places(wanted))
        return
    partners, extra = _aligned(wanted.layers, found.layers)
    layers = []
    for number, layer in enumerate(wanted.layers, 1):
        where = f"layer {number}"
        index = partners.get(number - 1)
        if index is None:
            message = f"A layer is missing: {said(layer)} as layer {number}."
            evidence = Evidence(where, said(layer), "missing")
            layers.append(Block(where, 0.0, message, evidence=evidence))
        else:
            alike = _fed(wanted, number - 1) == _fed(found, index)
            layers.append(_compare_layers(where, index + 1, layer, found.layers[index], alike))
    around: tuple[Block, ...]
    around = (*_compare_ends(wanted, found), _compare_rest(found, extra))
    if not any(layer.credit for layer in layers):  # an empty model has earned nothing yet
        message = found.doubt or "None of the layers is as it should be yet."
        around = tuple(replace(block, credit=0.0, message=message) for block in around)
    yield from (*layers, *around)


def _places(wanted: Network) -> Iterator[str]:
    yield from (f"layer {number}" for number in range(1, len(wanted.layers) + 1))
    yield from ("inputs", "output", "no other layers")


def _computes_the_same(wanted: Network, found: Network) -> bool:
    """True if it is the wanted network, as far as any input and any weights can tell."""
    if wanted == found:
        return True
    if wanted.inputs != found.inputs or any(layer.frozen for layer in found.layers):
        return False
    if found.sample is not None:
        return equals.stands_for(wanted, found.sample)
    as_said = all(layer.shown and not layer.wrong for layer in found.layers)
    return as_said and not found.doubt and equals.same_function(wanted, found)


def compare_trainings(wanted: Training, found: Training) -> Iterator[Block]:
    """One block each for the loss, the optimizer, its settings and what must be measured."""
    if wanted.settings or not wanted.optimizer:
        yield from _compare_steps(wanted, found)
        return
    if found.doubt and found.loss == wanted.loss:
        for name in ("loss", "optimizer", "metrics"):
            yield Block(name, 0.0, found.doubt, evidence=Evidence(name, "seen", "not seen"))
        return
    for name in ("loss", "optimizer"):
        need, have = getattr(wanted, name), getattr(found, name)
        message = f"The {name} is {have}; {need} is needed."
        yield _told(name, need == have, message, need, have, found)
    missing = [name for name in wanted.metrics if name not in found.metrics]
    message = f"Nothing measures the {', '.join(missing)}."
    if OTHER_ACCURACY in found.metrics:
        message = (
            "What is measured as an accuracy is not the share of right answers: "
            'write metrics=["accuracy"].'
        )
    yield _told("metrics", not missing, message, ", ".join(missing), "not measured", found)


def _compare_steps(wanted: Training, found: Training) -> Iterator[Block]:
    """The same of PyTorch's: what the author looks at, and each setting by itself."""
    if wanted.loss:
        yield _of_name("loss", wanted.loss, found.loss)
    if not wanted.optimizer:
        return
    given, asked = dict(found.settings), dict(wanted.settings)
    optimizer = _of_name("optimizer", wanted.optimizer, found.optimizer)
    if optimizer.credit and found.doubt:
        optimizer = replace(optimizer, credit=0.0, message=f"The optimizer: {found.doubt}")
    more = ", ".join(f"{name}={given[name]}" for name in given if name not in asked)
    if optimizer.credit and more:
        message = f"The optimizer has {more}, which is not asked for."
        optimizer = replace(optimizer, credit=0.0, message=message)
    yield optimizer
    for name, need in asked.items():
        have = given.get(name, "the usual one")
        if found.doubt or found.optimizer != wanted.optimizer:
            yield Block(name, 0.0, optimizer.message)
        elif need == have:
            yield Block(name, 1.0)
        else:
            message = f"The optimizer's {name} is {have}; {need} is needed."
            yield Block(
                name, 0.0, message, evidence=Evidence(f"the {name}", str(need), str(have))
            )


def _of_name(where: str, need: str, have: str) -> Block:
    """The block of a loss or an optimizer by its name."""
    if need == have:
        return Block(where, 1.0)
    there = f"The {where} is {have}" if have else f"There is no {where}"
    message = f"{there}; {need} is needed."
    return Block(where, 0.0, message, evidence=Evidence(where, need, have or "none"))


def _told(
    where: str, right: bool, message: str, need: str, have: str, found: Training
) -> Block:
    if right:
        return Block(where, 1.0)
    if found == Training():
        message, have = "The model has not been compiled.", "not compiled"
    return Block(where, 0.0, message, evidence=Evidence(where, need, have))


def said(layer: Layer) -> str:
    """A layer in a few words: "Dense with 64 units and relu"."""
    words = []
    if layer.kind in _SIZES and layer.shape:
        words.append(_sized(layer))
    words += [f"{_NAMES[name]} {value}" for name, value in layer.settings if name == "rate"]
    if layer.activation != "linear":
        words.append(layer.activation)
    return layer.kind + (f" with {' and '.join(words)}" if words else "")


def _aligned(
    wanted: tuple[Layer, ...], found: tuple[Layer, ...]
) -> tuple[dict[int, int], list[int]]:
    """Map each wanted layer to the found one that stands for it, and list the rest.

    Layers are matched exactly first, so that in a row of alike kinds the one that is missing
    is the one that is named, and then by kind between two that match.
    """
    partners: dict[int, int] = {}
    extra: list[int] = []
    exact = SequenceMatcher(None, [_look(x) for x in wanted], [_look(x) for x in found], False)
    for tag, a, b, c, d in exact.get_opcodes():
        if tag == "equal":
            partners.update(zip(range(a, b), range(c, d), strict=True))
            continue
        ours, theirs = ([layer.kind for layer in part] for part in (wanted[a:b], found[c:d]))
        inner = SequenceMatcher(None, ours, theirs, False)
        left = set(range(c, d))
        for block in inner.get_matching_blocks():
            for step in range(block.size):
                partners[a + block.a + step] = c + block.b + step
                left.discard(c + block.b + step)
        extra += sorted(left)
    return partners, extra


def _look(layer: Layer) -> tuple[Any, ...]:
    size = layer.units if layer.kind in _SIZES else None
    return layer.kind, size, layer.activation, layer.settings


def _compare_ends(wanted: Network, found: Network) -> Iterator[Block]:
    """Compare the shapes that the model takes and gives."""
    for where, verb, need, have in (
        ("inputs", "takes examples of", wanted.inputs, found.inputs),
        ("output", "answers with", wanted.output, found.output),
    ):
        if where == "output" and found.doubt:
            yield Block(where, 0.0, found.doubt)
        elif need == have:
            yield Block(where, 1.0)
        else:
            message = f"The model {verb} the shape {have}; {need} is needed."
            yield Block(where, 0.0, message, evidence=Evidence(where, str(need), str(have)))


def _fed(network: Network, index: int) -> tuple[int | None, ...] | None:
    """The shape that a layer gets from the one before it, or from the input."""
    return network.layers[index - 1].shape if index else network.inputs


def _compare_layers(
    where: str, number: int, wanted: Layer, found: Layer, fed_alike: bool
) -> Block:
    """All of its share when everything is right, half when something is.

    The parameters follow from these and from what the layer is fed. When that differs, the
    layer before is to blame, and it has paid already.
    """
    named = f"Layer {number} ({found.kind})"
    points = [found.activation == wanted.activation]
    parts = []
    if found.wrong:
        parts.append(found.wrong)
    elif not found.shown:
        parts.append("could not be seen to compute what it says")
    if found.frozen and wanted.parameters:
        how = "" if found.kind in ("Linear", *CHANNELS_FIRST) else " (trainable=False)"
        parts.append(f"is frozen{how}, so that no training changes its weights")
    if found.activation == UNKNOWN:
        parts.append(f"has an activation that cannot be seen; {wanted.activation} is needed")
    elif wanted.activation != found.activation:
        has = f"uses {found.activation}"
        has = has if found.activation != "linear" else "has no activation"
        needs = wanted.activation if wanted.activation != "linear" else "none"
        parts.append(f"{has}; {needs} is needed")
    if wanted.kind in _SIZES:
        right = wanted.units is not None and found.units == wanted.units
        points.append(right)
        if not right:
            parts.append(f"has {_sized(found)}; {_size(wanted)} are needed")
    given = dict(found.settings)
    for name, value in wanted.settings:
        points.append(given.get(name) == value)
        if given.get(name) != value:
            parts.append(f"has {_NAMES[name]} {given.get(name)}; {value} is needed")
    if not parts and fed_alike and wanted.parameters != found.parameters:
        parts.append(
            f"has {found.parameters:,} parameters; {wanted.parameters:,} are needed. Does it "
            "have its biases?"
        )
    if not parts:
        return Block(where, 1.0)
    earns = found.shown and not found.wrong and any(points)
    return Block(
        where,
        PARTLY_RIGHT_CREDIT if earns else 0.0,
        f"{named} {', and '.join(parts)}.".replace("?.", "?"),
        evidence=Evidence(where, said(wanted), said(found)),
    )


def _compare_rest(found: Network, extra: list[int]) -> Block:
    if not extra and found.doubt:
        return Block("no other layers", 0.0, found.doubt)
    if not extra:
        return Block("no other layers", 1.0)
    names = ", ".join(f"layer {index + 1} ({said(found.layers[index])})" for index in extra)
    more = "One layer is" if len(extra) == 1 else f"{len(extra)} layers are"
    return Block(
        "no other layers",
        0.0,
        f"{more} not asked for: {names}.",
        evidence=Evidence("no other layers", "none", names),
    )


def _size(layer: Layer) -> Any:
    return layer.units if layer.units is not None else "?"


def _sized(layer: Layer) -> str:
    one, many = _SIZES[layer.kind]
    return f"{_size(layer)} {one if _size(layer) == 1 else many}"


COMPARERS: Mapping[type, Callable[[Any, Any], Iterator[Block]]] = {
    Network: compare_networks,
    Training: compare_trainings,
}
