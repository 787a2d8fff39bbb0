"""Objects as data: compared field by field, and told apart."""

from __future__ import annotations

import numpy as np

from autograder.judging.closeness import same
from autograder.judging.compare import compare
from autograder.judging.fingerprint import Fingerprint
from autograder.judging.outcome import Returned
from autograder.judging.records import Member, Record
from autograder.judging.words import describe

POINT = Record("Point", {"x": np.array([1.0, 2.0]), "name": "a"})


def test_fields_are_leaves() -> None:
    """Each field earns its own share; a field more is remarked on."""
    other = Record("Point", {"x": np.array([1.0, 3.0]), "name": "a", "more": 1})
    x, name = compare(POINT, other)
    assert (x.credit, name.credit) == (0, 1)
    assert x.where == "x"
    assert all(block.credit == 1 for block in compare(POINT, POINT))


def test_another_class_is_said() -> None:
    """A class of another name with the same fields is right; no object at all is not."""
    blocks = compare(POINT, Record("Pt", POINT.fields))
    assert [block.credit for block in blocks] == [1, 1]
    assert "called Pt, where the task's is Point" in blocks[0].remark
    blocks = compare([POINT], [None])
    assert [block.credit for block in blocks] == [0, 0]
    assert blocks[0].message == "The first value is None; a Point is needed."


def test_members_are_named() -> None:
    """A member is right or another one."""
    (block,) = compare(Member("Color", "RED"), Member("Color", "GREEN"))
    assert block.message == "The answer is Color.GREEN; Color.RED is needed."
    (block,) = compare(Member("Color", "RED"), Member("Color", "RED"))
    assert block.credit == 1


def test_they_are_recognised() -> None:
    """The same by value and to rounding; a fingerprint holds class, fields and numbers."""
    near = Record("Point", {"x": np.array([1.0, 2.0 + 1e-12]), "name": "a"})
    far = Record("Point", {"x": np.array([1.0, 2.1]), "name": "a"})
    assert same(POINT, near)
    assert not same(POINT, far)
    packed = Fingerprint(Returned(POINT)).packed
    assert Fingerprint(Returned(near)).fits(packed)
    assert not Fingerprint(Returned(far)).fits(packed)
    assert not Fingerprint(Returned(Record("Pt", POINT.fields))).fits(packed)
    assert describe(POINT) == "Point(x=…, name='a')"
