"""Objects taken apart: what a dataclass, a table or a sparse matrix is made of, as plain data.

This runs where the object is, so that one answer tells all of it. A type is told by its name
and its module: nothing is imported for what no submission returns.
"""

from __future__ import annotations

import sys
from typing import Any

# Bound by name, so that a submission which patches the module cannot change them.
from numpy import ndarray, stack

from autograder.sandbox.wire import named

_module = type.__dict__["__module__"].__get__
_name = type.__dict__["__name__"].__get__
_ancestors = type.__dict__["__mro__"].__get__

_PANDAS = "pandas."
_SPARSE = "scipy.sparse."
_TORCH = "torch."
_NUMBERS = "biufc"

Parts = tuple[str, str, dict[str, Any]]  # a kind, the class's name, and the parts


def apart(value: Any) -> Parts | None:
    """The parts of an object; None where they cannot be told.

    The kinds are "member" of an enumeration, "record", "items" of a list, tuple or dictionary
    with methods of its own, "table", "column", "sparse" and "tensor" (PyTorch's). Items may be
    objects themselves.
    """
    kind = type(value)
    if named.acts(kind):
        label = named.label_of(value)
        if label is not None:
            return "items", label.name, {"items": named.bare(value), "of": list(label.fields)}
    enum, dataclasses = sys.modules.get("enum"), sys.modules.get("dataclasses")
    if enum is not None and isinstance(value, enum.Enum):
        return "member", _name(kind), {"member": value.name}
    if (
        dataclasses is not None
        and dataclasses.is_dataclass(value)
        and not isinstance(value, type)
    ):
        names = [each.name for each in dataclasses.fields(value)]
        return "record", _name(kind), {"fields": {name: getattr(value, name) for name in names}}
    if _is_of(kind, _PANDAS, "DataFrame"):
        return "table", _name(kind), _table(value)
    if _is_of(kind, _PANDAS, "Series"):
        return "column", _name(kind), _column(value)
    if _is_of(kind, _SPARSE, "_spbase", "spmatrix", "sparray"):
        return "sparse", _name(kind), _sparse(value)
    if _is_of(kind, _TORCH, "Tensor"):
        return "tensor", _name(kind), {"values": value.detach().cpu().numpy()}
    return None


def _is_of(kind: type, package: str, *names: str) -> bool:
    return any(
        _name(one) in names and f"{_module(one)}.".startswith(package)
        for one in _ancestors(kind)
    )


def _table(table: Any) -> dict[str, Any]:
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    values: list[Any] = []
    numbers: dict[
        str, list[Any]
    ] = {}  # an image has hundreds of columns, and a frame few arrays
    for column in columns:
        found = _values(column)
        if isinstance(found, ndarray):
            of_a_kind = numbers.setdefault(found.dtype.str, [])
            of_a_kind.append(found)
            found = found.dtype.str, len(of_a_kind) - 1
        values.append(found)
    return {
        "names": [_cell(name) for name in table.columns.tolist()],
        "dtypes": [str(column.dtype) for column in columns],
        "values": values,
        "numbers": {code: stack(arrays) for code, arrays in numbers.items()},
        "index": _values(table.index),
    }


def _column(column: Any) -> dict[str, Any]:
    return {
        "name": _cell(column.name),
        "dtype": str(column.dtype),
        "values": _values(column),
        "index": _values(column.index),
    }


def _sparse(matrix: Any) -> dict[str, Any]:
    entries = matrix.tocoo(copy=True)
    entries.sum_duplicates()
    entries.eliminate_zeros()
    places = entries.coords if hasattr(entries, "coords") else (entries.row, entries.col)
    return {
        "shape": tuple(int(length) for length in matrix.shape),
        "places": [place.astype("int64") for place in places],
        "values": entries.data,
    }


def _values(column: Any) -> Any:
    """The entries of a column: an array of numbers, or a list in which None is missing."""
    if getattr(column.dtype, "kind", "O") in _NUMBERS and _module(
        type(column.dtype)
    ).startswith("numpy"):
        return column.to_numpy()
    return [_cell(item) for item in column.astype(object).tolist()]


def _cell(item: Any) -> Any:
    """An entry as plain data."""
    kind = type(item)
    if kind in (str, int, bool, type(None)):
        return item
    if kind is float:
        return None if item != item else item
    if kind is tuple:
        return tuple(_cell(each) for each in item)
    if _name(kind) in ("NAType", "NaTType"):
        return None
    if _module(kind) == "numpy":
        return _cell(item.item())
    if hasattr(item, "isoformat"):
        return str(item.isoformat())
    return str(item)[:200]
