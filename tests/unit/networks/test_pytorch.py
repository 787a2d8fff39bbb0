"""PyTorch modules are read and proved as Keras models are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from autograder.errors import WrongAnswer
from autograder.judging.networks import compare_networks
from autograder.networks import network
from autograder.networks.forward import Unknown, step
from autograder.networks.nouns import Network
from autograder.sandbox.wire.named import Label, labelled

torch = pytest.importorskip(
    "torch", reason="PyTorch is not installed (pip install '.[pytorch]')"
)

INPUTS = (1, 14, 14)
PARTS = """
import torch
from torch import nn
from torch.nn import functional as F

class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, padding=1)
        self.hidden = nn.Linear(8 * 7 * 7, 300)
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(300, 10)
"""
FIRST = "F.max_pool2d(F.relu(self.conv(x)), 2)"
SECOND = "self.out(self.drop(F.relu(self.hidden(x))))"


def forward(*lines: str, more: str = "") -> str:
    """A class with this forward pass, and further lines of its __init__."""
    body = "\n        ".join(lines)
    return (
        f"{PARTS}\nclass Net(Whole):\n    def __init__(self):\n        super().__init__()\n"
        f"        {more or 'pass'}\n    def forward(self, x):\n        {body}\n"
    )


def stack(*parts: str) -> str:
    """A Sequential of these."""
    return f"{PARTS}\ndef Net():\n    return nn.Sequential({', '.join(parts)})\n"


LAYERS = (
    "nn.Conv2d(1, 8, 3, padding=1)", "nn.ReLU()", "nn.MaxPool2d(2)", "nn.Flatten()",
    "nn.Linear(392, 300)", "nn.ReLU()", "nn.Dropout(0.3)", "nn.Linear(300, 10)",
)  # fmt: skip


def swapped(place: int, *parts: str) -> str:
    """The Sequential with other layers in one place."""
    return stack(*LAYERS[:place], *parts, *LAYERS[place + 1 :])


RIGHT = {
    "Sequential": stack(*LAYERS),
    "a class": forward(f"x = {FIRST}.flatten(1)", f"return {SECOND}"),
    "view": forward(f"x = {FIRST}", "x = x.view(x.size(0), -1)", f"return {SECOND}"),
    "reshape with shape": forward(
        f"x = {FIRST}", "x = x.reshape(x.shape[0], -1)", f"return {SECOND}"
    ),
    "view with numbers": forward(f"x = {FIRST}.view(-1, 392)", f"return {SECOND}"),
    "torch.flatten": forward(f"x = torch.flatten({FIRST}, 1)", f"return {SECOND}"),
    "relu as a method": forward(
        "x = F.max_pool2d(self.conv(x).relu(), 2).flatten(1)",
        "return self.out(self.drop(self.hidden(x).relu()))",
    ),
    "relu after the pooling": forward(
        "x = F.relu(F.max_pool2d(self.conv(x), 2)).flatten(1)", f"return {SECOND}"
    ),
    "a functional dropout": forward(
        f"x = {FIRST}.flatten(1)",
        "return self.out(F.dropout(F.relu(self.hidden(x)), 0.3, training=self.training))",
    ),
    "weights of its own": forward(
        f"x = {FIRST}.flatten(1)",
        "return self.out(self.drop(F.relu(F.linear(x, self.w, self.b))))",
        more="self.w = nn.Parameter(torch.zeros(300, 392)); "
        "self.b = nn.Parameter(torch.zeros(300)); del self.hidden",
    ),
    "an if on numbers": forward(
        f"x = {FIRST}.flatten(1)", "x = x * 2 if x.sum() > 1e9 else x", f"return {SECOND}"
    ),
    "a block of its own": stack(f"nn.Sequential({', '.join(LAYERS[:3])})", *LAYERS[3:]),
    "padding in words": swapped(0, 'nn.Conv2d(1, 8, 3, padding="same")'),
    "an Identity": swapped(3, "nn.Flatten()", "nn.Identity()"),
    "a loop over layers": forward(
        "for layer in self.layers: x = layer(x)",
        "return x",
        more=f"self.layers = nn.ModuleList([{', '.join(LAYERS)}]); "
        "del self.conv, self.hidden, self.out",
    ),
}
WRONG = {
    "softmax before the cross-entropy": (
        forward(f"x = {FIRST}.flatten(1)", f"return F.softmax({SECOND}, dim=1)"),
        "Layer 6 (Linear) uses softmax; none is needed.",
    ),
    "softmax over the batch": (
        forward(f"x = {FIRST}.flatten(1)", f"return F.softmax({SECOND}, dim=0)"),
        "softmax along the axis 0",
    ),
    "no relu": (
        forward("x = F.max_pool2d(self.conv(x), 2).flatten(1)", f"return {SECOND}"),
        "Layer 1 (Conv2d) has no activation; relu is needed.",
    ),
    "always dropped": (
        forward(
            f"x = {FIRST}.flatten(1)", "return self.out(F.dropout(F.relu(self.hidden(x)), 0.3))"
        ),
        "Layer 5 (Dropout) drops numbers outside of training as well",
    ),
    "never dropped": (
        forward(
            f"x = {FIRST}.flatten(1)",
            "return self.out(F.dropout(F.relu(self.hidden(x)), 0.3, training=False))",
        ),
        "Layer 5 (Dropout) drops nothing in training. Use nn.Dropout",
    ),
    "another rate": (swapped(6, "nn.Dropout(0.7)"), "the rate 0.7; 0.3 is needed"),
    "no padding": (
        stack("nn.Conv2d(1, 8, 3)", *LAYERS[1:4], "nn.Linear(288, 300)", *LAYERS[5:]),
        "Layer 1 (Conv2d) has the padding (0, 0); (1, 1) is needed.",
    ),
    "other filters": (
        stack(
            "nn.Conv2d(1, 4, 3, padding=1)", *LAYERS[1:4], "nn.Linear(196, 300)", *LAYERS[5:]
        ),
        "Layer 1 (Conv2d) has 4 filters; 8 are needed.",
    ),
    "other units": (
        stack(*LAYERS[:4], "nn.Linear(392, 200)", *LAYERS[5:7], "nn.Linear(200, 10)"),
        "Layer 4 (Linear) has 200 units; 300 are needed.",
    ),
    "no bias": (swapped(7, "nn.Linear(300, 10, bias=False)"), "Does it have its biases?"),
    "average pooling": (swapped(2, "nn.AvgPool2d(2)"), "A layer is missing: MaxPool2d"),
    "frozen": (
        forward(
            f"x = {FIRST}.flatten(1)",
            f"return {SECOND}",
            more="self.out.requires_grad_(False)",
        ),
        "is frozen",
    ),
    "no gradient": (
        forward(f"x = {FIRST}.flatten(1)", f"with torch.no_grad(): return {SECOND}"),
        "is frozen, so that no training changes its weights",
    ),
    "a name that lies": (
        f"{PARTS}\nclass Linear(nn.Module):\n    __module__ = 'torch.nn'\n"
        "    def __init__(self):\n        super().__init__()\n"
        "        self.weight = nn.Parameter(torch.zeros(300, 392))\n"
        "        self.bias = nn.Parameter(torch.zeros(300))\n"
        "    def forward(self, x):\n        return torch.zeros(len(x), 300) + self.bias\n"
        f"def Net():\n    return nn.Sequential({', '.join(LAYERS[:4])}, Linear(), "
        f"{', '.join(LAYERS[5:])})\n",
        "does not compute what its name says",
    ),
    "noise": (
        forward(f"x = {FIRST}.flatten(1)", f"return {SECOND} + torch.randn(10)"),
        "answers change with each call",
    ),
    "no relu between": (
        forward(f"x = {FIRST}.flatten(1)", "return self.out(self.drop(self.hidden(x)))"),
        "Layer 4 (Linear) has no activation; relu is needed.",
    ),
}


def read(text: str) -> Network:
    """The network that a text makes."""
    names: dict[str, type] = {}
    exec(compile(text, "net.py", "exec"), names)
    return network(names["Net"](), INPUTS, np.random.default_rng(1))


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """As in a guest."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def wanted() -> Network:
    """What the reference makes."""
    return read(RIGHT["Sequential"])


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_module_is_right_however_it_is_written(name: str, wanted: Network) -> None:
    """Each of its blocks earns everything."""
    assert [
        b.message for b in compare_networks(wanted, read(RIGHT[name])) if b.credit < 1
    ] == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_module_is_told_what_is_wrong(name: str, wanted: Network) -> None:
    """It misses points, and the words say why."""
    text, said = WRONG[name]
    missed = [b.message for b in compare_networks(wanted, read(text)) if b.credit < 1]
    assert any(said in message for message in missed), missed


def test_a_normalization_computes_and_keeps_its_numbers() -> None:
    """In training it counts, and what it counted is gone afterwards."""
    found = read(stack("nn.Flatten()", "nn.BatchNorm1d(196)", "nn.Linear(196, 3)"))
    assert [(each.kind, each.shown) for each in found.layers] == [
        ("Flatten", True),
        ("BatchNorm1d", True),
        ("Linear", True),
    ]


def test_a_module_that_branches_is_compared_by_what_it_computes() -> None:
    """Layers are read as they were made, and the whole is in doubt."""
    text = forward(
        f"x = {FIRST}.flatten(1)",
        f"return {SECOND} + self.skip(x)",
        more="self.skip = nn.Linear(392, 10)",
    )
    found = read(text)
    assert found.doubt
    assert found == read(text)


@pytest.mark.parametrize(
    "line",
    ["return self.out(x.flatten(1) / 0)", "return self.out(x.flatten(1) * 1e300)"],
)
def test_odd_factors_are_no_fault_of_ours(line: str) -> None:
    """A module that divides by zero is in doubt, and nothing is raised."""
    assert read(forward(line, more="self.out = nn.Linear(196, 10)")).doubt


def test_a_huge_padding_is_not_built_here(wanted: Network) -> None:
    """What would take gigabytes is unknown."""
    layer = replace(wanted.layers[0], settings=(
        ("kernel_size", (3, 3)), ("stride", (1, 1)), ("padding", (1 << 20, 1 << 20)),
        ("dilation", (1, 1)), ("groups", 1),
    ))  # fmt: skip
    own = [np.zeros((8, 1, 3, 3), np.float32)]
    with pytest.raises(Unknown):
        step(layer, own, np.zeros((4, 1, 14, 14), np.float32))


def test_a_class_in_place_of_a_model_is_refused() -> None:
    """`return Net` in place of `return Net()`."""
    with pytest.raises(WrongAnswer, match="A model is needed here"):
        network(torch.nn.Linear, INPUTS, np.random.default_rng(1))


def test_a_tuple_with_a_models_attributes_is_no_model() -> None:
    """It is data here, so no library is imported here for it."""
    label = Label("Net", True, ("named_parameters", "training"))
    with pytest.raises(WrongAnswer, match="a value of type OwnTuple came"):
        network(labelled((list, True), label), INPUTS, np.random.default_rng(1))
