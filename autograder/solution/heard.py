"""The calls that a check made of a submission, in order, so that they can be made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.errors import StackFrame, StudentRaised
from autograder.sandbox.host.messages import Handle


@dataclass
class Call:
    """One call of a function, a class or a method.

    name       as the submission calls it; of a method the last part alone.
    on         the object whose method it is; None for a function.
    args       what was passed, as plain data and handles; `kwargs` likewise.
    names      what the task calls each of `args`, or "".
    value      what came back: plain data or a handle; None where nothing did.
    printed    what was printed meanwhile.
    raised     the exception in words, with the lines that it went through.
    """

    name: str
    on: Handle | None
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    names: Sequence[str]
    value: Any = None
    printed: str = ""
    raised: str = ""
    frames: Sequence[StackFrame] = ()

    def failed(self, error: StudentRaised, printed: str) -> None:
        """It raised."""
        self.raised, self.frames, self.printed = str(error), error.frames, printed


@dataclass
class Attribute:
    """An attribute that the check set on an object of the submission."""

    on: Handle
    name: str
    value: Any


@dataclass
class Heard:
    """The calls and settings of each case so far. It decides nothing."""

    cases: list[list[Call | Attribute]] = field(default_factory=list)
    _methods: dict[int, tuple[Handle, str]] = field(default_factory=dict)

    def begin(self) -> None:
        """A new case begins."""
        self.cases.append([])

    def looked_up(self, owner: Handle, name: str, value: Any) -> None:
        """An attribute was read: perhaps a method, which is called next."""
        if isinstance(value, Handle):
            self._methods[value.id] = owner, name

    def set(self, owner: Handle, name: str, value: Any) -> None:
        """An attribute was set."""
        self._now().append(Attribute(owner, name, _copied(value)))

    def called(
        self,
        target: str | Handle,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        task: Mapping[str, Any],
        sent: Callable[[Any], Any],
    ) -> Call | None:
        """A call begins. None where nobody can say what is called: a library's object.

        task   the arguments by the task's names.
        sent   makes plain data and handles of what a probe holds.
        """
        on, name = None, target
        if isinstance(target, Handle):
            if target.id not in self._methods:
                return None
            on, name = self._methods[target.id]
        call = Call(
            str(name),
            on,
            [_copied(sent(value)) for value in args],
            {key: _copied(sent(value)) for key, value in kwargs.items()},
            [next((key for key, one in task.items() if one is value), "") for value in args],
        )
        self._now().append(call)
        return call

    def _now(self) -> list[Call | Attribute]:
        """The case that runs; the first one where nobody said that it begins."""
        if not self.cases:
            self.begin()
        return self.cases[-1]


def _copied(value: Any) -> Any:
    """The value as it is now; a check may change its arrays later."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value
