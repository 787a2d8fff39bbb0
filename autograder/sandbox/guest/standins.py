"""Stand-ins for what a submission may use and a grader's process does not have.

Plotting packages and IPython become objects that accept everything and do nothing: there
is no screen here, and importing matplotlib takes longer than most submissions run. A progress
bar (tqdm) passes on what it is given, whether that package is installed or not. Names
that NumPy 2 removed, and a few of Python 2's, work as they did in their day.
"""

from __future__ import annotations

import functools
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

SCREENLESS = frozenset(
    {"matplotlib", "seaborn", "plotly", "pylab", "mpl_toolkits", "IPython", "ipywidgets"}
)

# Progress bars: a loop over one is a loop over what it was given.
BARS = frozenset({"tqdm"})

STOOD_IN = SCREENLESS | BARS
_kept: set[str] = set()

# For `from … import *`, which asks a module for its list of names.
STARRED = {
    "matplotlib.pyplot": [
        "axes", "axis", "bar", "clf", "close", "colorbar", "contour", "contourf", "figure",
        "grid", "hist", "imshow", "legend", "plot", "savefig", "scatter", "show", "subplot",
        "subplots", "text", "tight_layout", "title", "xlabel", "xlim", "xticks", "ylabel",
        "ylim", "yticks",
    ],
    "IPython.display": ["HTML", "Image", "Math", "Markdown", "SVG", "clear_output", "display"],
    "ipywidgets": ["FloatSlider", "IntSlider", "fixed", "interact", "interactive"],
    "tqdm": ["tqdm", "tqdm_notebook", "tnrange", "trange"],
}  # fmt: skip
STARRED["pylab"] = STARRED["matplotlib.pylab"] = STARRED["matplotlib.pyplot"]


class StandIn:
    """Anything, doing nothing: attributes, calls, items and arithmetic give it again.

    Unpacking gives as many as are asked for (``fig, ax = plt.subplots()``); a loop over it
    runs once. Called with one function and nothing else it returns that function, so that
    it may be used as a decorator.
    """

    def __getattr__(self, name: str) -> Any:
        # Protocols such as __array__ and __deepcopy__ must look absent.
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        pass

    def __delattr__(self, name: str) -> None:
        pass

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Itself, or the one function that it was given."""
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        return self

    def __getitem__(self, key: object) -> StandIn:
        return self

    def __setitem__(self, key: object, value: object) -> None:
        pass

    def __delitem__(self, key: object) -> None:
        pass

    def __iter__(self) -> Iterator[StandIn]:
        return iter([self] * _asked_for(sys._getframe(1)))

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def __contains__(self, item: object) -> bool:
        return False

    def __format__(self, specification: str) -> str:
        return ""

    def __index__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __int__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 0.0

    def __repr__(self) -> str:
        return "<nothing: plotting is off>"


def _operator(self: StandIn, *others: object) -> StandIn:
    return self


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(StandIn, f"__{_name}__", _operator)
    setattr(StandIn, f"__r{_name}__", _operator)
for _name in ("neg", "pos", "abs"):
    setattr(StandIn, f"__{_name}__", _operator)

NOTHING = StandIn()


class Absent(StandIn):
    """In place of an answer that nobody needs: whatever NumPy makes of it is absent as well."""

    __hash__ = None  # type: ignore[assignment]

    def __array_ufunc__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __array_function__(self, *args: Any, **kwargs: Any) -> Any:
        return self


for _name in ("eq", "ne", "lt", "le", "gt", "ge", "matmul", "rmatmul", "and", "or", "invert"):
    setattr(Absent, f"__{_name}__", _operator)

ABSENT = Absent()


class Bar(StandIn):
    """A progress bar that is not drawn: what it was given, one after the other."""

    def __init__(self, iterable: Any = (), *args: Any, **kwargs: Any) -> None:
        object.__setattr__(self, "_iterable", iterable)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)


class Bars(StandIn):
    """`tqdm` itself, under any name: a call gives a bar."""

    def __getattr__(self, name: str) -> Any:
        super().__getattr__(name)
        return _counting if name in ("trange", "tnrange") else self

    def __call__(self, *args: Any, **kwargs: Any) -> Bar:
        """A bar around what it is given."""
        return Bar(*args, **kwargs)


def _counting(*args: Any, **kwargs: Any) -> Bar:
    return Bar(range(*args))


def _asked_for(frame: types.FrameType) -> int:
    """The number of values that `frame` is about to unpack; 1 when it only iterates."""
    import opcode

    code, at = frame.f_code.co_code, frame.f_lasti
    name = opcode.opname[code[at]]
    # For `a, *rest = …` the argument is the number of names before the star.
    return code[at + 1] if name in ("UNPACK_SEQUENCE", "UNPACK_EX") else 1


class StandInModule(types.ModuleType):
    """A module or package in which every name is there, and is a `StandIn`."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if self.__name__.partition(".")[0] in BARS:
            return getattr(Bars(), name)
        numpy = sys.modules.get("numpy")
        if self.__name__.endswith("pylab") and hasattr(numpy, name):
            return getattr(numpy, name)  # pylab is NumPy and pyplot in one
        return NOTHING


class Screenless(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every module of the `STOOD_IN` packages, and makes a stand-in of it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the packages that need a screen, and for no others."""
        if not is_stood_in(fullname):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """An empty module; its names appear when asked for."""
        return StandInModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Give the module its list of names for a starred import."""
        names = list(STARRED.get(module.__name__, ()))
        if module.__name__.endswith("pylab"):
            names += getattr(sys.modules.get("numpy"), "__all__", ())
        module.__dict__["__all__"] = names


def keep(names: Iterable[str]) -> None:
    """Let these packages be themselves, since the assignment preloads them.

    matplotlib imports its own toolkits.
    """
    _kept.update(name.partition(".")[0] for name in names)
    if "matplotlib" in _kept:
        _kept.add("mpl_toolkits")


def is_stood_in(module: str) -> bool:
    """True if a stand-in takes the place of a module."""
    package = module.partition(".")[0]
    return package in STOOD_IN and package not in _kept


def install_screenless() -> None:
    """Put the stand-ins before every other finder; a second call changes nothing."""
    if any(isinstance(finder, Screenless) for finder in sys.meta_path):
        return
    for name in filter(is_stood_in, list(sys.modules)):
        del sys.modules[name]
    sys.meta_path.insert(0, Screenless())


# What NumPy 2 no longer has: the old name, what to write now, and that very thing.
_GONE_FROM_NUMPY: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "float": ("float", lambda np: float),
    "int": ("int", lambda np: int),
    "object": ("object", lambda np: object),
    "str": ("str", lambda np: str),
    "unicode": ("str", lambda np: str),
    "complex": ("complex", lambda np: complex),
    "float_": ("np.float64", lambda np: np.float64),
    "complex_": ("np.complex128", lambda np: np.complex128),
    "cfloat": ("np.complex128", lambda np: np.complex128),
    "singlecomplex": ("np.complex64", lambda np: np.complex64),
    "longfloat": ("np.longdouble", lambda np: np.longdouble),
    "unicode_": ("np.str_", lambda np: np.str_),
    "string_": ("np.bytes_", lambda np: np.bytes_),
    "bool8": ("np.bool_", lambda np: np.bool_),
    "int0": ("np.intp", lambda np: np.intp),
    "uint0": ("np.uintp", lambda np: np.uintp),
    "NaN": ("np.nan", lambda np: np.nan),
    "NAN": ("np.nan", lambda np: np.nan),
    "Inf": ("np.inf", lambda np: np.inf),
    "Infinity": ("np.inf", lambda np: np.inf),
    "infty": ("np.inf", lambda np: np.inf),
    "PINF": ("np.inf", lambda np: np.inf),
    "NINF": ("-np.inf", lambda np: -np.inf),
    "PZERO": ("0.0", lambda np: 0.0),
    "NZERO": ("-0.0", lambda np: -0.0),
    "mat": ("np.asmatrix", lambda np: np.asmatrix),
    "asscalar": ("x.item()", lambda np: lambda a: np.asarray(a).item()),
    "asfarray": (
        "np.asarray(x, dtype=float)",
        lambda np: lambda a, dtype=np.float64: np.asarray(a, dtype=dtype),
    ),
    "product": ("np.prod", lambda np: np.prod),
    "cumproduct": ("np.cumprod", lambda np: np.cumprod),
    "alltrue": ("np.all", lambda np: np.all),
    "sometrue": ("np.any", lambda np: np.any),
    "rank": ("np.ndim", lambda np: np.ndim),
    "round_": ("np.round", lambda np: np.round),
    "in1d": (
        "np.isin",
        lambda np: lambda a, b, *args, **kwargs: np.isin(np.ravel(a), b, *args, **kwargs),
    ),
    "row_stack": ("np.vstack", lambda np: np.vstack),
    "trapz": ("np.trapezoid", lambda np: np.trapezoid),
    "msort": ("np.sort(x, axis=0)", lambda np: lambda a: np.sort(a, axis=0)),
}

# Python 2's names that submissions of that age still use: what to write now, and that thing.
GONE_FROM_PYTHON: dict[str, tuple[str, Any]] = {
    "xrange": ("range", range),
    "unicode": ("str", str),
    "basestring": ("str", str),
    "long": ("int", int),
    "unichr": ("chr", chr),
    "raw_input": ("input", input),
    "reduce": ("functools.reduce", functools.reduce),
}


def install_numpy_shims(np: types.ModuleType) -> dict[str, str]:
    """Let the loaded NumPy answer to the names that it has lost.

    Returns them with what replaces each. Names which this NumPy still has are left alone,
    and a second call changes nothing.
    """
    known: dict[str, str] | None = getattr(np.__dict__.get("__getattr__"), "shims", None)
    if known is not None:
        return known
    shims = {
        name: (now, make)
        for name, (now, make) in _GONE_FROM_NUMPY.items()
        if name not in np.__dict__
    }
    original = np.__dict__.get("__getattr__")

    def __getattr__(name: str) -> Any:
        if name in shims:
            return shims[name][1](np)
        if original is None:
            raise AttributeError(f"module 'numpy' has no attribute {name!r}")
        return original(name)

    replacements = {name: now for name, (now, _) in shims.items()}
    __getattr__.shims = replacements  # type: ignore[attr-defined]
    np.__dict__["__getattr__"] = __getattr__
    return replacements
