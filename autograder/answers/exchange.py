"""A probe run twice, with other test data the second time: what depends on them is seen.

What differs in any case, as a draw of the system does, is seen by a third run with the first
data, and is nobody's mistake here.
"""

from __future__ import annotations

import contextlib
import inspect
import types
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.answers.contents import as_data
from autograder.answers.key import Draw
from autograder.answers.watched import Watched, Watcher, bare
from autograder.authoring import Check, Untouched
from autograder.errors import CourseError
from autograder.judging.closeness import TOLERANCE, same
from autograder.networks.handles import aside, type_name
from autograder.solution.remote import Remote
from autograder.solution.solution import Solution

Arguments = tuple[tuple[Any, ...], dict[str, Any]]


def asked(
    check: Check,
    solution: Any,
    given: Callable[[], Any],
    draw: Draw,
    seed: Callable[[], None],
) -> Any:
    """The value of a probe; of one with `untouched` arguments, an `Untouched`.

    given   makes a fresh one for each run.
    seed    seeds the generators where `solution` runs, as they are before the first run.
    """
    value = check.probe(solution, given(), draw.rng())
    if not check.untouched:
        return value
    first, others = as_data(value), Others(check.untouched, draw.global_seed)
    seed()
    with others.in_calls(solution) as exchanged:
        again = as_data(check.probe(exchanged, given(), draw.rng()))
    tolerance = max(check.tolerance, TOLERANCE)
    names = tuple(name for name in check.untouched if name in others.met)
    if same(first, again, tolerance):
        return Untouched(first, None, names)
    seed()
    once_more = as_data(check.probe(solution, given(), draw.rng()))
    return Untouched(first, again if same(first, once_more, tolerance) else None, names)


@dataclass
class Others(Watcher):
    """Other data for certain arguments, the same for each call of a run.

    met   the names that some call has had.
    """

    names: Sequence[str]
    seed: int
    met: set[str] = field(default_factory=set)

    @contextlib.contextmanager
    def in_calls(self, solution: Any) -> Iterator[Any]:
        """The solution whose calls get the other data, for as long as it lasts."""
        if not isinstance(solution, Solution):
            yield Watched(bare(solution), self)
            return
        contact = solution.__dict__["_contact"]
        heard = contact.heard
        contact.exchange, contact.heard = self.exchanged, None
        try:
            yield solution
        finally:
            contact.exchange, contact.heard = None, heard

    def exchanged(
        self, names: Sequence[str], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Arguments:
        """The arguments of a call, with the other data in their places."""
        placed = [self._other(name, value) for name, value in zip(names, args, strict=False)]
        named = {name: self._other(name, value) for name, value in kwargs.items()}
        return (*placed, *args[len(placed) :]), named

    def passed(
        self, function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Arguments:
        """The same for a function of the reference in this process."""
        names: list[str] = []
        if isinstance(function, (types.FunctionType, types.MethodType, type)):
            with contextlib.suppress(ValueError):
                names = list(inspect.signature(function).parameters)
        return self.exchanged(names, args, kwargs)

    def _other(self, name: str, value: Any) -> Any:
        if name not in self.names:
            return value
        self.met.add(name)
        return other_of(value, np.random.default_rng([self.seed, zlib.crc32(name.encode())]))


def other_of(value: Any, rng: np.random.Generator) -> Any:
    """Other data of the same shape and type: another order, other numbers, another scale.

    Classes stay the classes that there are. Raises CourseError for what is no data.
    """
    if isinstance(value, np.ndarray):
        return _other_array(value, rng)
    if isinstance(value, Mapping):
        return {key: other_of(item, rng) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(other_of(item, rng) for item in value)
    if isinstance(value, list):
        array = _flat(value)
        return (
            [other_of(item, rng) for item in value]
            if array is None
            else _other_array(array, rng).tolist()
        )
    if isinstance(value, float):
        return 2 * value + 1
    if isinstance(value, Remote) and type_name(value) in ("DataFrame", "Series"):
        return _other_table(value, rng)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise CourseError(
        f"@untouched makes other arrays, lists, DataFrames and Series, but got "
        f"{getattr(value, '__description__', type(value).__name__)}."
    )


def _flat(value: list[Any]) -> np.ndarray[Any, Any] | None:
    with contextlib.suppress(ValueError):
        array = np.asarray(value)
        return array if array.dtype.kind in "biufU" and array.size else None
    return None


def _other_array(value: np.ndarray[Any, Any], rng: np.random.Generator) -> Any:
    if not value.size:
        return value
    if value.dtype.kind == "f":
        moved = rng.permutation(value) if value.ndim else value
        finite = np.where(np.isfinite(moved), moved, 0)
        factor = np.exp(
            rng.uniform(-2, 2, value.shape[1:])
        )  # each column on a scale of its own
        shift = 2 * finite.std(axis=0) + 1
        return ((moved + shift) * factor).astype(value.dtype)
    classes, places = np.unique(value, return_inverse=True)
    if value.dtype.kind in "iu" and len(classes) > max(20, value.size / 2):
        return rng.permutation(value) + value.dtype.type(np.ptp(value) + 1)
    if len(classes) == 1:
        return ~value if value.dtype.kind == "b" else value
    turned = (places.reshape(value.shape) + 1) % len(classes)
    few = rng.random(value.shape) < 0.3
    return classes[np.where(few, rng.integers(len(classes)), turned)]


def _other_table(table: Any, rng: np.random.Generator) -> Any:
    """A DataFrame or a Series of a guest with other numbers; texts stay."""
    with aside(table):
        if type_name(table) == "Series":
            return table.max() + table.min() - table  # classes stay classes
        names = [str(name) for name in table.select_dtypes("number").columns.tolist()]
        scale = float(rng.uniform(1.5, 2.5))
        changed = {name: table[name] * scale + float(rng.uniform(1, 2)) for name in names}
        return table.assign(**changed)
