"""Tables, columns and sparse matrices as plain data, compared by what they hold.

Nothing here knows pandas or SciPy: a table is the names, types and entries of its columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judging.closeness import Array, as_array, close_entries, is_close
from autograder.judging.leeway import Leeway
from autograder.judging.outcome import Block
from autograder.judging.records import Record
from autograder.model import Evidence
from autograder.sandbox.text import clean

_SHOWN = 4  # entries of an index that a message shows
_TEXT = ("str", "string", "object")
_DATES = "datetime64"
_HASHABLE = (str, int, float, bool, type(None))


class Table(Record):
    """A DataFrame: names, dtypes and values of its columns, and its index."""

    @property
    def __description__(self) -> str:
        rows, columns = len(self.fields["index"]), len(self.fields["names"])
        return f"a DataFrame of {_count(rows, 'row')} and {_count(columns, 'column')}"


class Column(Record):
    """A Series: its name, dtype, values and index."""

    @property
    def __description__(self) -> str:
        return f"a Series of {_count(len(self.fields['values']), 'value')}"


class Sparse(Record):
    """A sparse matrix: its shape, and the places and values of its entries."""

    @property
    def __description__(self) -> str:
        return f"a sparse matrix of shape {self.fields['shape']}"


def table_of(name: str, parts: Mapping[str, Any]) -> Table | None:
    """The table of such parts; None where they make none."""
    match parts:
        case {"names": list(names), "dtypes": list(dtypes), "values": list(values)}:
            index = _entries(parts.get("index"))
            entries = [_entries_of(each, parts.get("numbers")) for each in values]
            fits = (
                index is not None
                and len(names) == len(dtypes) == len(values)
                and all(map(_is_label, names))
                and all(type(dtype) is str for dtype in dtypes)
                and all(each is not None and len(each) == len(index) for each in entries)
            )
            if fits:
                short = [clean(dtype, 40) for dtype in dtypes]
                found = {"names": names, "dtypes": short, "values": entries, "index": index}
                return Table(name, found)
    return None


def column_of(name: str, parts: Mapping[str, Any]) -> Column | None:
    """The column of such parts; None where they make none."""
    values, index = _entries(parts.get("values")), _entries(parts.get("index"))
    dtype, label = parts.get("dtype"), parts.get("name")
    if values is None or index is None or len(values) != len(index):
        return None
    if type(dtype) is not str or not _is_label(label):
        return None
    return Column(
        name, {"name": label, "dtype": clean(dtype, 40), "values": values, "index": index}
    )


def sparse_of(name: str, parts: Mapping[str, Any]) -> Sparse | None:
    """The sparse matrix of such parts; None where they make none."""
    match parts:
        case {"shape": tuple(shape), "places": list(places), "values": np.ndarray() as values}:
            arrays = all(
                isinstance(each, np.ndarray)
                and each.dtype.kind == "i"
                and each.shape == values.shape
                for each in places
            )
            if (
                values.ndim == 1
                and arrays
                and len(places) == len(shape)
                and all(type(length) is int and length >= 0 for length in shape)
            ):
                order = np.lexsort(places[::-1]) if places else slice(None)
                placed = [place[order] for place in places]
                found = {"shape": shape, "places": placed, "values": values[order]}
                return Sparse(name, found)
    return None


def compare_tables(wanted: Table, found: Table, rules: Leeway, what: str) -> Iterator[Block]:
    """One block for each column, and one for the index."""
    names, index, exact = found.fields["names"], wanted.fields["index"], rules.exact
    due = len(index)
    rows = len(found.fields["index"])
    lost = f"{what} has {_count(rows, 'row')}; {due} are needed." if rows != due else ""
    remark = ""
    places = defaultdict(list)  # of a name that two columns bear, several
    for place, name in enumerate(names):
        places[name].append(place)
    more = [name for name in places if name not in wanted.fields["names"]]
    if more:
        said = ", ".join(map(repr, more[:8]))
        if exact:
            lost = lost or f"{what} has more columns than asked for: {said}."
        remark = f"There are more columns than asked for: {said}."
    elif exact and names != wanted.fields["names"]:
        lost = lost or f"{what} has its columns in another order."
    for place, name in enumerate(wanted.fields["names"]):
        where = f"column {name!r}"
        if lost:
            yield Block(where, 0.0, lost)
        elif not places.get(name):
            have = ", ".join(map(repr, names[:8])) or "no column at all"
            yield Block(
                where, 0.0, f"The column {name!r} is missing from {what}; it has {have}."
            )
        else:
            there = places[name].pop(0)
            yield _compare_entries(
                where,
                (wanted.fields["dtypes"][place], wanted.fields["values"][place]),
                (found.fields["dtypes"][there], found.fields["values"][there]),
                remark,
                rules,
            )
    if lost:
        yield Block("the index", 0.0, lost)
    else:
        yield _compare_index(index, found.fields["index"])


def compare_columns(wanted: Column, found: Column, rules: Leeway, what: str) -> Iterator[Block]:
    """One block for the values, and one for the index."""
    one, other = wanted.fields, found.fields
    if len(one["values"]) != len(other["values"]):
        said = f"{what} has {_count(len(other['values']), 'value')}; "
        said += f"{len(one['values'])} are needed."
        yield Block("the values", 0.0, said)
        yield Block("the index", 0.0, said)
        return
    remark = ""
    if one["name"] != other["name"]:
        remark = f"The Series is called {other['name']!r}, where the task's is {one['name']!r}."
        if rules.exact:
            yield Block("the values", 0.0, remark)
            yield _compare_index(one["index"], other["index"])
            return
    yield _compare_entries(
        "the values", (one["dtype"], one["values"]), (other["dtype"], other["values"]),
        remark, rules,
    )  # fmt: skip
    yield _compare_index(one["index"], other["index"])


def compare_sparse(wanted: Sparse, found: Sparse, rules: Leeway, what: str) -> Iterator[Block]:
    """One block: the shape, then where its entries stand, then what they are."""
    one, other = wanted.fields, found.fields
    if one["shape"] != other["shape"]:
        said = f"{what} has the shape {other['shape']}; {one['shape']} is needed."
        yield Block("", 0.0, said)
        return
    if len(one["values"]) != len(other["values"]):
        said = (
            f"{what} has {_count(len(other['values']), 'entry', 'entries')} that are not zero; "
        )
        yield Block("", 0.0, f"{said}{len(one['values'])} are needed.")
        return
    pairs = zip(one["places"], other["places"], strict=True)
    if not all(np.array_equal(a, b) for a, b in pairs):
        yield Block("", 0.0, f"{what} has its entries in other places.")
    elif is_close(one["values"], other["values"], rules.allowed("", one["values"])):
        yield Block("", 1.0)
    else:
        gap = np.abs(one["values"] - other["values"])
        worst = int(np.argmax(gap))
        at = ", ".join(str(int(place[worst])) for place in one["places"])
        said = f"{what} is {_said(other['values'][worst])} at [{at}]; "
        yield Block("", 0.0, f"{said}{_said(one['values'][worst])} is right.")


_Typed = tuple[str, Any]  # a dtype and the entries


def _compare_entries(
    where: str, wanted: _Typed, found: _Typed, remark: str, rules: Leeway
) -> Block:
    subject = where[0].upper() + where[1:]
    mine, theirs = _numbers(wanted[1]), _numbers(found[1])
    if (mine is None) != (theirs is None) or _is_date(wanted[0]) != _is_date(found[0]):
        has = "have" if where == "the values" else "has"
        said = f"{subject} {has} the dtype {found[0]}; {wanted[0]} is needed."
        return Block(where, 0.0, said, evidence=_evidence(where, wanted, found))
    if mine is not None and theirs is not None:
        differ = ~close_entries(mine, theirs, rules.tolerance)
        if differ.any():
            return _first_of(where, wanted, found, differ)
    elif list(wanted[1]) != list(found[1]):
        pairs = zip(wanted[1], found[1], strict=True)
        return _first_of(where, wanted, found, np.array([a != b for a, b in pairs]))
    if _family(wanted[0]) != _family(found[0]):
        said = f"{subject} has the dtype {found[0]}, where the task's has {wanted[0]}."
        if rules.exact:
            return Block(where, 0.0, said)
        remark = remark or said
    return Block(where, 1.0, remark=remark)


def _first_of(where: str, wanted: _Typed, found: _Typed, differ: Array) -> Block:
    """The first row that differs, and how many more do."""
    rows = np.flatnonzero(differ)
    first = int(rows[0]) if len(rows) else 0
    more = f" {_count(len(rows) - 1, 'more row')} differ." if len(rows) > 2 else ""
    if len(rows) == 2:
        more = " 1 more row differs."
    subject = where[0].upper() + where[1:]
    said = f"{subject}: row {first} is {_said(found[1][first])}; "
    message = f"{said}{_said(wanted[1][first])} is right.{more}"
    return Block(where, 0.0, message, evidence=_evidence(where, wanted, found))


def _compare_index(wanted: Any, found: Any) -> Block:
    if _are_equal(wanted, found):
        return Block("the index", 1.0)
    message = f"The index is {_first(found)}; {_first(wanted)} is needed."
    if list(wanted) == list(range(len(wanted))):
        message += " reset_index(drop=True) counts the rows from 0."
    return Block("the index", 0.0, message)


def _are_equal(wanted: Any, found: Any) -> bool:
    mine, theirs = _numbers(wanted), _numbers(found)
    if mine is not None and theirs is not None:
        return mine.shape == theirs.shape and bool(close_entries(mine, theirs).all())
    return list(wanted) == list(found)


def _entries(values: Any) -> Any:
    """The entries of a column, where they are such: numbers, or a list of plain values."""
    if isinstance(values, np.ndarray):
        return values if values.ndim == 1 else None
    if not isinstance(values, list) or not all(map(_is_label, values)):
        return None
    return values


def _entries_of(values: Any, numbers: Any) -> Any:
    """The entries of a table's column, which may be a row of the numbers of one type."""
    match values, numbers:
        case (str(code), int(row)), dict() if code in numbers:
            rows = numbers[code]
            if isinstance(rows, np.ndarray) and rows.ndim == 2 and 0 <= row < len(rows):
                return rows[row]
            return None
    return _entries(values)


def _is_label(value: Any) -> bool:
    if type(value) is tuple:
        return all(type(each) in _HASHABLE for each in value)
    return type(value) in _HASHABLE


def _numbers(values: Any) -> Array | None:
    """The entries as numbers, nan where one is missing; None where there are others."""
    if isinstance(values, np.ndarray):
        return values if values.dtype.kind in "biufc" else None
    if any(type(each) not in (int, float, bool, type(None)) for each in values):
        return None
    if all(each is None for each in values):
        return None if values else np.empty(0)
    return as_array([np.nan if each is None else each for each in values])


def _is_date(dtype: str) -> bool:
    return dtype.startswith(_DATES)


def _family(dtype: str) -> str:
    """The name of a dtype without the width of its entries."""
    if dtype in _TEXT:
        return "text"
    return dtype.lower().rstrip("0123456789")


def _evidence(where: str, wanted: _Typed, found: _Typed) -> Evidence:
    return Evidence(where, _first(wanted[1]), _first(found[1]))


def _first(values: Sequence[Any]) -> str:
    shown = ", ".join(_said(value) for value in values[:_SHOWN])
    return shown + (", …" if len(values) > _SHOWN else "") if len(values) else "empty"


def _said(value: Any) -> str:
    """An entry as a message shows it."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (isinstance(value, float) and value != value):
        return "missing"
    return f"{value:.7g}" if isinstance(value, float) else repr(value)[:40]


def _count(number: int, what: str, many: str = "") -> str:
    return f"{number} {what if number == 1 else many or what + 's'}"


COMPARED: Mapping[type, Callable[[Any, Any, Leeway, str], Iterator[Block]]] = {
    Table: compare_tables,
    Column: compare_columns,
    Sparse: compare_sparse,
}
TABLES: Mapping[str, Callable[[str, Mapping[str, Any]], Record | None]] = {
    "table": table_of,
    "column": column_of,
    "sparse": sparse_of,
}
