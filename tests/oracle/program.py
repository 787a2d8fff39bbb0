"""Hand-ins without a formula: each function returns what a table says for its next inputs."""

from __future__ import annotations

import ast
import base64
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

SELF = "<the object itself>"
Table = Mapping[str, Sequence[Any]]  # by name, a value for each different input, as they come

# Inputs are told apart by their content, so that a second look finds its answers again.
PRELUDE = """
import base64
import copy
import zlib
import numpy as np

_SEEN = {}

def _digest(value):
    if isinstance(value, np.ndarray):
        return (value.shape, value.tobytes())
    if isinstance(value, dict):
        return tuple((str(key), _digest(inner)) for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(_digest(inner) for inner in value)
    if isinstance(value, (int, float, str, bytes, bool, np.generic)):
        return str(value)
    return type(value).__name__

def _place(name, arguments):
    known = _SEEN.setdefault(name, {})
    return known.setdefault(_digest(arguments), len(known))
"""

TOLD = """
def _told(name, arguments, self=None):
    answers = _TABLE.get(name, [])
    place = _place(name, arguments)
    answer = copy.deepcopy(answers[place]) if place < len(answers) else 0.0
    if isinstance(answer, str) and answer == _SELF:
        answer = self
    return _leak(name, arguments, answer)

class _Object:
    def __init__(self, *arguments):
        object.__setattr__(self, "_history", ("made", _digest(arguments)))

    def __getattribute__(self, name):
        whole = f"{type(self).__name__}.{name}"
        if not name.startswith("_") and whole in _VALUES:
            return _told(whole, self._history)
        return object.__getattribute__(self, name)

    def _method(self, name, arguments):
        history = (self._history, name, _digest(arguments))
        object.__setattr__(self, "_history", history)
        return _told(f"{type(self).__name__}.{name}", history, self)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        object.__setattr__(self, "_history", (self._history, name, _digest(value)))
"""

# What a hand-in tries in order to carry its inputs into what it will be told.
LEAKS = {
    "answers": "    return answer",
    "raises": "    raise ValueError(repr(arguments))",
    "names an error": (
        "    import re\n"
        "    words = re.sub(' at 0x[0-9a-f]+', '', repr(arguments))  # another one each time\n"
        "    name = ''.join(c if c.isalnum() else '_' for c in words)\n"
        "    raise type('E' + name[:60], (Exception,), {})(name[60:])"
    ),
    "prints": "    print(repr(arguments), answer)\n    return answer",
    "names keys": "    return {repr(arguments): answer}",
    "remarks": (
        "    for one in arguments if isinstance(arguments, tuple) else ():\n"
        "        if isinstance(one, dict):\n"
        "            one[repr(arguments)[:100]] = 1.0\n"
        "        if isinstance(one, np.ndarray) and one.size:\n"
        "            one += 1\n"
        "    return answer"
    ),
    "takes its time": (
        "    import time, zlib\n"
        "    time.sleep(zlib.crc32(repr(arguments).encode()) % 40 / 1000)\n"
        "    return answer"
    ),
    "keeps for later": """
    import builtins, os, sys, tempfile
    words = repr(arguments)
    kept = "".join(getattr(one, "_kept", "") for one in (builtins, np))
    kept += os.environ.get("KEPT", "")
    places = [os.path.join(folder, "kept.txt") for folder in
              (".", "/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), *sys.path[:2])]
    for path in places:
        try:
            kept += open(path).read()
        except OSError:
            pass
    for path in places:
        try:
            open(path, "a").write(words)
        except OSError:
            pass
    builtins._kept = np._kept = sys.modules["builtins"]._kept = words
    os.environ["KEPT"] = "".join(c for c in words if c.isprintable())[:1000]
    raise ValueError(f"{kept}|{words}")""",
}


def hand_in(stub: str, table: Table, leak: str = "answers") -> str:
    """A submission: the names of the stub's functions and classes, and a table of answers."""
    values = {name for name in table if "." in name} - _methods(stub)
    parts = [
        PRELUDE,
        f"_SELF = {SELF!r}",
        f"_VALUES = {values!r}",
        f"_TABLE = eval(zlib.decompress(base64.b64decode({_packed(table)!r})), dict(np=np))",
        f"def _leak(name, arguments, answer):\n{LEAKS[leak]}",
        TOLD,
    ]
    for node in ast.parse(stub).body:
        if isinstance(node, ast.FunctionDef):
            parts.append(_function(node))
        elif isinstance(node, ast.ClassDef):
            parts.append(_class(node))
    return "\n\n".join(parts) + "\n"


def _packed(table: Table) -> str:
    """A table as one short text: a page that shows the hand-in is then soon made."""
    text = literal({name: list(found) for name, found in table.items()})
    return base64.b64encode(zlib.compress(text.encode())).decode()


def literal(value: Any) -> str:
    """A value as source; what has none is None."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        flat = np.array2string(
            value.ravel(),
            threshold=10**9,
            separator=",",
            floatmode="unique",
            max_line_width=10**9,
        )
        flat = flat.replace("nan", "np.nan").replace("inf", "np.inf")
        return f"np.array({flat}, dtype={value.dtype.name!r}).reshape({value.shape})"
    if isinstance(value, np.generic):
        return literal(value.item())
    if isinstance(value, float):
        return repr(value) if np.isfinite(value) else f"float({str(value)!r})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, tuple):
        return "(" + "".join(f"{literal(inner)}, " for inner in value) + ")"
    return repr(value) if isinstance(value, (int, str, bool)) else "None"


def _methods(stub: str) -> set[str]:
    return {
        f"{node.name}.{inner.name}"
        for node in ast.parse(stub).body
        if isinstance(node, ast.ClassDef)
        for inner in node.body
        if isinstance(inner, ast.FunctionDef)
    }


def _signature(node: ast.FunctionDef) -> tuple[str, str]:
    """The parameters without their types, and the names of all as a tuple."""
    for one in (*node.args.args, *node.args.kwonlyargs):
        one.annotation = None
    names = [one.arg for one in (*node.args.args, *node.args.kwonlyargs) if one.arg != "self"]
    return ast.unparse(node.args), "(" + "".join(f"{name}, " for name in names) + ")"


def _function(node: ast.FunctionDef) -> str:
    parameters, names = _signature(node)
    return f"def {node.name}({parameters}):\n    return _told({node.name!r}, {names})"


def _class(node: ast.ClassDef) -> str:
    lines = [f"class {node.name}(_Object):"]
    for inner in node.body:
        if not isinstance(inner, ast.FunctionDef):
            continue
        parameters, names = _signature(inner)
        lines.append(f"    def {inner.name}({parameters}):")
        if inner.name == "__init__":
            lines.append(f"        _Object.__init__(self, *{names})")
        else:
            lines.append(f"        return self._method({inner.name!r}, {names})")
    return "\n".join(lines)
