"""`solution` as a probe sees it: the submission in its sandbox, used like a local module.

What a student must have meant is called (`signatures`), and said in a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from autograder.errors import (
    Missing,
    SubmissionError,
    Unreadable,
    WrongAnswer,
)
from autograder.judging.words import describe
from autograder.sandbox.border import interpreted
from autograder.sandbox.host.messages import Function, Handle
from autograder.solution.called import Called
from autograder.solution.calls import OwnParameter, PartCall, is_method
from autograder.solution.contact import Contact
from autograder.solution.remote import wrapped
from autograder.solution.retold import made_again, told
from autograder.solution.signatures import (
    resolve,
)


class Solution:
    """The code under test. Attributes are its functions, classes and values."""

    def __init__(self, contact: Contact) -> None:
        self.__dict__["_contact"] = contact

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        contact = self._contact
        found = resolve(name, contact.guest.loaded.functions, contact.signatures)
        if found is not None:
            return Called(name, contact.guest.loaded.functions[found], contact)
        contact.calling = name
        if name not in contact.guest.loaded.names:
            raise _missing(name, contact)
        value = contact.guest.get(name, "")
        contact.seen = (name, value)
        if name in contact.signatures and not (isinstance(value, Handle) and value.callable):
            raise WrongAnswer(
                f"{name} is {describe(value)}; a function of that name is needed."
            )
        return wrapped(value, contact)

    def __library__(self, name: str) -> Any:
        return wrapped(self._contact.guest.library(name), self._contact)


class Answering(Protocol):
    """The answers to some calls of a submission: their functions' names, and how."""

    @property
    def names(self) -> Sequence[str]:
        """The functions of the task."""

    def answer(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """(True, a value), or (False, None) where the submission's own function is to run."""


def prompted(
    contact: Contact,
    prompter: Answering,
    calls: Iterable[PartCall] = (),
    aside: Sequence[str] = (),
) -> AbstractContextManager[None]:
    """While it lasts, the submission's calls to its parts are answered by `prompter`.

    calls   those that the reference makes, which tell what its methods look at.
    aside   functions that give nothing, in place of an exception.
    """
    functions = contact.guest.loaded.functions
    own, busy = {name: name for name in prompter.names}, False
    attributes: dict[str, list[str]] = {name: [] for name in own if is_method(name)}
    for call in calls:
        if call.name in attributes:
            known = attributes[call.name]
            known += (name for name in call.reads if name not in known)
    for name in prompter.names:
        found = resolve(name, functions, contact.signatures)
        if found is not None:
            own[found] = name

    def answer(name: str, args: list[Any], kwargs: dict[str, Any]) -> tuple[bool, Any]:
        # Arguments that cannot be looked at are none of the reference's.
        # Nor are calls by objects that are being looked at, which would go on without end.
        nonlocal busy
        unanswered = False, None
        if name not in own or busy:
            return unanswered
        guest, busy = contact.guest, True
        try:
            with guest.passing():
                args, kwargs = told(guest, args), told(guest, kwargs)
                found, value = interpreted(
                    lambda: prompter.answer(own[name], args, kwargs), unanswered
                )
                return found, made_again(guest, value, whole=True) if found else value
        finally:
            busy = False

    missing = [name for name in aside if resolve(name, functions, contact.signatures) == name]
    return contact.guest.substituted(
        tuple(own), answer, attributes=attributes, aside=tuple(missing)
    )


def own_parameters(contact: Contact) -> dict[str, tuple[OwnParameter, ...]]:
    """The parameters that the submission's functions define, by the task's function name.

    Functions whose calls cannot be matched, such as those that take `*args`, are left out.
    """
    functions = contact.guest.loaded.functions
    found = {name: resolve(name, functions, contact.signatures) for name in contact.signatures}
    return {
        name: tuple(
            OwnParameter(p.name, p.has_default, p.default)
            for p in functions[own].parameters
            if p.kind == "positional"
        )
        for name, own in found.items()
        if own is not None and _is_matched(functions[own])
    }


def _is_matched(function: Function) -> bool:
    return function.signature_known and not any(
        parameter.kind.startswith("var") for parameter in function.parameters
    )


def _missing(name: str, contact: Contact) -> SubmissionError:
    """A function that could not be read is not the same as one that was never written."""
    for problem in contact.guest.loaded.problems:
        if problem.kind == "syntax" and name in problem.names:
            return Unreadable(name, problem.where, problem.message)
    of_class = any(known.startswith(f"{name}.") for known in contact.parameters)
    return Missing(name, of_class=of_class)
