"""The layers of a model that drop numbers, in training and outside of it.

Its answers to copies of one example spread as those of one choice of its dropout layers, where
one choice alone explains them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.networks import noise
from autograder.networks.nouns import Array, Network

MOST_DROPOUTS = 3  # each choice of them is tried
DRAWS = 512  # for each choice; with it, the spread varies by 2.3 %
TOLERANCE = 0.08

ALWAYS = (
    "drops numbers outside of training as well: the same image gets another answer with each "
    "call"
)
NEVER = "drops nothing in training"
TURNED = "drops numbers outside of training, and none in training"
UNSEEN = {  # by whether the model is unsteady outside of training
    True: "could not be seen to drop as it says: the model draws random numbers outside of "
    "training, so that its answers change with each call",
    False: "could not be seen to drop as it says: in training, the model's answers do not "
    "spread as they should",
}
RANDOM = (
    "The model draws random numbers outside of training: its answers change with each call."
)
OTHERWISE = (
    "In training, the model's answers do not spread as they do where its Dropout layers drop "
    "each number for itself at their rates."
)
NOISY = "In training the model answers differently than outside of it, and it has no Dropout."


def blamed(
    said: Network,
    weights: Sequence[Sequence[Array]],
    x: Array,
    training: Array,
    outside: Array | None,
    advice: tuple[str, str] = ("", ""),
) -> Network:
    """The network with what its dropout layers do otherwise than they should.

    x          one example (1, ...).
    training   answers to copies of it, in training.
    outside    the same outside of training; None where the model is steady there.
    advice     what to do about one that always drops, and about one that never does.

    Where it cannot be told which layer does it, none is named: they are not shown to do what
    they say, and the whole is in doubt.
    """
    places = _places(said)
    if not places:
        return replace(said, doubt=NOISY if outside is None else RANDOM)
    in_training = _dropping(said, weights, x, training, places)
    elsewhere = set() if outside is None else _dropping(said, weights, x, outside, places)
    if in_training is None or elsewhere is None:
        return _unsure(said, places, unsteady=outside is not None)
    layers = list(said.layers)
    for place in places:
        wrong = _wrong(place in in_training, place in elsewhere, advice)
        layers[place] = replace(layers[place], wrong=wrong) if wrong else layers[place]
    return replace(said, layers=tuple(layers), doubt="")


def unsure(said: Network) -> Network:
    """A network that draws random numbers outside of training, nobody knows where."""
    return _unsure(said, _places(said), unsteady=True)


def _places(said: Network) -> list[int]:
    return [i for i, layer in enumerate(said.layers) if layer.kind == "Dropout"]


def _wrong(in_training: bool, elsewhere: bool, advice: tuple[str, str]) -> str:
    always, never = (f". {each}" if each else "" for each in advice)
    if elsewhere:
        return ALWAYS + always if in_training else TURNED
    return "" if in_training else NEVER + never


def _unsure(said: Network, places: Sequence[int], unsteady: bool) -> Network:
    layers = list(said.layers)
    for place in places:
        layers[place] = replace(layers[place], shown=False, wrong=UNSEEN[unsteady])
    return replace(said, layers=tuple(layers), doubt=RANDOM if unsteady else OTHERWISE)


def _dropping(
    said: Network,
    weights: Sequence[Sequence[Array]],
    x: Array,
    answers: Array,
    places: Sequence[int],
) -> set[int] | None:
    """The dropout layers that explain the answers; None where no choice does, or several."""
    if len(places) > MOST_DROPOUTS:
        return None
    fitting = [
        chosen
        for chosen in _choices(places)
        if noise.fits(_only(said, places, chosen), weights, x, answers, DRAWS, TOLERANCE)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _choices(places: Sequence[int]) -> Iterator[set[int]]:
    for count in range(len(places) + 1):
        yield from map(set, itertools.combinations(places, count))


def _only(said: Network, places: Sequence[int], chosen: set[int]) -> Network:
    """The network where no other layer drops anything."""
    layers = list(said.layers)
    for place in places:
        if place not in chosen:
            layers[place] = replace(layers[place], settings=(("rate", 0),))
    return replace(said, layers=tuple(layers))
