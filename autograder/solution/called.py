"""Functions and classes of a submission, called with what a student must have meant.

What that was is said in a remark (`signatures`).
"""

from __future__ import annotations

from typing import Any

from autograder.errors import NotAttempted
from autograder.sandbox.host.messages import Function
from autograder.solution.contact import Contact
from autograder.solution.remote import call, wrapped
from autograder.solution.signatures import adapt, other_defaults
from autograder.solution.witness import Witnessing


class Called(Witnessing):
    """A function or a class of the submission, called as the reference's is."""

    def __init__(self, name: str, function: Function, contact: Contact) -> None:
        self._name = name
        self._function = function
        self._contact = contact

    def __library__(self, name: str) -> Any:
        return wrapped(self._contact.guest.library(name), self._contact)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, with the task's names for its arguments."""
        if self._function.empty:
            raise NotAttempted(self._name)
        names = self._contact.signatures.get(self._name, ())
        if self._contact.exchange is not None:
            args, kwargs = self._contact.exchange(names, args, kwargs)
        task = {**dict(zip(names, args, strict=False)), **kwargs}
        of, change = self._contact.altered
        if of == self._name:
            task = dict(change(task))
            args, kwargs = (), task
        self._contact.measured(task)
        if self._function.name != self._name:
            self._contact.remark(
                f"There is no {self._name}; {self._function.name} was taken for it."
            )
        if len(task) < len(names):
            known = self._contact.parameters.get(self._name, ())
            for said in other_defaults(self._function, known, tuple(task)):
                self._contact.remark(said)
        args, kwargs = adapt(self._function, names, args, kwargs, self._contact.remark)
        name, one, other = self._contact.exchanged
        if name == self._name and other < len(args):
            order = list(args)
            order[one], order[other] = order[other], order[one]
            args = tuple(order)
        return call(self._contact, self._function.name, self._name, args, kwargs, task)
