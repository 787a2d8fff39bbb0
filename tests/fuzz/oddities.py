"""What Python and NumPy can give back: a submission whose functions return odd values.

The text of this module is handed in below a submission's, so it imports nothing of the tests.
"""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import random
import types
from collections.abc import Callable
from typing import Any

import numpy as np

_own_random = random.Random
_own_type = type


class Liar:
    """Claims to be an array, equals everything, and breaks whoever asks."""

    shape, dtype, ndim, size = (2, 3), np.dtype(float), 2, 6
    __class__ = np.ndarray  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        return Liar() if not name.startswith("__") else None

    def __repr__(self) -> str:
        raise ValueError("shapes (,) and (,) not aligned")


class LoudError(Exception):
    """Cannot be said."""

    def __str__(self) -> str:
        raise RuntimeError("\ud800")


class Text(str):
    """A string that has no length and no case."""

    def __len__(self) -> int:
        return -1

    def lower(self) -> str:
        return "w1"


class Number(float):
    """A number that is zero to whoever compares it."""

    def __sub__(self, other: Any) -> float:
        return 0.0

    __rsub__ = __sub__


class Colour(enum.IntEnum):
    """A number with a name."""

    RED = 2


@dataclasses.dataclass
class Record:
    """Two fields."""

    W1: Any = 1
    b1: Any = None


Pair = collections.namedtuple("Pair", "W1 b1")
Metal = type("", (), {})
Nul = type("a\0b"[:1] + "b", (dict,), {"__missing__": lambda self, key: Liar()})


def oddly(seed: int, namespace: dict[str, Any]) -> None:
    """From now on, the functions and classes of a namespace give odd values."""
    draw = _own_random(seed)
    _wrap(namespace, lambda function: _odd(function, draw))


def _wrap(namespace: dict[str, Any], wrapped: Callable[[Callable[..., Any]], Any]) -> None:
    for name, value in list(namespace.items()):
        own = getattr(value, "__module__", "") == namespace["__name__"]
        if not own or name.startswith("_"):
            continue
        if isinstance(value, types.FunctionType):
            namespace[name] = wrapped(value)
        elif isinstance(value, type):
            for own, method in list(vars(value).items()):
                if isinstance(method, types.FunctionType):
                    setattr(value, own, wrapped(method))


def _odd(function: Callable[..., Any], draw: random.Random) -> Any:
    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        value = function(*args, **kwargs)
        if function.__name__ == "__init__":
            for name, kept in list(vars(args[0]).items()):
                setattr(args[0], name, _changed(kept, draw))
            return None
        chance = draw.random()
        if chance < 0.08:
            raise draw.choice(_errors(draw))
        if chance < 0.14 and args:
            _meddle(args[draw.randrange(len(args))], draw)
            return value
        return _changed(value, draw)

    return run


def _meddle(argument: Any, draw: random.Random) -> None:
    """Change an argument in place."""
    keys = [*map(str, range(9)), "²", "a['b']", Text("W1"), 7, (1, 2), None, float("nan")]
    if isinstance(argument, dict):
        count = draw.choice((1, 3, 10_000))
        argument.update({f"key {n}" if n > 20 else draw.choice(keys): n for n in range(count)})
    elif isinstance(argument, list):
        argument.extend(range(draw.choice((1, 3, 10_000))))
    elif isinstance(argument, np.ndarray) and argument.flags.writeable:
        argument[...] = 0
        if draw.random() < 0.5:
            argument.shape = (argument.size, 1)


def _changed(value: Any, draw: random.Random) -> Any:
    """The value with a part of it, or all, replaced."""
    if isinstance(value, dict) and value and draw.random() < 0.7:
        key = draw.choice([*value])
        return {**value, key: _changed(value[key], draw)}
    if isinstance(value, tuple | list) and value and draw.random() < 0.7:
        items = list(value)
        place = draw.randrange(len(items))
        items[place] = _changed(items[place], draw)
        return type(value)(items)
    if isinstance(value, np.ndarray) and draw.random() < 0.4:
        return draw.choice(_of_an_array(value))()
    return draw.choice(VALUES)()


def _of_an_array(a: Any) -> list[Callable[[], Any]]:
    """What a right array may be in odd clothes."""
    return [
        lambda: a.astype(object),
        lambda: a.astype(str),
        lambda: a.astype("S8"),
        lambda: np.ma.masked_array(a, mask=True),
        lambda: np.ma.masked_array(a),
        lambda: a.view(np.recarray),
        lambda: np.asmatrix(a) if a.ndim < 3 else a,
        lambda: a.astype(np.longdouble),
        lambda: a.astype(np.float16),
        lambda: a.astype(">f8"),
        lambda: a.astype(complex) + 1j,
        lambda: np.broadcast_to(a, (2, *a.shape)),
        lambda: a[..., np.newaxis],
        lambda: a[..., :0],
        lambda: a.tolist(),
        lambda: [*a] if a.ndim else [a],
        lambda: memoryview(np.ascontiguousarray(a)),
        lambda: (x for x in a.ravel()),
        lambda: np.nditer(a),
        lambda: a.ravel().astype("M8[s]"),
        lambda: np.full(a.shape, np.nan),
        lambda: np.full(a.shape, None),
        lambda: a.ravel().tobytes(),
        lambda: map(float, a.ravel()),
        lambda: np.array(a.tolist(), dtype=object),
        lambda: dict(enumerate(a.ravel().tolist())),
        lambda: {tuple(index): item for index, item in np.ndenumerate(a)},
        lambda: set(a.ravel().tolist()),
        lambda: np.frompyfunc(str, 1, 1)(a),
        lambda: {"W1": a, "w1": a, 1: a, None: a},
    ]


def _recursive(kind: type) -> Any:
    found: Any = kind()
    if kind is dict:
        found["me"] = found
    else:
        found.append(found)
    return found


def _deep(depth: int) -> Any:
    found: Any = 1.0
    for _ in range(depth):
        found = [found]
    return found


VALUES: tuple[Callable[[], Any], ...] = (
    *(lambda: None, lambda: "", lambda: "text", lambda: "\ud800", lambda: b"bytes"),
    *(lambda: bytearray(b"x"), lambda: memoryview(b"xyz"), lambda: array.array("d", [1, 2])),
    *(lambda: 10**30, lambda: -(10**400), lambda: 10**5_000, lambda: True, lambda: -0.0),
    *(lambda: float("nan"), lambda: float("inf"), lambda: 1e308, lambda: 5e-324, lambda: 1j),
    *(lambda: decimal.Decimal("NaN"), lambda: fractions.Fraction(1, 3), lambda: Colour.RED),
    *(
        lambda: datetime.date(2027, 1, 1),
        lambda: Ellipsis,
        lambda: NotImplemented,
        lambda: type,
    ),
    *(list, dict, tuple, set, frozenset, object, Liar, Record, Metal, Nul, lambda: Number(3)),
    *(
        lambda: Pair(1, 2),
        lambda: range(5),
        lambda: slice(1, 2),
        lambda: iter([1]),
        lambda: len,
    ),
    *(lambda: (x for x in [1]), lambda: zip([1], [2], strict=True), lambda: {1: 2}.items()),
    *(
        lambda: {"a": 1}.keys(),
        lambda: np,
        lambda: np.add,
        lambda: np.float64,
        lambda: Exception,
    ),
    *(lambda: ValueError("shapes (,) and (,) not aligned"), lambda: Text("W1"), lambda: Liar),
    *(
        lambda: _recursive(list),
        lambda: _recursive(dict),
        lambda: _deep(12),
        lambda: _deep(500),
    ),
    *(lambda: [0] * 250_000, lambda: {str(n): n for n in range(10_000)}, lambda: "x" * 10**5),
    *(lambda: {n: n for n in range(9_000)}, lambda: {float("nan"): n for n in range(3)}),
    *(lambda: {(1, 2): 3, None: 4, True: 5}, lambda: {Text("W1"): 1, "w1": 2}, lambda: {1j: 2}),
    *(lambda: collections.defaultdict(list), lambda: collections.OrderedDict(a=1)),
    *(lambda: collections.Counter("aab"), lambda: collections.deque([1]), lambda: types),
    *(lambda: types.MappingProxyType({"W1": 1}), lambda: types.SimpleNamespace(W1=1)),
    *(lambda: collections.ChainMap({"a": 1}), lambda: collections.UserDict(a=1)),
    *(
        lambda: np.array(1.5),
        lambda: np.array("text"),
        lambda: np.array([]),
        lambda: np.ma.masked,
    ),
    *(lambda: np.array([None, "a", 1]), lambda: np.array(["a", "b"]), lambda: np.array([b"a"])),
    *(
        lambda: np.array([[1, "x"]]),
        lambda: np.array([{}, []], dtype=object),
        lambda: np.str_("x"),
    ),
    *(lambda: np.zeros(3, "i4,f8"), lambda: np.void(b"abc"), lambda: np.zeros(2, "V8")),
    *(lambda: np.datetime64("NaT"), lambda: np.timedelta64(3, "s"), lambda: np.bytes_(b"x")),
    *(lambda: np.zeros((1,) * 12), lambda: np.zeros((0, 3)), lambda: np.zeros((3, 0, 2))),
    *(lambda: np.broadcast_to(0.0, (10**5, 10**5)), lambda: np.longdouble("1e4000")),
    *(lambda: np.float16(1), lambda: np.complex64(1j), lambda: np.uint64(2**64 - 1), np.random),
    *(lambda: np.random.default_rng(1), lambda: np.poly1d([1, 2]), lambda: np.dtype("f4")),
    *(
        lambda: [1, [2, [3, "x"]]],
        lambda: [[1, 2], [3]],
        lambda: [1, None],
        lambda: [np.nan, "a"],
    ),
    *(lambda: [np.zeros(2), np.zeros(3)], lambda: (np.zeros(2),) * 40, lambda: [[], [[]], ()]),
    *(
        lambda: [2**70, 1.0],
        lambda: [True, None],
        lambda: [b"a", "a"],
        lambda: [np.array("x")] * 2,
    ),
    *(lambda: [np.zeros(1)] * 300, lambda: {f"k{n}": np.zeros(1) for n in range(300)}),
    *(lambda: functools.partial(len), lambda: lambda *a, **k: Liar(), lambda: print),
    *(
        lambda: {"W1": Liar(), "b1": object()},
        lambda: ((), ((),)),
        lambda: [Liar()],
        lambda: Pair,
    ),
)


def _errors(draw: random.Random) -> list[BaseException]:
    pieces = [",", "", "3,", "٣,2", "9" * 400, "²", "1,,2", "-1", "nan", "2, 3"]
    a, b = draw.choice(pieces), draw.choice(pieces)
    return [
        ValueError(f"shapes ({a}) and ({b}) not aligned: {a} (dim 0) != {b} (dim 0)"),
        ValueError(f"operands could not be broadcast together with shapes ({a}) ({b})"),
        ValueError(f"non-broadcastable output operand with shape ({a}) is not shape ({b})"),
        ValueError(f"could not broadcast input array from shape ({a}) into shape ({b})"),
        ValueError(f"cannot reshape array of size {a} into shape ({b})"),
        ValueError(
            f"matmul: mismatch in its core dimension {a}, size {a} is different from {b}"
        ),
        IndexError(f"index {a} is out of bounds for axis {b} with size {a}"),
        IndexError(f"axis {a} is out of bounds for array of dimension {b}"),
        IndexError(f"too many indices for array: array is {a}-dimensional, but {b}"),
        TypeError(f"f() missing 1 required positional argument: '{a}'"),
        TypeError(f"f() takes {a} positional arguments but {b} were given"),
        TypeError(f"unsupported operand type(s) for +: '{a}' and '{b}'"),
        NameError(f"name '{a}' is not defined"),
        AttributeError(f"'{a}' object has no attribute '{b}'"),
        UnboundLocalError(f"cannot access local variable '{a}'"),
        ImportError(f"cannot import name '{a}' from '{b}'"),
        *(KeyError(a), KeyError(float("nan")), KeyError(()), KeyError(), ValueError()),
        *(
            NotImplementedError(a),
            StopIteration(a),
            AssertionError(a),
            LoudError(),
            MemoryError(),
        ),
        *(UnicodeDecodeError("utf-8", b"\xff", 0, 1, a), OSError(2, a), EOFError(a)),
        *(SystemExit(a), KeyboardInterrupt(), GeneratorExit(), RecursionError(a), Warning(a)),
        type(a or "X", (ValueError,), {})(b),
        ExceptionGroup(a, [ValueError(b)]),
    ]
