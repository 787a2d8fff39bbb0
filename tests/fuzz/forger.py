"""What a guest of a forger runs: each of its replies is replaced by another one.

The text of this module is handed in below a submission's, so it imports nothing of the tests.
"""

from __future__ import annotations

import gc
import hashlib
import random
from typing import Any

import msgspec
import numpy as np

from autograder.sandbox import wire

NAMES = (
    *("", "f", "double", "Counter", "nn_model", "forward_propagation", "MLP.activate", "a.b"),
    *("EagerTensor", "ndarray", "Network", "Opaque", "__class__", "None", "a\0b", "\ud800"),
    *("²", "x" * 300, "1", "-1", "²['W1']", "0['W1']", "0[", "[", "99999999999999999999", "٣"),
)
TEXTS = (
    *NAMES,
    "shapes (,) and (,) not aligned",
    "shapes (3,) (,)",
    "shapes (²) and (1,,2) not aligned: ² (dim 0) != 2 (dim 1)",
    "operands could not be broadcast together with shapes (,) (9,)",
    "non-broadcastable output operand with shape () doesn't match the broadcast shape (,)",
    "could not broadcast input array from shape (,) into shape ()",
    "cannot reshape array of size ٣ into shape (,)",
    "axis -٣ is out of bounds for array of dimension ٣",
    "index ٣ is out of bounds for axis ٣ with size ٣",
    "matmul: mismatch in its core dimension 0, size 1 is different from ٣",
    "name '' is not defined",
    "name 'x' is not defined",
    "f() missing 1 required positional argument: ''",
    "f() takes 2 positional arguments but ² were given",
    "f() got an unexpected keyword argument ''",
    "'' object has no attribute ''",
    "module '' has no attribute ''",
    "{0} {} %s %d \\1 \\g<9> `",
    "\x1b[31m\n\r\u202e[bold]",
    "9" * 5_000,
    "(" * 500,
)
KINDS = (
    *("StudentRaised", "ValueError", "KeyError", "NameError", "TypeError", "IndexError"),
    *(
        "AttributeError",
        "RecursionError",
        "SystemExit",
        "EOFError",
        "AssertionError",
        "AxisError",
    ),
    *("UnboundLocalError", "ImportError", "ModuleNotFoundError", "", "\0", "x" * 300),
)
NODES: tuple[Any, ...] = (
    *(-1, 0, 2**31, 2**63 - 1, -(2**63), 1e308, float("nan"), float("inf"), True, None, ""),
    *("a" * 300, b"", b"\xff" * 64, [], {}, {"a": 1}, ["a", "<f8", [2**40]], ["a", "|O", [1]]),
    *(
        ["a", "<c16", [0, 2**40]],
        ["a", "|b1", [1]],
        ["s", "<f8", b"short"],
        ["i", b"\x7f" * 999],
    ),
    *(["i", b""], ["c", b""], ["u", b"\xed\xa0"], ["u", b"\xed\xa0\x80"], ["t"], ["l"], ["d"]),
    *(["h", -1, "", True], ["h", 2**62, "ndarray", True], ["h", 0, "a\0b", False]),
    *(["h", 1, "EagerTensor", False], ["h", True, "x" * 200, False], ["h", 2**70, "f", True]),
    *(
        ["o", "x", ["t", -1], "text"],
        ["o", "", ["t"], ""],
        ["o", "x", ["t", 2**40, 0], "\ud800"],
    ),
    *(["d", ["l"], 1], ["d", 1], ["d", "W1", ["d"]], ["d", float("nan"), 1, float("nan"), 2]),
    *(["d", ["t", 1, ["t", 2]], 3], ["d", None, None, True, 1, 1, 2], ["t", *range(50)]),
    *(["l", *[["l", *range(9)]] * 9], ["t", ["t", ["t", ["t", ["t", ["l"]]]]]]),
    *(["s", "<f2", b"\0\x7e"], ["s", "|b1", b"\2"], ["s", "<c16", b"\xff" * 16]),
)


def forge(seed: int, often: float = 1.0) -> None:
    """From now on, send something else than what is asked, in so many of all replies."""
    (server,) = (o for o in gc.get_objects() if type(o).__name__ == "Server")
    send = server._connection._send_bytes
    sent = {"frames": 0}

    def forging(raw: bytes) -> None:
        sent["frames"] += 1
        digest = hashlib.sha256(raw).hexdigest()
        draw = random.Random(f"{seed}/{sent['frames']}/{digest}")
        header, _ = wire.sizes(raw)
        number, kind, _ = msgspec.msgpack.decode(raw[8 : 8 + header])
        rate = {"at": 0.0, "importing": 0.0, "loaded": 0.1}.get(kind, often)
        send(_forged(draw, raw, number, kind) if draw.random() < rate else raw)

    server._connection._send_bytes = forging


def _forged(draw: random.Random, raw: bytes, number: int, kind: str) -> bytes:
    chance = draw.random()
    if chance < 0.25:
        return _with_another_node(draw, raw)
    if chance < 0.55 and kind == "value":
        return _with_another_value(draw, raw)
    if chance < 0.97:
        return _another(draw, raw, number)
    if chance < 0.98:
        return raw + raw
    if chance < 0.99:
        return raw[:4] + bytes(4) + raw[8:] + bytes(40)
    return raw[: draw.randrange(len(raw))] + draw.randbytes(len(raw))


def _with_another_node(draw: random.Random, raw: bytes) -> bytes:
    """The frame with one node of its tree replaced, or some of an array's numbers."""
    header, payload = wire.sizes(raw)
    tree = msgspec.msgpack.decode(raw[8 : 8 + header])
    places: list[tuple[list[Any], int]] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        places += [(node, index) for index in range(len(node))]
        waiting += [item for item in node if isinstance(item, list)]
    node, index = draw.choice(places)
    node[index] = draw.choice((*NODES, *NAMES[:8], [node[index]] * 3))
    encoded = msgspec.msgpack.encode(_utf8(tree))
    sizes = wire.PREFACE.pack(len(encoded), payload)
    return sizes + encoded + raw[8 + header :]


def _with_another_value(draw: random.Random, raw: bytes) -> bytes:
    """A reply of the right form, in which a leaf is something else."""
    header, _ = wire.sizes(raw)

    def known(number: int, name: str, callable_: bool) -> wire.Opaque:
        return wire.Opaque(name, (), "a handle")

    number, kind, body = wire.unpack(raw[8 : 8 + header], raw[8 + header :], known)
    changed = _changed(draw, body)
    return wire.pack(number, kind, changed, lambda value: (7, draw.choice(NAMES), True))


def _changed(draw: random.Random, value: Any) -> Any:
    if type(value) in (list, tuple) and value and draw.random() < 0.8:
        items = list(value)
        place = draw.randrange(len(items))
        items[place] = _changed(draw, items[place])
        return type(value)(items)
    if type(value) is dict and value and draw.random() < 0.8:
        key = draw.choice([*value])
        return {**value, key: _changed(draw, value[key])}
    return draw.choice(_values(draw))


def _values(draw: random.Random) -> list[Any]:
    kinds = ["?", "i1", "u8", "f2", "f4", "f8", "g", "c8", "c16"]
    shape = tuple(draw.choices((0, 1, 2, 3, 5), k=draw.randrange(5)))
    array = np.resize(np.array([draw.choice((0, 1, 2.5)), 7]), shape).astype(draw.choice(kinds))
    return [
        *(None, True, 0, -1, 2**80, -(2**64), 1e308, float("nan"), float("inf"), complex(1, 2)),
        *(
            "",
            "text",
            "\ud800",
            b"bytes",
            (),
            [],
            {},
            [[]],
            ((),),
            {"": None},
            {1: {2: {3: 4}}},
        ),
        *(array, array, array, array[..., :0], np.float32(0.5), np.bool_(True), np.int8(-1)),
        *(
            {float("nan"): array},
            {"W1": array, "w1": array},
            [array, None, "x"],
            (array, [array]),
        ),
        *([1, [2, [3]]], [1, "a"], [1.0, 1j], [True, 2**70], [[1, 2], [3]], {(): ()}, object()),
        *(
            {None: 1, True: 2, b"x": 3},
            [np.float64(1), np.float32(2)],
            [object()],
            {"a": object()},
        ),
        *(
            [0] * 3_000,
            {str(n): n for n in range(3_000)},
            "x" * 5_000,
            np.zeros((300, 40), "i1"),
        ),
        *(draw.choice(NAMES), draw.choice(TEXTS), [draw.choice(NAMES) for _ in range(4)]),
    ]


def _another(draw: random.Random, raw: bytes, number: int) -> bytes:
    """A frame of another kind, whose fields have the right types and say odd things."""

    def names(count: int) -> list[str]:
        return draw.choices(NAMES, k=draw.randrange(count))

    lines = [[draw.choice(TEXTS), draw.choice(NAMES), draw.choice(TEXTS)] for _ in range(3)]
    value = draw.choice(_values(draw))
    fields = {name: draw.choice(_values(draw)) for name in names(3)}
    problem = {key: draw.choice(TEXTS) for key in ("kind", "where", "text", "message")}
    parameter = {"name": draw.choice(NAMES), "kind": "positional", "has_default": True}
    function = {
        **{"name": draw.choice(NAMES), "signature_known": True, "empty": False},
        "parameters": [{**parameter, "default": value}],
    }
    answers = (
        ("raised", [draw.choice(KINDS), draw.choice(TEXTS), lines[: draw.randrange(4)]]),
        ("raised", [draw.choice(KINDS), draw.choice(TEXTS), []]),
        ("value", [value, names(5), []]),
        ("value", [value, [], names(5)]),
        ("value", [value, [f"{n}[{name!r}]" for n, name in enumerate(names(9))], []]),
        ("value", [value, [value], [value]]),
    )
    others = (
        ("missing", [draw.choice(NAMES)]),
        ("not_attempted", [draw.choice(NAMES), draw.choice(TEXTS)]),
        ("changes", [[names(6), names(6)]]),
        ("unusable", [draw.choice(TEXTS)]),
        ("memory", []),
        ("done", draw.choice(([], [value]))),
        ("loaded", [[{**problem, "names": names(3)}], [function], names(9), names(9)]),
        ("ask", [draw.choice(NAMES), tuple(_values(draw)[: draw.randrange(9)]), fields]),
        ("at", [draw.choice(NAMES), draw.choice((0, -1, 2**62))]),
        ("importing", [draw.random() < 0.5]),
    )
    kind, body = draw.choice(answers if draw.random() < 0.8 else others)
    try:
        frame = wire.pack(number, kind, body, lambda each: (5, draw.choice(NAMES), True))
    except (wire.Unencodable, UnicodeEncodeError):
        return raw
    # After a word by the way, the reply itself still has to come.
    return frame + raw if kind in ("at", "importing") else frame


def _utf8(node: Any) -> Any:
    if isinstance(node, list):
        return [_utf8(item) for item in node]
    return node.encode("utf-8", "replace").decode() if isinstance(node, str) else node
