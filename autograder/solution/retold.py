"""Objects that one guest tells another: tensors, tables, estimators without anything learned.

The reference and a submission run in guests of their own, and an object of one is no object of
the other. Where a part of the task takes or gives such an object, it is told as data, and made
again where it is needed. Models with weights are not: they are made where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.errors import SubmissionError
from autograder.judging.records import Record
from autograder.judging.tables import TABLES
from autograder.sandbox.host.messages import Handle, holds_handle
from autograder.sandbox.host.sandbox import Guest
from autograder.sandbox.wire import named

_TENSOR = "torch.Tensor"
_TABLE = "pandas"
_KINDS = "sklearn."
_DTYPES = ("bool", "int", "uint", "float", "str")  # of columns that data tell whole


def told(guest: Guest, value: Any, *, whole: bool = False) -> Any:
    """A value with data in place of its objects, where these can be told; else as it is.

    whole   also estimators, for which the guest is asked more.

    A tensor that belongs to a gradient stays: another one would end the gradient.
    """
    if not holds_handle(value):
        return value

    def tell(handle: Handle) -> Any:
        try:
            if handle.type_name in ("Tensor", "Parameter"):
                return _tensor(guest, handle)
            if handle.type_name in ("DataFrame", "Series"):
                return _table(guest, handle)
            return _estimator(guest, handle) if whole and not handle.callable else handle
        except SubmissionError:  # a class of their own may be called Tensor as well
            if not guest.alive:
                raise
            return handle

    return _mapped(tell, Handle, value)


def made_again(guest: Guest, value: Any, *, whole: bool = False) -> Any:
    """The same with objects of this guest in place of what was told.

    whole   also estimators, for a submission's guest alone: their class is named by who told
            them, and no submission may name what the reference's guest imports.
    """
    return _mapped(lambda record: _made(guest, record, whole), Record, value)


def _tensor(guest: Guest, handle: Handle) -> Any:
    if guest.get(handle, "requires_grad") is not False:
        return handle
    match guest.apart(handle):
        case ["tensor", _, {"values": np.ndarray() as values}]:
            return Record(_TENSOR, {"values": values})
    return handle


def _table(guest: Guest, handle: Handle) -> Any:
    """A table with an index of one level, of numbers and texts."""
    index = guest.get(handle, "index")
    if not isinstance(index, Handle) or index.type_name not in ("Index", "RangeIndex"):
        return handle
    match guest.apart(handle):
        case ["table" | "column" as kind, str(name), dict(parts)]:
            found = TABLES[kind](name, parts)
            dtypes = [] if found is None else found.fields.get("dtypes", parts.get("dtype"))
            dtypes = dtypes if isinstance(dtypes, list) else [dtypes]
            if dtypes and all(str(dtype).rstrip("0123456789") in _DTYPES for dtype in dtypes):
                return Record(_TABLE, {"table": found, "index": guest.get(index, "name")})
    return handle


def _estimator(guest: Guest, handle: Handle) -> Any:
    module = guest.get(handle, "__module__")
    state = guest.get(handle, "__dict__")
    if not isinstance(module, str) or not module.startswith(_KINDS):
        return handle
    if not isinstance(state, Mapping) or any(str(name).endswith("_") for name in state):
        return handle  # it has learned something
    settings = guest.call(guest.get(handle, "get_params"), [], {"deep": False}).value
    settings = told(guest, settings, whole=True)
    if holds_handle(settings):
        return handle
    return Record(f"{module}.{handle.type_name}", settings)


def _made(guest: Guest, record: Record, whole: bool) -> Any:
    """The object; a dataclass's record, which is none of these, stays."""
    module, _, name = record.name.rpartition(".")
    if record.name == _TENSOR:
        make = guest.get(guest.library("torch"), "tensor")
        return guest.call(make, [np.asarray(record.fields["values"])], {}).value
    if record.name == _TABLE:
        return _made_table(guest, record.fields["table"], record.fields["index"])
    if whole and module.startswith(_KINDS):
        settings = made_again(guest, dict(record.fields), whole=True)
        return guest.call(guest.get(guest.library(module), name), [], settings).value
    return record


def _made_table(guest: Guest, table: Record, index_name: Any) -> Any:
    pandas, said = guest.library("pandas"), table.fields
    index = guest.call(guest.get(pandas, "Index"), [said["index"]], {"name": index_name}).value

    def column(name: Any, dtype: str, values: Any) -> Any:
        settings = {"index": index, "name": name, "dtype": dtype}
        return guest.call(guest.get(pandas, "Series"), [values], settings).value

    if "names" not in said:
        return column(said["name"], said["dtype"], said["values"])
    columns = list(map(column, said["names"], said["dtypes"], said["values"]))
    return guest.call(guest.get(pandas, "concat"), [columns], {"axis": 1}).value


def _mapped(change: Callable[[Any], Any], kind: type, value: Any) -> Any:
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, (tuple, list)):
        items = [_mapped(change, kind, item) for item in value]
        return named.rebuilt(value, tuple(items) if isinstance(value, tuple) else items)
    if isinstance(value, dict):
        found = {key: _mapped(change, kind, item) for key, item in value.items()}
        return named.rebuilt(value, found)
    return value
