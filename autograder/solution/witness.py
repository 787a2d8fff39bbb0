"""Calls of a submission that are looked at beside what they return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from autograder.authoring import Witnessed
from autograder.errors import WrongAnswer
from autograder.sandbox.host.messages import CallResult
from autograder.sandbox.text import clean
from autograder.solution.contact import Contact, Witness


def took(
    witness: Witness,
    reply: CallResult,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    wrapped: Callable[[Any], Any],
) -> CallResult:
    """The reply as of an ordinary call; what is noted beside it goes to `witness`.

    args, kwargs   as they went out.
    wrapped        makes what a probe gets of what came from the guest.

    Raises WrongAnswer for a reply that is malformed.
    """
    match reply.value:
        case [value, str(text), list(after), dict(named)] if (
            len(after) == len(args) and named.keys() == kwargs.keys()
        ):
            witness.printed = clean(text, len(text) + 1)
            witness.sent = [*args, *kwargs.values()]
            witness.arguments = [wrapped(e) for e in (*after, *(named[key] for key in kwargs))]
            return replace(reply, value=value, mutated=(), output="")
    raise WrongAnswer("What the function left behind cannot be read.")


class Witnessing:
    """A function or an object of a submission whose calls can be looked at."""

    _contact: Contact

    def __call__(self, *args: Any) -> Any:
        """Call it."""
        raise NotImplementedError

    def __witness__(self, args: Sequence[Any], typed: Sequence[str]) -> Witnessed:
        contact = self._contact
        with _watching(contact, typed) as witness:
            value = self(*args)
        contact.printed = ""
        name, last = contact.last or ("", None)
        contact.last = name, last if last is not None else witness.printed
        return Witnessed(value, witness.printed, tuple(_after(witness, one) for one in args))


@contextmanager
def _watching(contact: Contact, typed: Sequence[str]) -> Iterator[Witness]:
    outer, contact.witness = contact.witness, Witness(typed)
    try:
        yield contact.witness
    finally:
        contact.witness = outer


def _after(witness: Witness, argument: Any) -> Any:
    for sent, after in zip(witness.sent, witness.arguments, strict=True):
        if sent is argument:
            return after
    return argument
