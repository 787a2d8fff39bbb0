"""Compare an answer with the reference's: structure, shape, finite, value, in this order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.authoring import Changed
from autograder.judging.closeness import (
    NUMBERS,
    Array,
    as_array,
    factors_between,
    identical,
    is_close,
    is_structure,
)
from autograder.judging.leeway import Leeway
from autograder.judging.otherwise import comparer_of
from autograder.judging.outcome import Block
from autograder.judging.plain import as_float, as_list
from autograder.judging.records import Record
from autograder.judging.seen import LOOKS, said_of_unchanged
from autograder.judging.tables import COMPARED
from autograder.judging.unwrap import surplus, unwrapped
from autograder.judging.words import (
    axis_of_length_one,
    count,
    describe,
    keys,
    noun,
    number,
    shown,
    spoken,
    subject,
    worst_entry,
)
from autograder.model import Evidence
from autograder.sandbox.wire.named import label_of

Path = tuple[str | int, ...]  # the steps from the whole answer to a leaf

_WHOLE = {**COMPARED, **LOOKS}

_SIMPLE = frozenset([float, int, str, bool, type(None)])

SHAPE_SLIP_CREDIT = 0.5  # the right numbers in another shape
FACTOR_CREDIT = 0.25  # right except for one well-known constant factor


def compare(
    expected: Any,
    actual: Any,
    *,
    sizes: Mapping[str, int] | None = None,
    slack: Mapping[str, float] | None = None,
    exact: bool = False,
    tolerance: float = 0.0,
) -> tuple[Block, ...]:
    """Compare leaf by leaf; one block for each leaf of `expected`.

    Values beside those of `expected`, in a tuple or a dictionary, earn all the same, with a
    remark. A list of another length is another answer, as an array is.

    sizes   what a constant factor may be, beside the well-known ones: the lengths of the
            inputs' axes, by what each is.
    slack   by the path of a leaf, an absolute distance that is allowed on top.
    exact   what is more than was asked for, or around it, makes another answer.
    tolerance   relative, by the norm of each array, on top of what is always allowed.
    """
    rules = Leeway(sizes or {}, slack or {}, exact, tolerance)
    return tuple(_compare((), expected, actual, rules))


def _compare(path: Path, expected: Any, actual: Any, rules: Leeway) -> Iterator[Block]:
    if _are_one(expected, actual):
        yield Block(spoken(path), 1.0)
        return
    remark = ""
    expected, actual = as_list(expected), as_list(actual)
    if not rules.exact:
        actual, remark = unwrapped(expected, actual)
    for block in _compare_whole(path, expected, actual, rules):
        yield block.remarked(remark) if remark else block


def _are_one(expected: Any, actual: Any) -> bool:
    """True for the same numbers or text of one type, as most leaves of right answers are."""
    kind = type(expected)
    if kind is not type(actual):
        return False
    if kind is np.ndarray:
        return expected.dtype.kind in NUMBERS and identical(expected, actual)
    return kind in _SIMPLE and bool(expected == actual)


def _compare_whole(path: Path, expected: Any, actual: Any, rules: Leeway) -> Iterator[Block]:
    label = label_of(expected)
    if rules.exact and label and label.own and label_of(actual) != label:
        message = f"{subject(path)} is {describe(actual)}; a {label.name} is needed."
        yield from _all_lost(path, expected, message)
    elif isinstance(expected, Changed) and isinstance(actual, Changed):
        yield from _compare_changed(path, expected, actual, rules)
    elif type(expected) in _WHOLE:
        yield from _compare_table(path, expected, actual, rules)
    elif isinstance(expected, Record):
        yield from _compare_record(path, expected, actual, rules)
    elif isinstance(expected, Mapping):
        yield from _compare_mapping(path, expected, actual, rules)
    elif is_structure(expected):
        yield from _compare_sequence(path, expected, actual, rules)
    elif (comparer := comparer_of(expected, actual)) is not None:
        for block in comparer(expected, actual):
            yield replace(block, where=spoken((*path, block.where)))
    else:
        yield _compare_leaf(path, expected, actual, rules)


def _compare_table(path: Path, expected: Record, actual: Any, rules: Leeway) -> Iterator[Block]:
    if type(actual) is not type(expected):
        message = f"{subject(path)} is {describe(actual)}; {describe(expected)} is needed."
        actual, lost = expected, message
    else:
        lost = ""
    for block in _WHOLE[type(expected)](expected, actual, rules, noun(path)):
        where = spoken((*path, block.where)) if block.where else spoken(path)
        said = lost or block.message[:1].upper() + block.message[1:]
        yield replace(block, where=where, message=said, credit=0.0 if lost else block.credit)


def _compare_changed(
    path: Path, expected: Changed, actual: Changed, rules: Leeway
) -> Iterator[Block]:
    said = said_of_unchanged(expected, actual)
    for block in _compare(path, expected.after, actual.after, rules):
        yield replace(block, message=said, credit=0.0) if said else block


def _compare_record(
    path: Path, expected: Record, actual: Any, rules: Leeway
) -> Iterator[Block]:
    if not isinstance(actual, Record):
        message = f"{subject(path)} is {describe(actual)}; a {expected.name} is needed."
        yield from _all_lost(path, expected.fields, message)
        return
    remark = ""
    if actual.name != expected.name:
        remark = f"The class is called {actual.name}, where the task's is {expected.name}."
    for block in _compare_mapping(path, expected.fields, actual.fields, rules):
        yield block.remarked(remark)


def _compare_mapping(
    path: Path, expected: Mapping[Any, Any], actual: Any, rules: Leeway
) -> Iterator[Block]:
    if not isinstance(actual, Mapping):
        yield from _all_lost(
            path,
            expected,
            f"{subject(path)} is {describe(actual)}; a dictionary with the keys "
            f"{keys(expected)} is needed.",
        )
        return
    as_asked = expected.keys() == actual.keys()
    more = [] if as_asked else surplus(expected, actual)
    if more and rules.exact:
        named = keys(dict.fromkeys(more))
        message = f"{subject(path)} has more keys than asked for: {named}."
        yield from _all_lost(path, expected, message)
        return
    remark = f"There are more keys than asked for: {keys(dict.fromkeys(more))}." if more else ""
    folded = {} if as_asked else {str(key).lower(): key for key in actual}
    for key, wanted in expected.items():
        inner = (*path, key)
        if key in actual:
            found = key
        elif str(key).lower() in folded:
            found = folded[str(key).lower()]
            remark = f"The key {key!r} is written {found!r}."
        else:
            message = f"The key {key!r} is missing from {noun(path)}; it has {keys(actual)}."
            yield from _all_lost(inner, wanted, message)
            continue
        for block in _compare(inner, wanted, actual[found], rules):
            yield block.remarked(remark) if remark else block


def _compare_sequence(path: Path, expected: Any, actual: Any, rules: Leeway) -> Iterator[Block]:
    if isinstance(actual, np.ndarray) and actual.ndim == 1 and len(actual) == len(expected):
        actual = list(actual)
    if not isinstance(actual, (tuple, list)):
        yield from _all_lost(
            path,
            expected,
            f"{subject(path)} is {describe(actual)}; {len(expected)} values are needed.",
        )
        return
    remark = ""
    if len(actual) > len(expected):
        if rules.exact or isinstance(expected, list):
            message = f"{count(actual)} came back; {len(expected)} are needed."
            yield from _all_lost(path, expected, message)
            return
        remark = f"{count(actual)} came back; the first {len(expected)} were taken."
    for index, wanted in enumerate(expected):
        inner = (*path, index)
        if index >= len(actual):
            yield from _all_lost(
                inner,
                wanted,
                f"{count(actual)} came back; {len(expected)} are needed.",
            )
            continue
        for block in _compare(inner, wanted, actual[index], rules):
            yield block.remarked(remark) if remark else block


def _compare_leaf(path: Path, expected: Any, actual: Any, rules: Leeway) -> Block:
    where = spoken(path)
    wanted, found = as_array(expected), as_array(actual)
    if wanted is None:
        if type(expected) is type(actual) and expected == actual:
            return Block(where, 1.0)
        message = f"{subject(path)} is {describe(actual)}; {describe(expected)} is needed."
        return _lost(where, message, expected, actual)
    remark = ""
    if found is None and (exact := as_float(actual)) is not None:
        found = np.asarray(exact)
        remark = f"A {type(actual).__name__} came back and was read as a number."
    if found is None:
        needed = "a number" if wanted.ndim == 0 else f"an array of shape {wanted.shape}"
        message = f"{subject(path)} is {describe(actual)}; {needed} is needed."
        return _lost(where, message, expected, actual)
    if isinstance(actual, list) and not isinstance(expected, list) and wanted.ndim:
        remark = "A list came back and was read as an array."
    if wanted.ndim == 0 and found.shape != () and found.size == 1:
        came = "A list" if isinstance(actual, list) else f"An array of shape {found.shape}"
        remark = (
            f"{came} came back for {spoken(path) or 'it'} and was read as the number in it."
        )
        found = found.reshape(())
    if found.shape != wanted.shape:
        return _compare_shapes(path, wanted, found, rules, isinstance(actual, list))
    block = _compare_values(path, wanted, found, rules)
    return block.remarked(remark)


def _compare_shapes(
    path: Path, wanted: Array, found: Array, rules: Leeway, a_list: bool
) -> Block:
    where, what = spoken(path), subject(path)
    needed = str(wanted.shape) if wanted.ndim else "one number"
    right = f"shape {wanted.shape}" if wanted.ndim else needed
    evidence = Evidence(where, right, f"shape {found.shape}")
    has = f"has the shape {found.shape}" if found.ndim else "is one number"
    said = f"{what} {has}; {needed if found.ndim else f'the shape {needed}'} is needed"
    allowed = rules.allowed(where, wanted)
    turned = wanted.ndim == 2 and found.shape == wanted.shape[::-1]
    if turned and is_close(wanted, found.T, allowed):
        message = f"{said}. The numbers are right: it is transposed."
        return Block(where, SHAPE_SLIP_CREDIT, message, evidence=evidence)
    if found.size == wanted.size and is_close(wanted, found.reshape(wanted.shape), allowed):
        how = "One after the other, its numbers are those that are needed: the layout is not."
        if np.squeeze(found).shape == np.squeeze(wanted).shape:
            how = f"The numbers are right: {axis_of_length_one(wanted, found)}."
        message = f"{said}. {how}"
        return Block(where, SHAPE_SLIP_CREDIT, message, evidence=evidence)
    square = found.shape == 2 * (max(wanted.shape, default=0),)
    if not a_list and wanted.dtype.kind == "f" and wanted.size > 1 and square:
        message = (
            f"{said}. A row combined with a column gives such a shape: NumPy takes every entry "
            "with every other (broadcasting)."
        )
        return Block(where, 0.0, message, evidence=evidence)
    if turned:
        return Block(where, 0.0, f"{said}. It looks transposed.", evidence=evidence)
    return Block(where, 0.0, f"{said}.", evidence=evidence)


def _compare_values(path: Path, wanted: Array, found: Array, rules: Leeway) -> Block:
    where = spoken(path)
    if identical(wanted, found):
        return Block(where, 1.0)
    what = subject(path)
    not_finite = int(np.sum(~np.isfinite(found)))
    if not_finite and np.all(np.isfinite(wanted)):
        nans = int(np.sum(np.isnan(found)))
        kinds = " and ".join(
            f"{count} {name}"
            for count, name in ((nans, "nan"), (not_finite - nans, "infinite"))
            if count
        )
        total = f" among {found.size} values" if found.size > 1 else ""
        message = f"{what} is not finite: {kinds}{total}."
        return _lost(where, message, wanted, found)
    allowed = rules.allowed(where, wanted)
    if is_close(wanted, found, allowed):
        if found.dtype == np.float32 and wanted.dtype != np.float32:
            remark = "Computed in float32; float64 keeps more digits."
            return Block(where, 1.0, remark=remark)
        return Block(where, 1.0)
    if wanted.dtype.kind in "biu":
        different = int(np.sum(wanted != found))
        if wanted.ndim == 0:
            message = f"{what} is {number(found)}; {number(wanted)} is right."
        else:
            message = f"{different} of {wanted.size} entries of {noun(path)} differ."
        return _lost(where, message, wanted, found)
    plain = f"{what} has the right shape but wrong values{worst_entry(wanted, found)}."
    if wanted.ndim == 0:
        plain = f"{what} is {number(found)}; {number(wanted)} is right."
    block = Block(where, 0.0, plain, evidence=_evidence(where, wanted, found))
    factors = factors_between(wanted, found, rules.sizes)
    if not factors:
        return block
    said = {
        factor.reason: f"{what} is right except for one constant: {factor.words}."
        for factor in factors
    }
    first = factors[0].reason
    if not first:
        return replace(block, message=said[first])
    return replace(
        block, credit=FACTOR_CREDIT, message=said[first], constants=said, otherwise=plain
    )


def _all_lost(path: Path, expected: Any, message: str) -> Iterator[Block]:
    """Every leaf below `expected` earns nothing, for one and the same reason."""
    if isinstance(expected, Record):
        expected = expected.fields
    if isinstance(expected, Mapping):
        for key, inner in expected.items():
            yield from _all_lost((*path, key), inner, message)
    elif is_structure(expected):
        for index, inner in enumerate(expected):
            yield from _all_lost((*path, index), inner, message)
    else:
        yield Block(spoken(path), 0.0, message)


def _lost(where: str, message: str, expected: Any, actual: Any) -> Block:
    return Block(where, 0.0, message, evidence=_evidence(where, expected, actual))


def _evidence(where: str, expected: Any, actual: Any) -> Evidence:
    return Evidence(where, shown(expected), shown(actual))
