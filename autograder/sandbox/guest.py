"""The untrusted side: one process that loads one submission and answers calls.

What it holds is what the student's code may know: the submission and the arguments of the
calls so far. Whatever it sends is judged as an answer, never as a verdict.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import importlib
import operator
import os
import random
import re
import socket
import sys
import tempfile
import threading
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, NoReturn, TextIO

import numpy.random
from numpy import ndarray

from autograder.sandbox import importing, loading, standins, together, wire
from autograder.sandbox.attributes import set_attribute
from autograder.sandbox.control import LOST
from autograder.sandbox.enclosure import Enclosure
from autograder.sandbox.fixes import Fixes
from autograder.sandbox.loading.elsewhere import Elsewhere
from autograder.sandbox.loading.parsing import Placed
from autograder.sandbox.writing import Scratch

MAX_FRAMES = 20

# A student knows the class MLP, and not the module that it is in here.
_OUR_MODULE = re.compile(r"(<class '|<)submission\.(?=\w)")

# Bound here, so that a submission which patches these modules cannot reach them.
_seed_numpy = numpy.random.seed
_seed_python = random.seed
_entropy = random.Random()  # in place of the system's, for generators that nobody seeds
_type_name = type.__dict__["__name__"].__get__
_module_name = type.__dict__["__module__"].__get__
_ancestors = type.__dict__["__mro__"].__get__


class LenientDict(dict[Any, Any]):
    """A dict that also finds `d["w1"]` when its only such key is "W1", and notes it."""

    found: ClassVar[list[str]] = []  # one list for all: what the current call looked up

    def __missing__(self, key: Any) -> Any:
        if type(key) is str:
            matches = [k for k in self if type(k) is str and k.lower() == key.lower()]
            if len(matches) == 1:
                if key not in LenientDict.found:
                    LenientDict.found.append(key)
                return self[matches[0]]
        raise KeyError(key)

    def __reduce__(self) -> Any:
        return dict, (dict(self),)

    def __deepcopy__(self, memo: dict[int, Any]) -> LenientDict:
        return LenientDict(copy.deepcopy(dict(self), memo))


# To a student it is a dict: so Python's own messages name it.
LenientDict.__name__ = LenientDict.__qualname__ = "dict"
LenientDict.__module__ = "builtins"


class Unanswered(Exception):
    """The host could not answer an "ask"; unwinds the student's call."""


def serve(connection: socket.socket, enclosure: Enclosure) -> NoReturn:
    """Answer the host's requests until it closes the connection.

    enclosure   what confines this process, as soon as the host begins.
    """
    with contextlib.suppress(BaseException):
        Server(connection, enclosure).run()
    os._exit(LOST)


def rehearse() -> None:
    """Do once, before the fork, what each guest would otherwise do for the first time."""
    source = "import numpy as np\n\n\ndef f(x, y=0):\n    return x\n\n\nprint\n"
    namespace: dict[str, Any] = {}
    loading.load([("", source)], namespace, skip=set(), at=lambda *_: None)
    sys.modules.pop(loading.SCRIPT, None)


class Server:
    """Reads one request at a time and sends exactly one reply to each."""

    def __init__(self, connection: socket.socket, enclosure: Enclosure) -> None:
        self._enclosure = enclosure
        self._scratch = Scratch(os.devnull)
        self._send_bytes = connection.sendall
        self._receive_bytes = connection.recv
        self._printers = _printer(1), _printer(2)
        sys.stdout, sys.stderr = self._printers
        numpy.random.bit_generator.__dict__["randbits"] = _entropy.getrandbits
        self._main_thread = threading.get_ident()
        self._handles: dict[int, Any] = {}
        self._handle_of: dict[int, int] = {}  # id() of an object in _handles -> its number
        self._number = 0  # of the request that is being answered
        self._originals: dict[str, Any] = {}
        self._lent: list[str] = []  # the globals that are there for the present call only
        self._methods: dict[tuple[type, str], Any] = {}  # those that are asked for
        self._lines: dict[str, list[str]] = {}
        self._import_now: Callable[[str], None] = lambda name: None
        self._elsewhere = Elsewhere()
        self._fixable: Fixes | None = None
        self._statements: tuple[list[Placed], int] = [], 0
        self._placed: list[str] = []  # modules that are there while parts are answered for
        self._module = types.ModuleType("submission")
        self._requests: dict[str, Callable[..., tuple[str, Any]]] = {
            "begin": self._begin,
            "load": self._load,
            "seed": self._seed,
            "call": self._call,
            "get": self._get,
            "set": self._set,
            "item": self._item,
            "library": self._library,
            "lend": self._lend,
            "substitute": self._substitute,
            "fixes": self._fixes,
            "fix": self._fix,
        }

    def run(self) -> None:
        """Answer requests for ever; raises when the connection ends."""
        while True:
            self._answer(*self._receive())

    # Frames

    def _receive(self) -> tuple[memoryview, memoryview]:
        header, payload = wire.sizes(self._exactly(wire.PREFACE.size), wire.TO_GUEST)
        frame = memoryview(self._exactly(header + payload))
        return frame[:header], frame[header:]

    def _exactly(self, count: int) -> bytes:
        raw = self._receive_bytes(count, socket.MSG_WAITALL)
        if len(raw) != count:
            raise EOFError
        return raw

    def _unpack(
        self,
        raw: tuple[memoryview, memoryview],
        mapping: type = LenientDict,
        made: wire.Made | None = None,
    ) -> wire.Frame:
        known = self._handles
        return wire.unpack(*raw, lambda number, *_: known[number], mapping, made, wire.TO_GUEST)

    def _send(self, kind: str, body: Any) -> None:
        self._send_bytes(wire.pack(self._number, kind, body, self._handle))

    def _handle(self, value: Any) -> tuple[int, str, bool]:
        number = self._handle_of.get(id(value))
        if number is None:
            number = len(self._handles)
            self._handles[number] = value
            self._handle_of[id(value)] = number
        return number, _type_name(type(value)), callable(value)

    def _answer(self, header: memoryview, payload: memoryview) -> None:
        raw = header, payload
        made = wire.Made([], [])
        number, kind, body, _ = self._unpack(raw, made=made)
        outer, self._number = self._number, number
        try:
            if kind == "call":
                body = *body, raw, made
            reply = self._requests[kind](*body)
        except BaseException as error:  # SystemExit and KeyboardInterrupt are answers as well
            reply = self._describe(error, kind)
        self._flush()
        try:
            self._send(*reply)
        except wire.Unencodable as error:
            self._send("unusable", [f"which is {error}"])
        except MemoryError:
            self._send("memory", [])
        except Exception:  # a container that another thread changes, a class that lies
            self._send("unusable", ["which could not be read"])
        self._number = outer

    def _flush(self) -> None:
        for printer in (sys.stdout, sys.stderr, *self._printers):
            with contextlib.suppress(Exception):
                printer.flush()

    # Requests: each returns the reply's kind and fields

    def _begin(self, megabytes: int, cpu_seconds: int) -> tuple[str, Any]:
        scratch = self._enclosure.scratch
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = scratch
        self._scratch = Scratch(scratch)
        sys.argv = ["submission"]
        sys.modules["submission"] = self._module
        self._enclosure.confine(megabytes=megabytes, cpu_seconds=cpu_seconds)
        importing.announce(lambda begins: self._send("importing", [begins]))
        return "done", []

    def _load(
        self,
        cells: list[list[str]],
        skip: list[list[Any]],
        essential: bool,
        processor: int | None,
        files: list[list[Any]],
        unrun: bool,
    ) -> tuple[str, Any]:
        self._place(files)
        if processor is not None:
            together.come(processor)
        self._scratch.install()
        self._scratch.install_keras()
        self._seed(0)  # what the top level draws is the same in each process
        result = loading.load(
            [(label, source) for label, source in cells],
            self._module.__dict__,
            skip=_Everything() if unrun else {(filename, line) for filename, line in skip},
            essential=essential,
            at=lambda filename, line: self._send("at", [filename, line]),
            beside={name: data for name, data in files},
        )
        self._lines = result.lines
        self._import_now = result.import_now
        self._elsewhere = result.elsewhere
        self._statements = result.placed, result.flags
        return "loaded", [result.problems, result.functions, result.names, result.remembers]

    def _place(self, files: list[list[Any]]) -> None:
        """Put what was handed in beside the submission into its folder; it is last on the path.

        So a module of theirs takes the place of no library.
        """
        for name, data in files:
            path = os.path.join(self._enclosure.scratch, name)
            with open(path, "wb") as file:
                file.write(data)
            os.chmod(path, 0o444)
        if files:
            sys.path.append(self._enclosure.scratch)

    def _seed(self, number: int) -> tuple[str, Any]:
        _entropy.seed(number)
        _seed_python(number)
        _seed_numpy(number % 2**32)
        if keras := sys.modules.get("keras"):
            self._scratch.install_keras()
            keras.utils.set_random_seed(number % 2**32)
        return "done", []

    def _call(
        self,
        target: Any,
        args: list[Any],
        kwargs: dict[str, Any],
        seed: int | None,
        raw: tuple[memoryview, memoryview],
        made: wire.Made,
    ) -> tuple[str, Any]:
        if seed is not None:
            self._seed(seed)
        function = self._find(target)
        if function is _MISSING:
            return "missing", [target]
        if not callable(function):
            what = target if type(target) is str else "It"
            return "unusable", [f"`{what}` is {_a(function)}, not a function"]
        before = _shapes(made), _contents(made)
        outer, LenientDict.found = LenientDict.found, []
        try:
            value = function(*args, **kwargs)
        finally:
            lenient, LenientDict.found = LenientDict.found, outer
        mutated: list[str] = []
        if not _are_as_they_came(made, *before, raw[1]):
            _, given, named, _ = self._unpack(raw, dict).body
            mutated = [*_changes(enumerate(args), given), *_changes(kwargs.items(), named)]
        return "value", [value, mutated, lenient]

    def _get(self, target: Any, name: str) -> tuple[str, Any]:
        owner = self._find(target)
        if owner is _MISSING:
            return "missing", [target]
        try:
            return "value", [self._attribute(owner, name) if name else owner, [], []]
        except AttributeError as error:
            if self._frames(error):  # raised inside of a property of the student's
                raise
        return "missing", [f"{_type_name(type(owner))}.{name}"]

    def _set(self, target: Any, name: str, value: Any) -> tuple[str, Any]:
        set_attribute(target, name, value)
        return "done", []

    def _item(self, target: Any, key: Any) -> tuple[str, Any]:
        return "value", [target[key], [], []]

    def _library(self, name: str) -> tuple[str, Any]:
        return "value", [importlib.import_module(name), [], []]

    def _lend(self, values: dict[str, Any]) -> tuple[str, Any]:
        namespace = self._module.__dict__
        for name in self._lent:
            namespace.pop(name, None)
        self._lent = [name for name in values if name not in namespace]
        namespace.update((name, values[name]) for name in self._lent)
        return "done", []

    def _fixes(self, asked: list[str], frames: list[str], error: list[str]) -> tuple[str, Any]:
        if self._fixable is None:
            self._fixable = Fixes(self._statements[0])
        places = [place for where in frames if (place := _place(where)) is not None]
        kind, text = error
        namespace = self._module.__dict__
        return "changes", [self._fixable.found(asked, places, (kind, text), namespace)]

    def _fix(self, number: int) -> tuple[str, Any]:
        if self._fixable is not None:
            flags = self._statements[1]
            self._fixable.put_in_place(number, self._module.__dict__, flags)
        return "done", []

    def _substitute(
        self, names: list[str], attributes: dict[str, list[str]], aside: list[str]
    ) -> tuple[str, Any]:
        namespace = self._module.__dict__
        for name, own in self._originals.items():
            if own is _MISSING:
                namespace.pop(name, None)
            else:
                namespace[name] = own
        for name in self._placed:
            sys.modules.pop(name, None)
        for (kind, name), own in self._methods.items():
            if own is _MISSING:
                delattr(kind, name)
            else:
                setattr(kind, name, own)
        functions = [name for name in names if name not in attributes]
        self._originals = {name: namespace.get(name, _MISSING) for name in [*functions, *aside]}
        for name in functions:
            own = self._originals[name]
            namespace[name] = self._asking(name, _undefined(name) if own is _MISSING else own)
        for name in aside:
            own = self._originals[name]
            namespace[name] = _aside(_undefined(name) if own is _MISSING else own)
        self._substitute_elsewhere(functions)
        self._methods = {}
        for name, looked_at in attributes.items():
            self._substitute_method(name, looked_at)
        return "done", []

    def _substitute_elsewhere(self, functions: list[str]) -> None:
        """Lead what is imported from modules that are not here to what is answered for."""
        namespace = self._module.__dict__
        lacking = {name for name in functions if self._originals[name] is _MISSING}

        def find(name: str) -> Any:
            return namespace[name] if name in lacking else None

        places = self._elsewhere.names(find) if lacking else {}
        for name, place in places.items():
            if name not in namespace:
                self._originals[name] = _MISSING
                namespace[name] = place
        modules = self._elsewhere.importable(find) if lacking else {}
        self._placed = [name for name in modules if name not in sys.modules]
        sys.modules.update((name, modules[name]) for name in self._placed)

    def _substitute_method(self, qualified: str, looked_at: list[str]) -> None:
        of, _, name = qualified.partition(".")
        kind = self._module.__dict__.get(of)
        own = vars(kind).get(name, _MISSING) if isinstance(kind, type) else None
        if not isinstance(own, types.FunctionType) and own is not _MISSING:
            return  # a property, a value: no method of theirs is called by that name
        run = getattr(kind, name, None) or _undefined_method(of, name)

        def ask(owner: Any, *args: Any, **kwargs: Any) -> Any:
            kept = getattr(owner, "__dict__", {})
            state = {each: kept[each] for each in looked_at if each in kept}
            found, answer = self._asked(qualified, (state, *args), kwargs)
            if not found:
                return run(owner, *args, **kwargs)
            value, changed = answer
            for attribute, each in changed.items():
                setattr(owner, attribute, each)
            return value

        ask.__name__, ask.__qualname__ = name, qualified
        self._methods[kind, name] = own  # type: ignore[index]
        setattr(kind, name, ask)

    def _attribute(self, owner: Any, name: str) -> Any:
        """As the probe sees it: the student's own method, not what is asked for it."""
        for kind in type(owner).__mro__ if self._methods else ():
            if (kind, name) in self._methods:
                own = self._methods[kind, name]
                if own is not _MISSING:
                    return own.__get__(owner)
                return getattr(super(kind, owner), name)
            if name in vars(kind):
                break
        return getattr(owner, name)

    def _asking(self, name: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            found, value = self._asked(name, args, kwargs)
            return value if found else own(*args, **kwargs)

        ask.__name__ = ask.__qualname__ = name
        return ask

    def _asked(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[bool, Any]:
        """Whether the host answers a call, and with what."""
        # Only the thread that answers requests may use the connection.
        if threading.get_ident() != self._main_thread:
            return False, None
        try:
            self._send("ask", [name, args, kwargs])
        except wire.Unencodable:
            return False, None
        while True:
            raw = self._receive()
            number, kind, body, _ = self._unpack(raw)
            if kind != "answer" or number != self._number:
                self._answer(*raw)
                continue
            found, value, aborted = body
            if aborted:
                raise Unanswered
            return found, value

    def _find(self, target: Any) -> Any:
        if type(target) is not str:
            return target
        if target in self._originals:
            return self._originals[target]
        namespace = self._module.__dict__
        if target not in namespace:
            self._import_now(target)
        return namespace.get(target, _MISSING)

    # Errors

    def _describe(self, error: BaseException, request: str) -> tuple[str, Any]:
        kind = type(error)
        if issubclass(kind, MemoryError):
            return "memory", []
        frames = self._frames(error)
        inside = bool(frames) and self._is_last(error)
        if issubclass(kind, NotImplementedError) and request == "call" and inside:
            where, function, _ = frames[-1]
            return "not_attempted", [function, where]
        return "raised", [_error_name(kind), _text(error), frames]

    def _frames(self, error: BaseException) -> list[list[str]]:
        found = []
        for filename, line, function in _walk(error):
            if filename in self._lines:
                source = self._lines[filename]
                text = source[line - 1].strip()[:200] if 0 < line <= len(source) else ""
                where = (
                    f"line {line}" if filename == loading.SCRIPT else f"{filename}, line {line}"
                )
                found.append([where, function, text])
        return found[-MAX_FRAMES:]

    def _is_last(self, error: BaseException) -> bool:
        return [filename for filename, _, _ in _walk(error)][-1] in self._lines


_MISSING = object()


class _Everything(set[tuple[str, int]]):
    """All statements, wherever they are."""

    def __contains__(self, place: object) -> bool:
        return True


def _place(where: str) -> tuple[str, int] | None:
    """The file and the line of a place in words, as a frame says it."""
    found = re.match(r"(?:(.*), )?line (\d+)$", where, re.DOTALL)
    return (found[1] or loading.SCRIPT, int(found[2])) if found else None


def _undefined(name: str) -> Callable[..., Any]:
    def undefined(*args: Any, **kwargs: Any) -> Any:
        raise NameError(f"name {name!r} is not defined")

    return undefined


def _undefined_method(of: str, name: str) -> Callable[..., Any]:
    def undefined(*args: Any, **kwargs: Any) -> Any:
        raise AttributeError(f"{of!r} object has no attribute {name!r}")

    return undefined


def _aside(own: Callable[..., Any]) -> Callable[..., Any]:
    """A function that nothing depends on: where it raises, its answer is absent."""

    @functools.wraps(own)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return own(*args, **kwargs)
        except Exception:
            return standins.ABSENT

    return run


def _printer(descriptor: int) -> TextIO:
    # closefd=False, or a student's own sys.stdout.close() would be the end of the pipe.
    return open(descriptor, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def _walk(error: BaseException) -> Iterator[tuple[str, int, str]]:
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        yield code.co_filename, step.tb_lineno or 0, code.co_qualname
        step = step.tb_next


def _error_name(kind: type) -> str:
    """What an exception is called: an own kind of ValueError is a ValueError."""
    if _module_name(kind) == loading.SCRIPT:
        for known in _ancestors(kind):
            if known is Exception or known is BaseException:
                break  # too general to tell anything
            if _module_name(known) == "builtins":
                kind = known
                break
    name: str = _type_name(kind)
    return name


def _text(error: BaseException) -> str:
    try:
        text = str(error)[:500]
    except BaseException:  # its __str__ is the student's, and may raise anything
        return ""
    return _OUR_MODULE.sub(r"\1", text)


def _a(value: Any) -> str:
    name = _type_name(type(value))
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _shapes(made: wire.Made) -> list[Any]:
    return [(each.shape, each.dtype) for each in made.arrays]


def _contents(made: wire.Made) -> list[tuple[Any, ...]]:
    return [(*c, *c.values()) if isinstance(c, dict) else (*c,) for c in made.containers]


def _are_as_they_came(
    made: wire.Made, shapes: list[Any], contents: list[tuple[Any, ...]], payload: memoryview
) -> bool:
    """Whether nothing of a call has changed: the same bytes, the same objects.

    If not, it may still be equal to what it was.
    """
    return (
        b"".join([array.tobytes() for array in made.arrays]) == payload
        and _shapes(made) == shapes
        and all(map(_are_the_same, _contents(made), contents))
    )


def _are_the_same(some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def _changes(arguments: Iterable[tuple[Any, Any]], before: Any) -> list[str]:
    """The names of the arguments, or of the items of theirs, that differ from `before`."""
    return [name for key, value in arguments for name in _changed(str(key), value, before[key])]


def _changed(name: str, now: Any, before: Any) -> Iterator[str]:
    if isinstance(before, ndarray):
        same = (
            type(now) is ndarray
            and now.dtype == before.dtype
            and now.shape == before.shape
            and now.tobytes() == before.tobytes()
        )
        if not same:
            yield name
    elif isinstance(before, dict):
        for key in [*before, *(k for k in dict.keys(now) if k not in before)]:
            if dict.__contains__(now, key) and key in before:
                yield from _changed(f"{name}[{key!r}]", dict.get(now, key), before[key])
            else:
                yield f"{name}[{key!r}]"
    elif isinstance(before, list | tuple):
        if type(now) is not type(before) or len(now) != len(before):
            yield name
        else:
            for index, (one, other) in enumerate(zip(now, before, strict=True)):
                yield from _changed(f"{name}[{index}]", one, other)
    elif now is not before and (type(now) is not type(before) or repr(now) != repr(before)):
        yield name
