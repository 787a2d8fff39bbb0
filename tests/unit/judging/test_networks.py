"""Networks compared layer by layer, from plain data: no library is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.judging.networks import compare_networks, compare_trainings, said
from autograder.networks.nouns import OTHER_ACCURACY, UNKNOWN, Layer, Network, Training

FIRST = Layer("Dense", (8,), 40, "relu")
DROPS = Layer("Dropout", (8,), 0, settings=(("rate", 0.2),))
LAST = Layer("Dense", (3,), 27, "softmax")
WANTED = Network((4,), (FIRST, DROPS, LAST))


def credits(found: Network) -> dict[str, float]:
    """What each block earns."""
    return {block.where: block.credit for block in compare_networks(WANTED, found)}


def message(found: Network, where: str) -> str:
    """What is said of one block."""
    return next(b.message for b in compare_networks(WANTED, found) if b.where == where)


def test_the_same_network_earns_all():
    """A block for each layer, the inputs, the output and all others."""
    assert credits(WANTED) == dict.fromkeys(
        ("layer 1", "layer 2", "layer 3", "inputs", "output", "no other layers"), 1.0
    )


def test_a_missing_layer_costs_itself_alone():
    """The layer after it is compared with the one that it stands for."""
    found = Network((4,), (FIRST, LAST))
    assert credits(found) == {**credits(WANTED), "layer 2": 0.0}
    assert message(found, "layer 2") == (
        "A layer is missing: Dropout with the rate 0.2 as layer 2."
    )


def test_layers_that_nobody_asked_for_are_named():
    """One or several, with their places in the student's model."""
    more = Layer("BatchNormalization", (8,), 32)
    one = Network((4,), (FIRST, more, DROPS, LAST))
    assert credits(one) == {**credits(WANTED), "no other layers": 0.0}
    assert (
        message(one, "no other layers")
        == "One layer is not asked for: layer 2 (BatchNormalization)."
    )
    two = Network((4,), (FIRST, more, more, DROPS, LAST))
    assert message(two, "no other layers").startswith("2 layers are not asked for: layer 2")


@pytest.mark.parametrize(
    ("layer", "credit", "words"),
    [
        (
            replace(LAST, activation="relu"),
            0.5,
            "Layer 3 (Dense) uses relu; softmax",
        ),
        (replace(LAST, activation="linear"), 0.5, "has no activation; softmax is needed."),
        (replace(LAST, activation=UNKNOWN), 0.5, "has an activation that cannot be seen"),
        (replace(LAST, shape=(1,), parameters=9), 0.5, "has 1 unit; 3 are needed."),
        (replace(LAST, frozen=True), 0.5, "is frozen (trainable=False)"),
        (replace(LAST, parameters=24), 0.5, "has 24 parameters; 27 are needed. Does it have"),
        (
            replace(LAST, wrong="adds 1", activation="relu"),
            0.0,
            "(Dense) adds 1, and uses relu",
        ),
        (replace(LAST, shown=False, activation="relu"), 0.0, "could not be seen to compute"),
        (
            replace(LAST, shape=(5,), activation="relu"),
            0.0,
            "relu; softmax is needed, and",
        ),
    ],
)
def test_a_layer_that_differs(layer: Layer, credit: float, words: str):
    """Half for the right kind with something right about it; nothing for what was not seen."""
    found = Network((4,), (FIRST, DROPS, layer))
    assert credits(found)["layer 3"] == credit
    assert words in message(found, "layer 3")


def test_what_a_layer_is_fed_is_the_fault_of_the_one_before():
    """Only the first layer pays for its size; the parameters of the next follow from it."""
    found = Network(
        (4,),
        (replace(FIRST, shape=(5,)), replace(DROPS, shape=(5,)), replace(LAST, parameters=18)),
    )
    assert credits(found) == {**credits(WANTED), "layer 1": 0.5}


def test_ends_are_compared():
    """What it takes and what it answers with, unless the whole is in doubt."""
    found = Network((9,), (FIRST, DROPS, replace(LAST, shape=(2,))))
    assert message(found, "inputs") == (
        "The model takes examples of the shape (9,); (4,) is needed."
    )
    assert credits(found)["output"] == 0.0
    doubted = replace(WANTED, doubt="It adds its inputs.")
    assert credits(doubted)["output"] == credits(doubted)["no other layers"] == 0.0
    assert message(doubted, "output") == "It adds its inputs."


def test_an_empty_model_earns_nothing():
    """Its inputs alone are no work."""
    assert set(credits(Network((4,), ())).values()) == {0.0}


def test_layers_in_words():
    """Sizes, rates and activations where there are any."""
    assert said(FIRST) == "Dense with 8 units and relu"
    assert said(Layer("Conv2D", (4, 4, 1), 10)) == "Conv2D with 1 filter"
    assert said(Layer("Flatten", (8,), 0)) == "Flatten"


def test_trainings():
    """A block each for loss, optimizer and metrics; what was not compiled says so."""
    wanted = Training("mse", "adam", ("accuracy",))

    def earned(found: Training) -> list[float]:
        return [block.credit for block in compare_trainings(wanted, found)]

    assert earned(wanted) == [1.0, 1.0, 1.0]
    assert earned(replace(wanted, optimizer="sgd")) == [1.0, 0.0, 1.0]
    assert earned(replace(wanted, metrics=("accuracy", "mae"))) == [1.0, 1.0, 1.0]
    assert earned(replace(wanted, metrics=())) == [1.0, 1.0, 0.0]
    assert earned(replace(wanted, doubt="It raised.")) == [0.0, 0.0, 0.0]
    blocks = list(compare_trainings(wanted, Training()))
    assert {block.message for block in blocks} == {"The model has not been compiled."}


def test_parameters_are_counted_where_the_layer_is_fed_alike():
    """By the layer before it, however wrong the one before that is."""
    found = Network((4,), (replace(FIRST, shape=(5,)), DROPS, replace(LAST, parameters=24)))
    assert "has 24 parameters" in message(found, "layer 3")
    first = Network((4,), (replace(FIRST, parameters=32), DROPS, LAST))
    assert "has 32 parameters" in message(first, "layer 1")


def test_a_frozen_layer_with_nothing_right_earns_nothing():
    """That it is frozen is no merit."""
    found = replace(LAST, frozen=True, activation="relu", shape=(2,))
    assert credits(Network((4,), (FIRST, DROPS, found)))["layer 3"] == 0.0


def test_what_nothing_measures_is_named():
    """Another measure that is called an accuracy is told from none."""
    wanted = Training("mse", "adam", ("accuracy", "mae"))

    def told(*metrics: str) -> str:
        return list(compare_trainings(wanted, replace(wanted, metrics=metrics)))[2].message

    assert told("loss") == "Nothing measures the accuracy, mae."
    assert told("mae", OTHER_ACCURACY).startswith("What is measured as an accuracy is not")
