"""Weights that were handed in, and models that were made to be looked at: hostile ones.

None is a fault of ours, none earns a point, and no label or number reaches a submission.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Limits, Status, Verdict
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import make_course, submission

pytest.importorskip("torch", reason="PyTorch is not installed (pip install '.[pytorch]')")
safetensors = pytest.importorskip("safetensors.numpy")

SOLUTION = """
import torch
from torch import nn

def build():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 1))
"""
CHECKS = '''
import numpy as np
from autograder.authoring import (
    accuracy, check, gradients, handed_in, held_out, library, network, set_state, state
)

@held_out(points=10, of="build", cutoffs={0.6: 0, 0.9: 1})
def trained(solution, given, rng):
    """The weights that were handed in, on points that nobody has seen"""
    model = library(solution, "torch").nn.Linear(2, 1)
    set_state(model, handed_in(solution, "model.safetensors"))
    X = rng.normal(size=(80, 2)).astype("f4")
    scores = model(library(solution, "torch").from_numpy(X)).detach()
    return accuracy(np.asarray(scores).ravel() > 0, X[:, 0] > 0)

@check(points=10, of="build")
def built(solution, given, rng):
    """A network"""
    return network(solution.build(), (2,), rng)

@check(points=10, of="build")
def moved(solution, given, rng):
    """A network with other weights answers"""
    model = solution.build()
    set_state(model, {"0.weight": rng.normal(size=(1, 2)), "0.bias": rng.normal(size=1)})
    x = library(solution, "torch").from_numpy(rng.normal(size=(5, 2)).astype("f4"))
    return np.asarray(model(x).detach())

@check(points=10, of="build")
def named(solution, given, rng):
    """The weights and their names"""
    return {name: array.shape for name, array in state(solution.build()).items()}

@check(points=10, of="build")
def sloped(solution, given, rng):
    """The gradients and their names"""
    model = solution.build()
    model(library(solution, "torch").ones(3, 2)).sum().backward()
    return {name: slope for name, slope in gradients(model).items()}
'''
NAME = "model.safetensors"
RIGHT = {"weight": np.array([[1.0, 0.0]], "f4"), "bias": np.zeros(1, "f4")}
BIT = np.ones(1, "u1")
EVIL = "\x1b]0;t\x07\u202e<script>weight"


def raw(header: object, data: bytes = b"", length: int | None = None) -> bytes:
    """A file of these bytes, whatever its header says."""
    said = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(said) if length is None else length) + said + data


def tensor(start: int, end: int, *shape: int, kind: str = "F32") -> dict[str, object]:
    """What a header says of one tensor."""
    return {"dtype": kind, "shape": list(shape), "data_offsets": [start, end]}


FILES = {
    "nothing": b"",
    "a header of 8 EB": raw(b"{}", length=1 << 63),
    "a header longer than the file": raw(b"{}", length=1 << 20),
    "a header that is no JSON": raw(b"[" * 100_000),
    "a header of a list": raw([1, 2]),
    "no tensors": raw({}),
    "offsets behind the end": raw({"weight": tensor(0, 1 << 40, 1 << 38)}, bytes(8)),
    "offsets that overlap": raw(
        {"weight": tensor(0, 8, 1, 2), "bias": tensor(4, 8, 1)}, bytes(8)
    ),
    "offsets that run backwards": raw({"weight": tensor(8, 0, 1, 2)}, bytes(8)),
    "a shape of 10**18": raw({"weight": tensor(0, 8, 10**9, 10**9)}, bytes(8)),
    "a negative shape": raw({"weight": tensor(0, 8, -1, 2)}, bytes(8)),
    "a type that there is not": raw({"weight": tensor(0, 8, 1, 2, kind="EVIL")}, bytes(8)),
    "a type that NumPy has not": raw({"weight": tensor(0, 4, 1, 2, kind="BF16")}, bytes(4)),
    "a word of its own": raw({"__metadata__": {"a": EVIL}, EVIL: tensor(0, 8, 1, 2)}, bytes(8)),
    "NaN": safetensors.save({**RIGHT, "weight": np.full((1, 2), np.nan, "f4")}),
    "another shape": safetensors.save({**RIGHT, "weight": np.ones((2, 1), "f4")}),
    "another name": safetensors.save({**RIGHT, EVIL: np.ones(1, "f4")}),
    "no name": safetensors.save({"": np.ones(1, "f4")}),
    "the name of an attribute": safetensors.save({"__class__": np.ones(1, "f4")}),
    "ten thousand tensors": safetensors.save(dict.fromkeys(map(str, range(10_000)), BIT)),
    "more than a frame": safetensors.save({"weight": np.zeros((600, 800), "f4")}),
    "a pickle": b"\x80\x04cos\nsystem\n(S'touch /tmp/x'\ntR.",
}  # fmt: skip
OBJECTS = {
    "a module without weights": "nn.Module()",
    "a class": "nn.Linear",
    "another size": "nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 2))",
    "a tensor": "torch.ones(3)",
    "a tensor without numbers": "torch.ones(3, device='meta')",
    "names without end": "Named((f'n{n}', torch.ones(1)) for n in itertools.count())",
    "names that are none": "Named([5, None, ('a',), (b'0.weight', torch.ones(1, 2))])",
    "names that control a terminal": f"Named([({EVIL!r}, torch.ones(1))])",
    "weights that lie about their shape": "Named([('0.weight', Lying()), ('0.bias', Lying())])",
    "answers of another kind": "Named([], lambda x: [x, 'x', {1: x}])",
    "answers without end": "Named([], lambda x: torch.ones(1).expand(10**12))",
    "answers that agree": "Named([], lambda x: Lying())",
}
PRELUDE = """
import itertools

class Lying:
    shape = (1, 2)
    data = grad = property(lambda self: self)
    training = requires_grad = True
    __array_ufunc__ = None
    def __getattr__(self, name):
        return object.__getattribute__(self, name) if name.startswith("__") else self
    def __call__(self, *given, **named):
        return self
for each in "eq lt le gt ge contains".split():
    setattr(Lying, f"__{each}__", lambda self, other: True)

class Named(nn.Module):
    def __init__(self, pairs, answer=lambda x: x):
        super().__init__()
        self.pairs, self.answer = pairs, answer
    def named_parameters(self, *given, **named):
        return self.pairs
    named_buffers = named_parameters
    def forward(self, x):
        return self.answer(x)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assignment, Sandbox]]:
    """A course with PyTorch and a file of weights, and a sandbox that has loaded it."""
    root = tmp_path_factory.mktemp("trained")
    written = make_course(root, solution=SOLUTION, misconceptions="", checks=CHECKS, points=50)
    settings = written.folder / "assignment.toml"
    more = 'preload = ["numpy", "torch"]\nextra_files = ["*.safetensors"]\n'
    settings.write_text(more + settings.read_text())
    (root / "reference" / "small" / NAME).write_bytes(safetensors.save(RIGHT))
    found = course.load(root).assignment("small")
    limits = Limits(seconds=10, load_seconds=20, megabytes=2000)
    found = replace(found, settings=msgspec.structs.replace(found.settings, limits=limits))
    with Sandbox(limits=limits, preload=found.settings.preload) as sandbox:
        yield found, sandbox


def graded(
    made: tuple[Assignment, Sandbox], text: str, file: bytes | None
) -> dict[str, Verdict]:
    """The verdicts on a submission with this file beside it; none is our fault."""
    assignment, sandbox = made
    files = () if file is None else ((NAME, file),)
    handed = msgspec.structs.replace(submission(text), files=files)
    report = grade(handed, assignment, sandbox=sandbox)
    for one in report.checks:
        assert one.status is not Status.GRADER_FAULT, one.message
        said = one.message + one.hint
        assert said.replace("\n", "").isprintable()
        assert len(said) < 2_000
    return {one.id: one for one in report.checks}


def test_what_is_right_earns_everything(made: tuple[Assignment, Sandbox]) -> None:
    """The reference with its own weights."""
    found = graded(made, SOLUTION, safetensors.save(RIGHT))
    assert {one.status for one in found.values()} == {Status.PASSED}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_of_weights_earns_nothing(
    made: tuple[Assignment, Sandbox], name: str
) -> None:
    """It is the student's failure, in words; what needs no weights passes."""
    found = graded(made, SOLUTION, FILES[name])
    assert found.pop("trained").points == 0
    assert {one.status for one in found.values()} == {Status.PASSED}


def test_a_file_that_is_not_there(made: tuple[Assignment, Sandbox]) -> None:
    """Nor is that a fault of ours."""
    assert graded(made, SOLUTION, None)["trained"].points == 0


@pytest.mark.parametrize("name", OBJECTS)
def test_a_hostile_model_earns_nothing(made: tuple[Assignment, Sandbox], name: str) -> None:
    """Whatever it says of itself; what was handed in beside it counts."""
    text = f"{SOLUTION}\n{PRELUDE}\ndef build():\n    return {OBJECTS[name]}\n"
    found = graded(made, text, safetensors.save(RIGHT))
    assert found.pop("trained").points == 10
    if name != "another size":
        assert sum(one.points for one in found.values()) == 0


@pytest.mark.parametrize(
    "returned",
    [
        "5",
        "{1: 2}",
        "{'weight': 'x'}",
        "{'weight': Lying()}",
        "Lying()",
        "[]",
        "{'bias': None}",
    ],
)
def test_a_reader_that_lies_earns_nothing(
    made: tuple[Assignment, Sandbox], returned: str
) -> None:
    """Who takes the place of the library that reads the file gives an answer, and no more."""
    patch = f"import safetensors.numpy\nsafetensors.numpy.load_file = lambda name: {returned}\n"
    found = graded(made, f"{SOLUTION}\n{PRELUDE}\n{patch}", safetensors.save(RIGHT))
    assert found["trained"].points == 0
