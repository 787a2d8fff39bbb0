"""The way from the answers of parts to that of a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.answers.pathway import pathway
from autograder.solution.calls import PartCall

START = {"w": np.array([0.5, -0.25]), "b": np.zeros(1)}
X = np.array([1.5, 2.5])


def trained(start: Mapping[str, Any], steps: int) -> tuple[list[PartCall], Any]:
    """A small training, and the calls that it makes: draw, look, and step."""
    calls = [PartCall("draw", {"n": 2}, start)]
    w = start
    for _ in range(steps):
        calls.append(PartCall("look", {"x": X, "w": w}, answer("look", {"x": X, "w": w})))
        grad = calls[-1].value[1]["grad"]
        calls.append(PartCall("count", {"w": w}, 7.5))
        calls.append(PartCall("step", {"w": w, "g": grad, "rate": 0.5}, {}, ("rate",)))
        object.__setattr__(calls[-1], "value", answer("step", calls[-1].arguments))
        w = calls[-1].value
    return calls, w


def answer(name: str, arguments: Mapping[str, Any]) -> Any:
    """What the parts give."""
    if name == "look":
        return 1.25, {"grad": arguments["x"] * arguments["w"]["w"]}
    w, g = arguments["w"], arguments["g"]
    return {"w": w["w"] - arguments["rate"] * g, "b": w["b"] + 0.125}


def test_a_way_leads_from_another_start_to_its_result() -> None:
    """With the same start it gives the same, and from another one what is due there."""
    calls, wanted = trained(START, 3)
    way = pathway(calls, wanted, ["draw"])
    assert way is not None
    assert way.names == {"draw", "look", "step"}  # what is only looked at is not on it
    for start in (START, {"w": np.array([-3.0, 0.75]), "b": np.zeros(1)}):
        found = way.follow(lambda c, a, s=start: s if c.name == "draw" else answer(c.name, a))
        np.testing.assert_array_equal(found["w"], trained(start, 3)[1]["w"])
        np.testing.assert_array_equal(found["b"], trained(start, 3)[1]["b"])


def test_pieces_are_put_together_again() -> None:
    """A result may be a tuple of what several calls gave, and of plain values."""
    calls, w = trained(START, 2)
    way = pathway(calls, (w["w"], 3, [calls[1].value[1]["grad"]]), ["draw"])
    assert way is not None
    found = way.follow(lambda c, a: START if c.name == "draw" else answer(c.name, a))
    np.testing.assert_array_equal(found[0], w["w"])
    assert found[1] == 3
    np.testing.assert_array_equal(found[2][0], calls[1].value[1]["grad"])


def test_what_no_part_gives_has_no_way() -> None:
    """Where the whole computes its answer itself, its parts do not tell how."""
    calls, w = trained(START, 2)
    assert pathway(calls, w["w"] * 2, ["draw"]) is None
    assert pathway([], w, ["draw"]) is None
