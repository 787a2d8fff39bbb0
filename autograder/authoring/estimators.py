"""Estimators of scikit-learn, as answers: how a model is put together, and what it learned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.authoring.seen import Seen
from autograder.errors import WrongAnswer
from autograder.networks.handles import aside, library

_GUEST = "autograder.sandbox.guest.estimators"
_UNREAD = "What came back cannot be read as an estimator."
_MOST = 60  # steps of one, and settings of one step
_MOST_DEEP = 8

# These change how fast or how loudly an answer comes, and not the answer.
_SILENT = frozenset({"n_jobs", "verbose", "copy", "copy_X", "memory", "pre_dispatch"})
# These are ways to the same numbers: asked for only where a check is exact.
_WAYS = frozenset({"max_iter", "random_state", "solver", "tol", "warm_start"})


@dataclass(frozen=True)
class Step:
    """One estimator among those that data pass, or one that holds others.

    kind       the class's name: "StandardScaler"; "drop" for columns that are.
    settings   those that differ from scikit-learn's defaults.
    columns    which columns it gets, where a ColumnTransformer chooses them.
    own        the name of a submission's own class that is derived from it.
    """

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    columns: Any = None
    own: str = ""

    def asked(self, *, exact: bool = False) -> dict[str, Any]:
        """The settings that count."""
        left_out = _SILENT if exact else _SILENT | _WAYS
        return {name: value for name, value in self.settings.items() if name not in left_out}


@dataclass(frozen=True)
class Estimator(Seen):
    """A model of scikit-learn: its steps in the order in which data pass them.

    fitted   whether it has learned something.
    """

    steps: tuple[Step, ...]
    fitted: bool = False

    @property
    def parts(self) -> Mapping[str, Any]:
        """The steps, and whether it is fitted."""
        steps = [[each.kind, each.asked(), each.columns] for each in self.steps]
        return {"steps": steps, "fitted": self.fitted}

    @property
    def __description__(self) -> str:
        return f"a model of {' and '.join(step.kind for step in self.steps[:6])}"


def estimator(model: Any) -> Any:
    """The steps of an estimator of scikit-learn, and their settings.

    Names of steps do not count, nor does whether a pipeline stands in another one. Settings
    that only say how to compute (`n_jobs`, `verbose`, `solver`, `max_iter`, `random_state`) do
    not count either; the last three do with ``exact=True``. Say
    ``preload = ["numpy", "sklearn"]`` in assignment.toml.

        return estimator(solution.build_model())

    An estimator may say of itself what it likes, so look at its predictions for hidden inputs
    as well. Raises WrongAnswer for what is no estimator; gives None for None.
    """
    if model is None:
        return None
    found = _asked(model, lambda module: module.described(model))
    if not isinstance(found, Mapping):
        raise WrongAnswer(_UNREAD)
    return Estimator(tuple(_steps(found, None, 0))[:_MOST], found.get("fitted") is True)


def fitted(model: Any, *names: str) -> Any:
    """The numbers that an estimator has learned, as a dictionary: ``coef_``, ``mean_``.

    names   the attributes that are asked for; without them, all of a known list.

    Of a pipeline, a key names the step as well: ``"StandardScaler.mean_"``. Of a tree come
    ``depth`` and ``leaves``, too. Raises WrongAnswer for what is no estimator, or has not been
    fitted; gives None for None.
    """
    if model is None:
        return None
    found = _asked(model, lambda module: module.learned(model, list(names)))
    if not isinstance(found, Mapping) or len(found) > _MOST * _MOST:
        raise WrongAnswer(_UNREAD)
    if not found:
        raise WrongAnswer("The estimator has not been fitted: call its fit.")
    return {str(name): value for name, value in found.items()}


def _asked(model: Any, ask: Callable[[Any], Any]) -> Any:
    """The answer of a guest about a model. Raises WrongAnswer, in words, for what is none."""
    if not hasattr(type(model), "__library__") and isinstance(
        model, (str, int, float, list, tuple, dict, np.ndarray)
    ):
        raise WrongAnswer(
            f"An estimator of scikit-learn is needed, but a value of type "
            f"{type(model).__name__} came."
        )
    with aside(model):
        found = ask(library(model, _GUEST))
    if isinstance(found, str):
        raise WrongAnswer(f"An estimator of scikit-learn is needed, but {found[:200]}.")
    return found


def _steps(found: Mapping[Any, Any], columns: Any, depth: int) -> Iterator[Step]:
    """The steps of a guest's answer, which may be anything. Raises WrongAnswer."""
    match found:
        case {"kind": str(kind), "own": str(own), "settings": dict(kept), "steps": list(steps)}:
            inner = [list(_inner(each, columns, depth)) for each in steps[:_MOST]]
            if kind != "Pipeline":
                settings = {str(name)[:80]: _value(value, 0) for name, value in kept.items()}
                yield Step(kind[:80], settings, columns, own[:80])
            if kind in ("ColumnTransformer", "FeatureUnion"):
                inner.sort(key=repr)
            for one in inner:
                yield from one
        case _:
            raise WrongAnswer(_UNREAD)


def _inner(found: Any, columns: Any, depth: int) -> Iterator[Step]:
    match found:
        case [str(), own, str(word)]:  # "passthrough" in a pipeline does nothing
            if own is not None:
                yield Step(word[:80], {}, _as_list(own))
        case [str(), own, dict(inner)] if depth < _MOST_DEEP:
            yield from _steps(inner, columns if own is None else _as_list(own), depth + 1)
        case [str(), _, None]:
            return
        case _:
            raise WrongAnswer(_UNREAD)


def _as_list(columns: Any) -> Any:
    return _value(columns.tolist() if isinstance(columns, np.ndarray) else columns, 0)


def _value(value: Any, depth: int) -> Any:
    """A setting, which is at rest: numbers, texts, and lists and dictionaries of them."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value[:80] if isinstance(value, str) else value
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return value
    if isinstance(value, list | tuple) and depth < _MOST_DEEP:
        return [_value(each, depth + 1) for each in value[:_MOST]]
    if isinstance(value, Mapping) and depth < _MOST_DEEP and len(value) <= _MOST:
        return {str(key)[:80]: _value(each, depth + 1) for key, each in value.items()}
    raise WrongAnswer(_UNREAD)
