"""Which classes of tuples, lists and dictionaries travel by name, and what a name may be."""

from __future__ import annotations

import copy
import pickle
from collections import OrderedDict, namedtuple
from typing import Any

import pytest

from autograder.sandbox.wire.named import (
    Label,
    acts,
    is_label,
    is_submitted,
    label_of,
    labelled,
)

Point = namedtuple("Point", "x y")


class Stack(list):
    """A list with a method."""

    def push(self, item: Any) -> None:
        """Put it on top."""
        self.append(item)


class Plain(list):
    """A list without."""


@pytest.fixture(autouse=True)
def _submitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """These two are a submission's."""
    for kind in (Stack, Plain):
        monkeypatch.setattr(kind, "__module__", "submission")


def test_what_acts_is_a_submission_s_own() -> None:
    """A list with methods of its own; not Python's classes, nor a list without any."""
    assert acts(Stack)
    assert not any(map(acts, (list, dict, tuple, OrderedDict, Point, Plain, int)))
    assert is_submitted(Stack)
    assert not is_submitted(OrderedDict)


def test_a_named_tuple_has_a_label() -> None:
    """With its fields; an ordinary tuple has none."""
    label = label_of(Point(1, 2))
    assert label is not None
    assert (label.name, label.fields) == ("Point", ("x", "y"))
    assert label_of((1, 2)) is None


@pytest.mark.parametrize(
    ("name", "own", "fields"),
    [
        (1, True, []),
        ("P", 1, []),
        ("P", None, ["x"]),
        ("P", True, ("x",)),
        ("P", True, [1]),
        ("P", True, ["x" * 81]),
        ("P", True, ["x"] * 10_000),
    ],
)
def test_what_is_no_label_is_refused(name: Any, own: Any, fields: Any) -> None:
    """A submission may send anything."""
    assert is_label("P", True, ["x", "y"])
    assert is_label("P", False, [])
    assert not is_label(name, own, fields)


def test_a_field_may_be_called_as_our_own_are() -> None:
    """`count`, `index` and `label` are a student's fields first; copies keep them."""
    made = labelled((1, 2, 3), Label("P", True, ("label", "count", "index")))
    for each in (made, copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert (each.label, each.count, each.index, each) == (1, 2, 3, (1, 2, 3))
        assert label_of(each) == label_of(made)
