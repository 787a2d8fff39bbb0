"""A probe run again with other test data: what depends on them is seen.

The other data are far from the first. Code that raises with these may only be careful about
what it gets, so it is asked once more with data that are near: rows of the first, drawn again.
What differs in any case, as a draw of the system does, is seen by a run with the first data,
and is nobody's mistake here.
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
from autograder.judging.outcome import Outcome, Raised, Returned
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
    """The value of a probe on the reference; of one with `untouched` arguments, an `Untouched`.

    given   makes a fresh one for each run.
    seed    seeds the generators where `solution` runs, as they are before the first run.
    """
    value = check.probe(solution, given(), draw.rng())
    if not check.untouched:
        return value

    def again(others: Others | None) -> list[Outcome]:
        seed()
        try:
            if others is None:
                return [Returned(as_data(check.probe(solution, given(), draw.rng())))]
            others.seed = draw.global_seed
            with others.in_calls(solution) as exchanged:
                return [Returned(as_data(check.probe(exchanged, given(), draw.rng())))]
        except CourseError:
            raise
        except Exception as error:
            return [Raised(type(error).__name__, f"{type(error).__name__}: {error}")]

    return with_other_data(check, [as_data(value)], again)[0]


def with_other_data(
    check: Check, first: Sequence[Any], again: Callable[[Others | None], Sequence[Outcome]]
) -> list[Untouched]:
    """The answers of all cases, with what they become for other untouched arguments.

    again   runs the probe over all cases once more, with other data, or with the first where it
            gets None. It may end early; the text of a `Raised` is a whole sentence.
    """
    others = Others(check.untouched)
    changed = again(others)
    if any(isinstance(each, Raised) for each in changed):
        others.far = False
        changed = again(others)
    names = tuple(name for name in check.untouched if name in others.met)
    tolerance = max(check.tolerance, TOLERANCE)
    moved = [
        isinstance(found, Returned) and not same(value, found.value, tolerance)
        for value, found in zip(first, changed, strict=False)
    ]
    steady = again(None) if any(moved) else ()
    answers = []
    for number, value in enumerate(first):
        found = changed[number] if number < len(changed) else None
        if isinstance(found, Raised):
            answers.append(Untouched(value, None, names, found.text))
            continue
        once_more = steady[number] if number < len(steady) else None
        depends = (
            found is not None
            and moved[number]
            and isinstance(once_more, Returned)
            and same(value, once_more.value, tolerance)
        )
        answers.append(Untouched(value, found.value if found and depends else None, names))
    return answers


@dataclass
class Others(Watcher):
    """Other data for certain arguments, the same for each call of a run.

    far    whether they are other numbers on another scale, or rows of the first drawn again.
    met    the names that some call has had.
    seed   draws them.
    """

    names: Sequence[str]
    far: bool = True
    seed: int = 0
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
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return other_of(value, rng, far=self.far)


def other_of(value: Any, rng: np.random.Generator, *, far: bool = True) -> Any:
    """Other data of the same shape and type: another order, other numbers, another scale.

    Classes stay the classes that there are. Raises CourseError for what is no data.

    far   False for rows of the same data, drawn again.
    """
    if isinstance(value, np.ndarray):
        return _other_array(value, rng) if far else _drawn_again(value, rng)
    if isinstance(value, Mapping):
        return {key: other_of(item, rng, far=far) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(other_of(item, rng, far=far) for item in value)
    if isinstance(value, list):
        array = _flat(value)
        if array is None:
            return [other_of(item, rng, far=far) for item in value]
        return other_of(array, rng, far=far).tolist()
    if isinstance(value, float):
        return 2 * value + 1 if far else 0.9 * value
    if isinstance(value, Remote) and type_name(value) in ("DataFrame", "Series"):
        return _other_table(value, rng) if far else _table_drawn_again(value, rng)
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


def _drawn_again(value: np.ndarray[Any, Any], rng: np.random.Generator) -> Any:
    """Rows of the same array, some of them twice; each class of labels is among them."""
    if not value.ndim or len(value) < 3:
        return value * value.dtype.type(0.9) if value.dtype.kind == "f" else value
    rows = rng.integers(len(value), size=len(value))
    if value.ndim == 1:
        _, firsts = np.unique(value, return_index=True)
        if len(firsts) <= max(len(value) / 2, 2):
            rows[rng.choice(len(value), len(firsts), replace=False)] = firsts
    found = value[rows]
    return np.roll(value, 1, axis=0) if np.array_equal(found, value) else found


def _table_drawn_again(table: Any, rng: np.random.Generator) -> Any:
    """A DataFrame or a Series of a guest with some of its rows twice, under the same index."""
    with aside(table):
        rows = rng.integers(len(table), size=len(table)).tolist()
        return table.iloc[rows].set_axis(table.index)


def _other_table(table: Any, rng: np.random.Generator) -> Any:
    """A DataFrame or a Series of a guest with other numbers; texts stay."""
    with aside(table):
        if type_name(table) == "Series":
            return table.max() + table.min() - table  # classes stay classes
        names = [str(name) for name in table.select_dtypes("number").columns.tolist()]
        scale = float(rng.uniform(1.5, 2.5))
        changed = {name: table[name] * scale + float(rng.uniform(1, 2)) for name in names}
        return table.assign(**changed)
