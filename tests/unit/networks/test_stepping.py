"""A PyTorch loss and optimizer, named by what they compute and how they move weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.errors import WrongAnswer
from autograder.judging.networks import compare_trainings
from autograder.networks import gradients, set_state, state, training
from autograder.networks.nouns import Training

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
nn, F, optim = torch.nn, torch.nn.functional, torch.optim

Make = Callable[[Any], Any]


def read(make: Make | None = None, loss: Any = None) -> Training:
    """The training of a small model with this optimizer and this loss."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
    optimizer = make(model) if make else None
    return training(model, np.random.default_rng(2), loss=loss, optimizer=optimizer)


class Lying(optim.SGD):
    """An optimizer that says less than it does."""

    def step(self, closure: Any = None) -> None:
        """Make two steps."""
        super().step()
        super().step()


Lying.__name__ = "SGD"


@pytest.mark.filterwarnings("ignore:Using a target size")
@pytest.mark.parametrize(
    ("loss", "name"),
    [
        (nn.CrossEntropyLoss(), "CrossEntropyLoss"),
        (F.cross_entropy, "CrossEntropyLoss"),
        (lambda z, y: F.nll_loss(F.log_softmax(z, 1), y), "CrossEntropyLoss"),
        (nn.CrossEntropyLoss(reduction="sum"), "CrossEntropyLoss, added up"),
        (nn.CrossEntropyLoss(reduction="none"), "CrossEntropyLoss, not averaged"),
        (lambda z, y: F.cross_entropy(z.softmax(1), y), "CrossEntropyLoss after a softmax"),
        (nn.NLLLoss(), "NLLLoss"),
        (nn.MSELoss(), "MSELoss"),
        (lambda z, y: ((z - y) ** 2).mean(), "MSELoss"),
        (nn.L1Loss(), "L1Loss"),
        (nn.BCELoss(), "BCELoss"),
        (nn.BCEWithLogitsLoss(), "BCEWithLogitsLoss"),
        (lambda z, y: F.binary_cross_entropy(z.sigmoid(), y), "BCEWithLogitsLoss"),
        (lambda z: z, "one that takes no answers and labels"),
    ],
)
def test_a_loss_is_named_by_what_it_gives(loss: Any, name: str) -> None:
    """However it is written; a softmax too many and a missing mean show in the name."""
    assert read(loss=loss).loss == name


@pytest.mark.parametrize(
    ("make", "settings"),
    [
        (lambda m: optim.SGD(m.parameters(), 0.1), {"lr": 0.1}),
        (
            lambda m: optim.SGD(m.parameters(), 0.1, 0.9, nesterov=True, weight_decay=0.2),
            {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.2, "nesterov": True},
        ),
        (lambda m: optim.Adam(m.parameters()), {"lr": 0.001}),
        (
            lambda m: optim.Adam(m.parameters(), 0.1, (0.5, 0.9), weight_decay=1, amsgrad=True),
            {"lr": 0.1, "betas": (0.5, 0.9), "weight_decay": 1, "amsgrad": True},
        ),
        (lambda m: optim.AdamW(m.parameters(), 0.01), {"lr": 0.01}),
        (
            lambda m: optim.RMSprop(m.parameters(), 0.1, momentum=0.5, centered=True),
            {"lr": 0.1, "momentum": 0.5, "centered": True},
        ),
        (
            lambda m: optim.SGD(
                [{"params": m[0].parameters()}, {"params": m[2].parameters(), "lr": 0.5}], 0.1
            ),
            {"lr of group 1": 0.1, "lr of group 2": 0.5},
        ),
    ],
)
def test_an_optimizer_is_seen_with_its_settings(make: Make, settings: dict[str, Any]) -> None:
    """Three steps show each of them."""
    found = read(make)
    assert (dict(found.settings), found.doubt) == (settings, "")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda m: optim.SGD(m.parameters(), 0.2, 0.9), "lr is 0.2; 0.1 is needed"),
        (lambda m: optim.SGD(m.parameters(), 0.1), "momentum is the usual one; 0.9 is needed"),
        (lambda m: optim.Adam(m.parameters(), 0.1), "is Adam; SGD is needed"),
        (
            lambda m: optim.SGD(m.parameters(), 0.1, 0.9, weight_decay=0.1),
            "has weight_decay=0.1, which is not asked for",
        ),
        (lambda m: Lying(m.parameters(), 0.1, 0.9), "do not move the weights"),
        (lambda m: optim.SGD(m[0].parameters(), 0.1, 0.9), "moves 2 of the model's 4 weights"),
        (
            lambda m: optim.SGD(nn.Linear(3, 2).parameters(), 0.1, 0.9),
            "moves none of the model's 4 weights",
        ),
        (lambda m: optim.Adamax(m.parameters()), "is Adamax; SGD is needed"),
        (lambda m: m, "is Sequential; SGD is needed"),
    ],
)
def test_a_wrong_optimizer_is_told_what_is_wrong(make: Make, said: str) -> None:
    """Each setting is worth its own share."""
    wanted = read(lambda m: optim.SGD(m.parameters(), 0.1, 0.9))
    assert all(block.credit for block in compare_trainings(wanted, wanted))
    missed = [b.message for b in compare_trainings(wanted, read(make)) if b.credit < 1]
    assert any(said in message for message in missed), missed


def test_weights_are_read_and_set_by_their_names() -> None:
    """Buffers among them; a gradient that was never computed is None."""
    model = nn.Sequential(nn.Linear(2, 1), nn.BatchNorm1d(1))
    set_state(model, {"0.weight": [[2, 3]], "0.bias": np.array([1.0])})
    found = state(model)
    assert found["0.weight"].tolist() == [[2, 3]]
    assert found["1.running_mean"].tolist() == [0]
    assert gradients(model)["0.weight"] is None
    model[0](torch.ones(1, 2)).sum().backward()
    slopes = gradients(model)["0.weight"]
    assert slopes is not None
    assert slopes.tolist() == [[1, 1]]
    with pytest.raises(
        WrongAnswer, match=r"a weight 0.bias of the shape \(2,\); it has \(1,\)"
    ):
        set_state(model, {"0.bias": [1, 2]})
