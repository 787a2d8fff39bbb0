"""The estimators of scikit-learn that a submission made, as plain data.

A class is taken for what its first ancestor in scikit-learn is, and settings are read where
scikit-learn keeps them: in the object itself, and not from a method that says them.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from numpy import array, bool_, complexfloating, generic, ndarray

MOST_DEEP = 8
MOST_STEPS = 60
MOST_NUMBERS = 200_000  # of one array
MOST_LETTERS = 80
OWN = "a class of your own"
OWN_FUNCTION = "a function of your own"

_name = type.__dict__["__name__"].__get__
_module = type.__dict__["__module__"].__get__
_ancestors = type.__dict__["__mro__"].__get__

# Where each keeps others: pairs, or triples with the columns that each gets.
_HOLDERS = {
    "Pipeline": "steps",
    "FeatureUnion": "transformer_list",
    "ColumnTransformer": "transformers",
    "VotingClassifier": "estimators",
    "VotingRegressor": "estimators",
    "StackingClassifier": "estimators",
    "StackingRegressor": "estimators",
}
_LEARNED = (  # as a fitted estimator calls what it has learned
    "mean_", "var_", "scale_", "min_", "data_min_", "data_max_", "center_", "statistics_",
    "categories_", "lambdas_", "bin_edges_", "components_", "explained_variance_",
    "explained_variance_ratio_", "scores_", "coef_", "intercept_", "alpha_", "classes_",
    "class_prior_", "theta_", "cluster_centers_", "feature_importances_", "best_params_",
)  # fmt: skip


def described(value: Any) -> dict[str, Any] | str:
    """An estimator: its kind, its settings, its steps; or what came in its place, in words."""
    if isinstance(value, type):
        return f"the class {_name(value)[:MOST_LETTERS]} came: make an object of it, with ()"
    if not _is_estimator(value):
        looks = all(callable(getattr(value, each, None)) for each in ("fit", "get_params"))
        also = ", which has the methods of one and is not of scikit-learn" if looks else ""
        return f"an object of type {_name(type(value))[:MOST_LETTERS]} came{also}"
    return _described(value, 0)


def learned(value: Any, names: list[str]) -> dict[str, Any] | str:
    """The numbers and names that an estimator and its steps have learned.

    names   the attributes that are asked for; all that are known where there are none.

    Of steps, a key is "StandardScaler.mean_".
    """
    said = described(value)
    if isinstance(said, str):
        return said
    leaves = list(_leaves(value, 0))[:MOST_STEPS]
    found: dict[str, Any] = {}
    for leaf in leaves:
        before = f"{_kind(type(leaf))}." if len(leaves) > 1 else ""
        for name, kept in _kept(leaf, names):
            found.setdefault(before + name, kept)
    return found


def _is_estimator(value: Any) -> bool:
    base = sys.modules.get("sklearn.base")
    return base is not None and isinstance(value, base.BaseEstimator)


def _kind(kind: type) -> str:
    """The name of the first ancestor that scikit-learn has under this very name."""
    for one in _ancestors(kind):
        module = sys.modules.get(_module(one))
        if _module(one).startswith("sklearn.") and getattr(module, _name(one), None) is one:
            return OWN if _module(one) == "sklearn.base" else str(_name(one))
    return OWN


def _described(value: Any, depth: int) -> dict[str, Any]:
    kind, own = _kind(type(value)), _name(type(value))
    kept = vars(value)
    steps, settings = [], {}
    for name, columns, inner in _inside(value, kind):
        if _is_estimator(inner) and depth < MOST_DEEP:
            steps.append([name, columns, _described(inner, depth + 1)])
        else:
            steps.append([name, columns, _plain(inner)])
    for name, default in _defaults(value).items():
        if name in kept and name != _HOLDERS.get(kind) and not _is_estimator(kept[name]):
            found, usual = _plain(kept[name]), _plain(default)
            if not _same(found, usual):
                settings[name] = found
    return {
        "kind": kind,
        "own": "" if own == kind else own[:MOST_LETTERS],
        "settings": settings,
        "steps": steps[:MOST_STEPS],
        "fitted": any(map(_is_learned, kept)) or (bool(steps) and _last_is_fitted(value, kind)),
    }


def _inside(value: Any, kind: str) -> Iterator[tuple[str, Any, Any]]:
    """The estimators in another one: each with its name, and the columns that it gets."""
    kept = vars(value)
    holder = _HOLDERS.get(kind)
    for one in kept.get(holder, ()) if holder else ():
        columns = _plain(one[2]) if len(one) > 2 else None
        yield str(one[0])[:MOST_LETTERS], columns, one[1]
    for name, inner in kept.items():
        if name != holder and not name.endswith("_") and _is_estimator(inner):
            yield name, None, inner


def _last_is_fitted(value: Any, kind: str) -> bool:
    last = [inner for _, _, inner in _inside(value, kind) if _is_estimator(inner)][-1:]
    return any(any(map(_is_learned, vars(inner))) for inner in last)


def _is_learned(name: str) -> bool:
    return name.endswith("_") and not name.startswith("_")


def _defaults(value: Any) -> Mapping[str, Any]:
    """The settings of its class, with the defaults that scikit-learn gives them."""
    for one in _ancestors(type(value)):
        if _module(one).startswith("sklearn."):
            parameters = inspect.signature(one.__init__).parameters.values()
            return {each.name: each.default for each in parameters if each.name != "self"}
    return {}


def _leaves(value: Any, depth: int) -> Iterator[Any]:
    """The estimators that learn something themselves, in the order in which data pass."""
    kept, kind = vars(value), _kind(type(value))
    fitted = {
        "ColumnTransformer": "transformers_",
        "GridSearchCV": "best_estimator_",
        "RandomizedSearchCV": "best_estimator_",
    }.get(kind)
    inner: list[Any] = []
    if fitted == "best_estimator_":
        inner = [kept.get(fitted)]
    elif fitted:
        inner = [one[1] for one in kept.get(fitted, ())]
    else:
        inner = [one for _, _, one in _inside(value, kind)]
    inner = [one for one in inner if _is_estimator(one)]
    if fitted != "transformers_" and kind != "Pipeline":
        yield value
    for one in inner if depth < MOST_DEEP else ():
        yield from _leaves(one, depth + 1)


def _kept(value: Any, names: list[str]) -> Iterator[tuple[str, Any]]:
    for name in names or _LEARNED:
        try:
            found = getattr(value, name)
        except AttributeError:
            continue
        plain = _plain(found)
        if plain is not None:
            yield name, plain
    if not names and hasattr(value, "tree_"):
        yield "depth", int(value.get_depth())
        yield "leaves", int(value.get_n_leaves())


def _plain(value: Any) -> Any:
    """A setting or an attribute as numbers, texts and lists of them."""
    if value is None or type(value) in (bool, int, float):
        return value
    if isinstance(value, str):
        return str(value)[:MOST_LETTERS]
    if isinstance(value, bool_):
        return bool(value)
    if isinstance(value, generic) and not isinstance(value, complexfloating):
        return _plain(value.item())
    if isinstance(value, ndarray):
        return _array(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value[:MOST_STEPS]]
    if isinstance(value, Mapping):
        return {str(k)[:MOST_LETTERS]: _plain(v) for k, v in list(value.items())[:MOST_STEPS]}
    if isinstance(value, slice):
        return ["slice", _plain(value.start), _plain(value.stop), _plain(value.step)]
    if isinstance(value, type):
        return _name(value)[:MOST_LETTERS]
    if callable(value):
        module = getattr(value, "__module__", None) or "numpy"
        known = str(module).partition(".")[0] in ("numpy", "scipy", "sklearn")
        return str(getattr(value, "__name__", OWN_FUNCTION))[:MOST_LETTERS] if known else (
            OWN_FUNCTION
        )  # fmt: skip
    return f"a {_name(type(value))[:MOST_LETTERS]}"


def _array(value: Any) -> Any:
    if value.size > MOST_NUMBERS:
        return f"an array of shape {value.shape}"
    if value.dtype.kind in "biuf":
        return array(value)
    return _plain(value.tolist()) if value.size <= MOST_STEPS else "an array of other things"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, ndarray) or isinstance(other, ndarray):
        return False
    if one != one and other != other:  # NaN, which stands for what is missing
        return True
    return type(one) is type(other) and bool(one == other)
