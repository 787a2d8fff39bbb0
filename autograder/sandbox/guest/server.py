"""The untrusted side: one process that loads one submission and answers calls.

What it holds is what the student's code may know: the submission and the arguments of the
calls so far. Whatever it sends is judged as an answer, never as a verdict.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import socket
import sys
import tempfile
import threading
import types
from collections.abc import Callable
from typing import Any, NoReturn, TextIO

from autograder.sandbox import together, wire
from autograder.sandbox.control import LOST
from autograder.sandbox.guest import estimators, figures, importing, loading
from autograder.sandbox.guest.arguments import Before, LenientDict, changes, holds_matrix
from autograder.sandbox.guest.attributes import set_attribute
from autograder.sandbox.guest.connection import Connection, type_name
from autograder.sandbox.guest.enclosure import Enclosure
from autograder.sandbox.guest.fixes import Fixes
from autograder.sandbox.guest.loading.parsing import Placed
from autograder.sandbox.guest.raised import described, frames, place_of
from autograder.sandbox.guest.seeding import Seeding
from autograder.sandbox.guest.substitutes import MISSING, Substitutes
from autograder.sandbox.guest.writing import Scratch
from autograder.sandbox.wire.apart import apart
from autograder.sandbox.wire.witness import listening

_ASKED_FOR = estimators, figures  # by their names, by probes


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
        self._connection = Connection(connection)
        self._printers = _printer(1), _printer(2)
        sys.stdout, sys.stderr = self._printers
        self._seeding = Seeding()
        self._main_thread = threading.get_ident()
        self._lent: list[str] = []  # the globals that are there for the present call only
        self._lines: dict[str, list[str]] = {}
        self._import_now: Callable[[str], None] = lambda name: None
        self._fixable: Fixes | None = None
        self._statements: tuple[list[Placed], int] = [], 0
        self._module = types.ModuleType("submission")
        self._substitutes = Substitutes(self._module.__dict__, self._ask)
        self._requests: dict[str, Callable[..., tuple[str, Any]]] = {
            "begin": self._begin,
            "load": self._load,
            "seed": self._seed,
            "call": self._call,
            "get": self._get,
            "set": self._set,
            "item": self._item,
            "apart": self._apart,
            "witness": self._witness,
            "library": self._library,
            "lend": self._lend,
            "substitute": self._substitute,
            "fixes": self._fixes,
            "fix": self._fix,
        }

    def run(self) -> None:
        """Answer requests for ever; raises when the connection ends."""
        while True:
            self._answer(*self._connection.receive())

    def _answer(self, header: memoryview, payload: memoryview) -> None:
        raw = header, payload
        made = wire.Made([], [])
        number, kind, body, _ = self._connection.unpack(raw, made=made)
        outer, self._connection.number = self._connection.number, number
        try:
            if kind in ("call", "witness"):
                body = *body, raw, made
            reply = self._requests[kind](*body)
        except BaseException as error:  # SystemExit and KeyboardInterrupt are answers as well
            reply = described(error, kind, self._lines)
        self._flush()
        try:
            self._connection.send(*reply)
        except wire.Unencodable as error:
            self._connection.send("unusable", [f"which is {error}"])
        except MemoryError:
            self._connection.send("memory", [])
        except Exception:  # a container that another thread changes, a class that lies
            self._connection.send("unusable", ["which could not be read"])
        self._connection.number = outer

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
        importing.announce(lambda begins: self._connection.send("importing", [begins]))
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
            at=lambda filename, line: self._connection.send("at", [filename, line]),
            beside={name: bytes(data) for name, data in files},
        )
        self._seeding.loaded()
        self._lines = result.lines
        self._import_now = result.import_now
        self._substitutes.elsewhere = result.elsewhere
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
            self._scratch.keep(name)
        if files:
            sys.path.append(self._enclosure.scratch)

    def _seed(self, number: int) -> tuple[str, Any]:
        self._scratch.install_keras()
        self._seeding.seed(number)
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
        if function is MISSING:
            return "missing", [target]
        if not callable(function):
            what = target if type(target) is str else "It"
            return "unusable", [f"`{what}` is {_a(function)}, not a function"]
        before = Before(made, raw[1])
        outer, LenientDict.found = LenientDict.found, []
        try:
            value = function(*args, **kwargs)
        finally:
            lenient, LenientDict.found = LenientDict.found, outer
        mutated: list[str] = []
        if not before.are_kept():
            _, given, named, *_ = self._connection.unpack(raw, dict).body
            mutated = [*changes(enumerate(args), given), *changes(kwargs.items(), named)]
        return "value", [value, mutated, lenient, holds_matrix(value)]

    def _witness(
        self,
        target: Any,
        args: list[Any],
        kwargs: dict[str, Any],
        seed: int | None,
        typed: list[str],
        raw: tuple[memoryview, memoryview],
        made: wire.Made,
    ) -> tuple[str, Any]:
        """A call; beside its value, what it printed and its arguments as they are then."""
        with listening(typed) as text:
            kind, fields = self._call(target, args, kwargs, seed, raw, made)
        if kind == "value":
            fields[0] = [fields[0], text(), args, kwargs]
        return kind, fields

    def _get(self, target: Any, name: str) -> tuple[str, Any]:
        owner = self._find(target)
        if owner is MISSING:
            return "missing", [target]
        try:
            return "value", [
                self._substitutes.attribute(owner, name) if name else owner,
                [],
                [],
            ]
        except AttributeError as error:
            if frames(error, self._lines):  # raised inside of a property of the student's
                raise
        return "missing", [f"{type_name(type(owner))}.{name}"]

    def _set(self, target: Any, name: str, value: Any) -> tuple[str, Any]:
        set_attribute(target, name, value)
        return "done", []

    def _item(self, target: Any, key: Any) -> tuple[str, Any]:
        return "value", [target[key], [], []]

    def _apart(self, target: Any) -> tuple[str, Any]:
        parts = apart(target)
        return "value", [None if parts is None else list(parts), [], []]

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
        places = [place for where in frames if (place := place_of(where)) is not None]
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
        self._substitutes.place(names, attributes, aside)
        return "done", []

    def _ask(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[bool, Any]:
        """True and the host's answer to a call, or False."""
        # Only the thread that answers requests may use the connection.
        if threading.get_ident() != self._main_thread:
            return False, None
        try:
            self._connection.send("ask", [name, args, kwargs])
        except wire.Unencodable:
            return False, None
        while True:
            raw = self._connection.receive()
            number, kind, body, _ = self._connection.unpack(raw)
            if kind != "answer" or number != self._connection.number:
                self._answer(*raw)
                continue
            found, value, aborted = body
            if aborted:
                raise Unanswered
            return found, value

    def _find(self, target: Any) -> Any:
        if type(target) is not str:
            return target
        if target in self._substitutes.originals:
            return self._substitutes.originals[target]
        namespace = self._module.__dict__
        if target not in namespace:
            self._import_now(target)
        return namespace.get(target, MISSING)


class _Everything(set[tuple[str, int]]):
    """All statements, wherever they are."""

    def __contains__(self, place: object) -> bool:
        return True


def _printer(descriptor: int) -> TextIO:
    # closefd=False, or a student's own sys.stdout.close() would be the end of the pipe.
    return open(descriptor, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def _a(value: Any) -> str:
    name = type_name(type(value))
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
