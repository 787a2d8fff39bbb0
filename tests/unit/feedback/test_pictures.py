"""Pictures of what a check has seen: true, small, and made of numbers alone."""

from __future__ import annotations

import base64
import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.feedback.pictures import MOST, MOST_BYTES, as_images, pictures
from autograder.judging.gradient import Numeric
from autograder.judging.outcome import Raised, Returned
from autograder.networks.nouns import Layer, Network
from autograder.sandbox.host.messages import Handle
from autograder.solution.heard import Attribute, Call
from autograder.solution.observed import Observed

NET = Handle(1, "MLP", callable=False, owner="")
EVIL = '"><script>alert(1)</script>'
HOSTILE = {
    "nan": np.full((5, 5), np.nan),
    "huge": np.full((5, 5), 1e308) * np.array([1, -1, 1, -1, 1]),
    "infinite": np.array([[np.inf, -np.inf, 0, 1, 2]] * 5),
    "a million": np.arange(1_000_000.0),
    "text": np.array([[EVIL] * 5] * 5),
    "complex": np.full((5, 5), 1j),
    "nothing": None,
    "words": EVIL,
    "empty": np.zeros((5, 0)),
    "other keys": {EVIL: np.eye(5)},
    "a list of all": [1, EVIL, [np.eye(2)]],
    "a large int": 10**400,
    "true": np.eye(5) > 0,
}


def seen(wanted: Any, found: Any, *events: Call | Attribute, compared: Any = ()) -> Observed:
    """One case, with its answer and the right one."""
    return Observed([list(events)], [(Returned(found), Returned(wanted))], list(compared))


def call(name: str, *args: Any, value: Any = None, printed: str = "") -> Call:
    """A call of a function."""
    return Call(name, None, args, {}, [""] * len(args), value, printed)


def titles(drawn: list[str]) -> list[str]:
    """Their captions."""
    return [re.findall("<figcaption>(.*?)</figcaption>", one)[0] for one in drawn]


def well_formed(drawn: list[str]) -> bool:
    """Whether each can be read as XML, is small, and holds no element but a drawing's."""
    known = "figure figcaption div svg text line rect circle path polyline image"
    for one in drawn:
        elements = ElementTree.fromstring(one).iter()
        names = {element.tag.rpartition("}")[2] for element in elements}
        assert names <= set(known.split())
        assert len(one) <= MOST_BYTES
        assert "nan" not in re.sub('aria-label=".*?"|>[^<]*<', "", one)
    return len(drawn) <= MOST


def test_a_matrix_beside_the_right_one():
    """The entries that differ are counted and framed, in yours alone."""
    right = np.arange(6.0).reshape(2, 3)
    wrong = right.copy()
    wrong[1, 2] = 7
    (drawn,) = pictures(seen(right, wrong))
    assert titles([drawn]) == ["The answer: 1 of 6 entries differ."]
    mine, theirs = drawn.split("<svg")[2], drawn.split("<svg")[1]
    assert mine.count('stroke-width="2"') == 1
    assert theirs.count('stroke-width="2"') == 0


def test_a_cost_round_by_round():
    """What is called a cost is drawn as a curve, and its ends are said."""
    (drawn,) = pictures(seen({"costs": [3.0, 2.0, 1.0]}, {"costs": [3.0, 3.5, 4.0]}))
    assert "right goes from 3 to 1 in 3 rounds; yours goes from 3 to 4 in 3 rounds" in drawn


def test_what_was_printed_is_a_curve():
    """Costs that a training has printed are drawn; other words are not."""
    said = "hello\n" + "".join(f"Cost after iteration {n}: {1 / (n + 1):f}\n" for n in range(5))
    (drawn,) = pictures(seen(1.0, 2.0, call("train", printed=said)))
    assert "yours goes from 1 to 0.2 in 5 rounds" in drawn
    assert pictures(seen(1.0, 2.0, call("train", printed="cost\n7 8\n" * 9))) == []


def test_classes_in_a_plane():
    """Both panels have each class; the wrong ones have a ring."""
    points = np.random.default_rng(0).normal(size=(2, 40))
    right = (points[0] > 0).astype(float)
    mine = right.copy()
    mine[:3] = 1 - mine[:3]
    event = call("predict", {}, points, value=mine)
    (drawn,) = pictures(seen(None, None, event, compared=[(mine, right)]))
    assert titles([drawn]) == ["Your answer is wrong for 3 of 40 points"]
    assert drawn.count('r="6"') == 3
    (drawn,) = pictures(seen({"the labels": right}, {"the labels": mine}, event))
    assert drawn.count('r="6"') == 3


def test_images_that_were_taken_for_others():
    """The confusion is counted, and the images stand in the page as they were passed."""
    right = np.arange(30) % 3
    mine = right.copy()
    mine[4] = 0
    images = np.random.default_rng(0).uniform(size=(30, 8, 8))
    event = call("prepare", images)
    drawn = pictures(seen(None, None, event, compared=[(mine, right)]))
    assert titles(drawn)[0].startswith("1 of 30 are wrong")
    assert "1 was taken for 0: 1 times" in drawn[0]
    assert drawn[1].count("data:image/png;base64,") == 1
    assert well_formed(drawn)


def test_a_gradient_beside_the_numeric_one():
    """Each parameter has a panel, and says how many of its slopes are right."""
    slope = np.array([[1.0, 2.0], [3.0, 4.0]])
    wanted = {"W": Numeric(slope, 1e-9), "b": Numeric(np.array(2.0), 1e-9)}
    (drawn,) = pictures(seen(wanted, {"W": -slope, "b": 2.0}))
    assert "W: 0 of 4 on the line" in drawn
    assert "b: 1 of 1 on the line" in drawn


def test_the_layer_that_is_wrong_is_marked():
    """Of weights that make a chain, and parts called as they are; not where nothing tells."""
    weights = {"W1": np.ones((4, 2)), "b1": np.ones((4, 1)), "W2": np.ones((1, 4))}
    right = {"Z1": np.ones((4, 5)), "A1": np.ones((4, 5)), "Z2": np.ones((1, 5))}
    event = call("forward", np.ones((2, 5)), weights)
    drawn = pictures(seen(right, {**right, "Z2": np.zeros((1, 5))}, event))
    assert titles(drawn)[0] == "Not right yet: layer 2: Z2"
    set_ = [Attribute(NET, name, np.ones(s)) for name, s in
            (("wi", (3, 4)), ("wo", (4, 2)))]  # fmt: skip
    right = {"wi": np.ones((3, 4)), "wo": np.ones((4, 2))}
    drawn = pictures(seen(right, {**right, "wi": np.zeros((3, 4))}, *set_))
    assert titles(drawn)[0] == "Not right yet: layer 1: wi"


def test_layers_of_a_model():
    """A model's layers stand beside those that are needed, and the wrong one has a mark."""
    first, last = Layer("Dense", (8,), 40, "relu"), Layer("Dense", (3,), 27, "softmax")
    wanted = Network((4,), (first, last))
    found = Network((4,), (Layer("Dense", (8,), 40, "tanh"), last))
    drawn = pictures(seen({"model": wanted}, {"model": found}))
    assert titles(drawn) == ["Not as it should be: Dense with 8 units and relu as layer 1"]
    assert "yours: 2 layers; wrong is layer 1" in drawn[0]


def test_a_figure_of_images():
    """Where SVG is taken out, the same drawings stand as images, each with its words."""
    (drawn,) = pictures(seen({"costs": [3.0, 2.0, 1.0]}, {"costs": [3.0, 3.5, 4.0]}))
    image = as_images(drawn)
    assert "<svg" not in image
    assert 'alt="costs, round by round: right goes' in image
    data = base64.b64decode(image.partition("base64,")[2].partition('"')[0])
    assert ElementTree.fromstring(data).tag.endswith("svg")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_value_makes_a_broken_or_huge_picture(name):
    """Whatever came back, and wherever: no text of it is there, and what is there is SVG."""
    value, right = HOSTILE[name], np.eye(5)
    labels = np.arange(25) % 2
    events = [call("f", value, value=value, printed=f"cost {EVIL}: 1e999\n" * 9),
              Attribute(NET, "w1", value)]  # fmt: skip
    for observed in (
        seen(right, value, *events),
        seen(
            {"costs": np.arange(5.0), "Z1": right, "Z2": right}, {"costs": value, "Z1": value}
        ),
        seen({"W": Numeric(right, 0.1)}, {"W": value}, *events),
        seen(None, None, *events, compared=[(value, labels), (labels, value)]),
        Observed([events], [(Raised(EVIL, EVIL), Returned(right))], [(value, value)]),
        Observed([], [], []),
    ):
        drawn = pictures(observed)
        assert well_formed(drawn)
        assert "script" not in "".join(drawn)


VALUES = st.recursive(
    st.none()
    | st.floats()
    | st.integers()
    | st.text()
    | st.sampled_from(list(HOSTILE.values()))
    | st.lists(st.floats(), min_size=4, max_size=8).map(np.array),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None)
@given(VALUES, VALUES, VALUES, VALUES)
def test_any_answer_may_be_drawn(wanted, found, passed, printed):
    """Nothing that checks and submissions give makes a picture fail."""
    event = call("f", passed, value=found, printed=str(printed))
    assert well_formed(pictures(seen(wanted, found, event, compared=[(found, wanted)])))


def test_the_line_between_the_classes_is_drawn_beside_the_right_one():
    """Of many points, each panel has the line where the class changes; of few, none."""
    points = np.random.default_rng(0).uniform(-1, 1, (2, 1500))
    right, mine = (points[0] > 0).astype(float), (points[1] > 0).astype(float)
    event = call("predict", {}, points, value=mine)
    (drawn,) = pictures(seen(None, None, event, compared=[(mine, right)]))
    upright, level = re.findall(r'd="(M[^"]*)"', drawn)
    across = [float(x) for x in re.findall(r"M([\d.]+) [\d.]+v", upright)]
    down = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)h", level)]
    assert np.ptp(across) < 0.15 * 240 > np.ptp(down)
    assert abs(np.mean(across) - 120) < 12 > abs(np.mean(down) - 138)
    few = [each[:, :40] for each in (points, right[None], mine[None])]
    event = call("predict", {}, few[0], value=few[2])
    (drawn,) = pictures(seen(None, None, event, compared=[(few[2], few[1])]))
    assert 'd="M' not in drawn
