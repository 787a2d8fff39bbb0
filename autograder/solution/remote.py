"""Objects of a submission, which stay in its guest and are called from here."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from autograder.errors import (
    Missing,
    MissingAttribute,
    NoLength,
    NotNumbers,
    StudentRaised,
    WrongAnswer,
)
from autograder.judging.outcome import Foreign
from autograder.sandbox.border import interpreting
from autograder.sandbox.host.messages import CallResult, Handle
from autograder.sandbox.wire import Opaque, plain
from autograder.sandbox.wire.named import rebuilt
from autograder.solution.contact import Contact, has_printed, places, sent_on
from autograder.solution.opaque import in_words
from autograder.solution.operators import OPERATORS, Operators
from autograder.solution.signatures import unbound, with_defaults
from autograder.solution.witness import Witnessing, took


class Remote(Operators, Witnessing):
    """An object that stays in the sandbox: an `MLP`, a Keras model, a bound method."""

    def __init__(self, handle: Handle, contact: Contact, name: str = "") -> None:
        """`name` is what a student calls it: "MLP.activate" for a method."""
        self.__dict__.update(_handle=handle, _contact=contact, _name=name or handle.type_name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        kind = self._handle.type_name
        value = _got(self._contact, self._handle, name)
        self._contact.seen = (f"{kind}.{name}", value)
        if self._contact.heard is not None:
            self._contact.heard.looked_up(self._handle, name, value)
        return wrapped(value, self._contact, f"{kind}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        with sent_on(self._contact, f"the attribute {name}"):
            self._contact.guest.set(self._handle, name, unwrapped(value))
        if self._contact.heard is not None:
            self._contact.heard.set(self._handle, name, unwrapped(value))

    def __getitem__(self, key: Any) -> Any:
        key = unwrapped(_within(self, key))
        return wrapped(self._contact.guest.item(self._handle, key), self._contact)

    def __operate__(self, name: str, module: str, function: str, args: tuple[Any, ...]) -> Any:
        contact: Contact = self._contact
        if name in OPERATORS:
            contact.used.add(name)
            among_objects = all(isinstance(each, Remote) for each in args)
            if not among_objects if contact.labelled else name not in contact.operators:
                return _on_numbers(function, args)
        if any(isinstance(a, Remote) and a.__dict__["_contact"] is not contact for a in args):
            return NotImplemented
        return _asked(contact, self._handle, contact.library(module, function), name, args)

    def __method__(self, name: str, args: tuple[Any, ...]) -> Any:
        target = _got(self._contact, self._handle, name)
        return _asked(self._contact, self._handle, target, name, args)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object: a bound method, or a model."""
        names = [name for name, _ in self._contact.parameters.get(self._name, ())]
        if names and self._contact.exchange is not None:
            args, kwargs = self._contact.exchange(names, args, kwargs)
        task = {**dict(zip(names, args, strict=False)), **kwargs}
        return call(self._contact, self._handle, self._name, args, kwargs, task)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        """Its numbers, for NumPy in a probe. Raises NotNumbers where it has none."""
        match taken_apart(self):
            case ["tensor" | "column", _, {"values": np.ndarray() as found}]:
                return np.asarray(found, dtype)
            case ["column", _, {"values": list(found)}] if all(type(e) is str for e in found):
                return np.asarray(found, dtype)
        found = self.__operate__("__array__", "numpy", "asarray", (self,))
        if not isinstance(found, np.ndarray):
            raise NotNumbers(f"Numbers are needed, but {self.__description__} came back.")
        return np.asarray(found, dtype)

    @property
    def __description__(self) -> str:
        return f"an object of type {self._handle.type_name}"

    def __library__(self, name: str) -> Any:
        return wrapped(self._contact.library(name), self._contact)

    def __aside__(self) -> AbstractContextManager[None]:
        contact: Contact = self._contact
        return contact.aside()

    @property
    def __type_name__(self) -> str:
        handle: Handle = self._handle
        return handle.type_name


def taken_apart(remote: Remote) -> Any:
    """The object's parts, as its guest says (`sandbox.wire.apart`); None for nothing.

    Nothing in it has been looked at yet.
    """
    contact: Contact = remote.__dict__["_contact"]
    return wrapped(contact.guest.apart(remote.__dict__["_handle"]), contact)


def _got(contact: Contact, handle: Handle, name: str) -> Any:
    try:
        return contact.guest.get(handle, name)
    except Missing:
        raise MissingAttribute(handle.type_name, name) from None


def _within(remote: Remote, key: Any) -> Any:
    """A key whose slices are made where the object is."""
    if isinstance(key, tuple):
        return tuple(_within(remote, each) for each in key)
    if isinstance(key, slice):
        ends = key.start, key.stop, key.step
        return remote.__operate__("__getitem__", "builtins", "slice", ends)
    return key


def _on_numbers(function: str, args: tuple[Any, ...]) -> Any:
    """An operation on the numbers of objects, which is done here."""
    numbers = [np.asarray(arg) if isinstance(arg, Remote) else arg for arg in args]
    return getattr(operator, function)(*numbers)


def _asked(
    contact: Contact, handle: Handle, target: Handle, name: str, args: tuple[Any, ...]
) -> Any:
    try:
        return call(contact, target, f"{handle.type_name}.{name}", args, {}, {})
    except StudentRaised as error:
        if name == "__next__" and error.type_name == "StopIteration":
            raise StopIteration from None
        if name == "__len__" and error.type_name == "TypeError" and not error.frames:
            raise NoLength(error.type_name, error.text, kinds=error.kinds) from None
        raise


def call(
    contact: Contact,
    target: str | Handle,
    name: str,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    task: Mapping[str, Any],
) -> Any:
    """Call the submission; `task` has the arguments by the reference's names."""
    contact.forget()
    contact.calling = name
    contact.called[name] = None
    heard = contact.heard and contact.heard.called(target, args, kwargs, task, unwrapped)
    try:
        reply = _reply(contact, target, args, kwargs)
    except StudentRaised as error:
        if heard:
            heard.failed(error, contact.guest.output)
        if has_printed(contact.guest.output):
            contact.printed = name
        reply = _forgiven(error, contact, target, name, args, kwargs, task)
    if heard:
        heard.value, heard.printed = reply.value, reply.output
    with interpreting(WrongAnswer(f"What {name} returned cannot be read.")):
        return _taken(contact, reply, name, isinstance(target, str))


def _taken(contact: Contact, reply: CallResult, name: str, is_function: bool) -> Any:
    """Take a call's value, and keep the remarks about it."""
    contact.seen = (name, reply.value)
    for place in places(contact, name, reply.mutated):
        contact.remark(f"{name} changes its argument {place} in place.")
    if reply.lenient:
        keys = ", ".join(map(repr, reply.lenient))
        contact.remark(f"{name} writes keys in another case: {keys}.")
    if reply.matrix:
        contact.remark(
            f"{name} gives an np.matrix, read as an array here. With it * is the matrix "
            "product: np.asarray(...) makes an array of it."
        )
    before = contact.tensors
    value = wrapped(reply.value, contact)
    read = contact.tensors > before
    if read and is_function:
        contact.remark(f"{name} returns a tensor, which was read as an array.")
    gives_generator = isinstance(reply.value, Handle) and reply.value.type_name == "generator"
    if gives_generator and "__" not in name:
        contact.generator = name
    if name in contact.given_back:
        _look_back(contact, name, contact.given_back[name], reply.value)
    if has_printed(reply.output):
        contact.printed = name
    contact.last = (name, value if read else reply.value)
    contact.returned = name
    return value


def _look_back(contact: Contact, name: str, due: str, value: Any) -> None:
    """Remark on a method that gives nothing back, and on lists in place of a History."""
    if due == "fit()":
        if isinstance(value, dict):
            contact.remark(
                f"{name} gives a dictionary back, where the task's gives back what fit returns."
            )
    elif value is None or (not due and not isinstance(value, Handle)):
        given = "nothing" if value is None else "something else"
        ends = f"return self.{due}" if due else "return self"
        contact.remark(f"{name} gives {given} back, where the task's ends in `{ends}`.")


def _reply(
    contact: Contact, target: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> CallResult:
    sent = [unwrapped(value) for value in args]
    named = {key: unwrapped(value) for key, value in kwargs.items()}
    with sent_on(contact, contact.calling):
        if contact.witness is None:
            return contact.guest.call(target, sent, named)
        typed = list(contact.witness.typed)
        reply = contact.guest.call(target, sent, named, "witness", typed)
    return took(contact.witness, reply, args, kwargs, lambda value: wrapped(value, contact))


def _forgiven(
    error: StudentRaised,
    contact: Contact,
    target: str | Handle,
    name: str,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    task: Mapping[str, Any],
) -> CallResult:
    """The reply to the same call with what the task lends it; raises `error` again otherwise.

    That is a default which the student's function does not have, or an argument which it reads
    as a global.
    """
    if error.type_name == "TypeError" and not error.frames:
        filled = with_defaults(error.text, contact.parameters.get(name, ()), args, kwargs)
        if filled is not None:
            args, kwargs, said = filled
            reply = _reply(contact, target, args, kwargs)
            contact.remark(f"{name} has {said}")
            return reply
    lent = unbound(error)
    if lent is not None and lent == contact.length[0]:
        with contact.guest.lent({lent: _length(task, *contact.length[1:])}):
            return _reply(contact, target, args, kwargs)
    if lent is not None and lent in task:
        with contact.guest.lent({lent: unwrapped(task[lent])}):
            reply = _reply(contact, target, args, kwargs)
        contact.remark(
            f"{name} uses `{lent}` without taking it as an argument; the task's value was used."
        )
        return reply
    raise error


def _length(task: Mapping[str, Any], argument: str, axis: int) -> int | None:
    value = task.get(argument)
    return value.shape[axis] if isinstance(value, np.ndarray) and axis < value.ndim else None


@functools.lru_cache(maxsize=256)
def _remote(type_name: str) -> type[Remote]:
    """A kind of Remote that bears the student's name, for what Python itself says of it."""
    return type(type_name, (Remote,), {})


TENSOR = "EagerTensor"  # TensorFlow's, and nothing but numbers
_AS_IT_IS = frozenset([np.ndarray, float, int, str, bool, type(None)])  # nearly all


def wrapped(value: Any, contact: Contact, name: str = "") -> Any:
    """The value that a probe gets for one that came from a guest; reverses `unwrapped`."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Handle):
        if value.type_name == TENSOR:
            return _read(value, contact)
        if value.id not in contact.remotes:
            contact.remotes[value.id] = _remote(value.type_name)(value, contact, name)
        return contact.remotes[value.id]
    if isinstance(value, Opaque):
        return Foreign(in_words(value))
    if isinstance(value, tuple):
        return rebuilt(value, tuple(wrapped(item, contact) for item in value))
    if isinstance(value, list):
        return rebuilt(value, [wrapped(item, contact) for item in value])
    if isinstance(value, dict):
        return rebuilt(value, {key: wrapped(item, contact) for key, item in value.items()})
    return plain.mapped(lambda item: wrapped(item, contact), value)


def _read(tensor: Handle, contact: Contact) -> Any:
    """A tensor's numbers, which are plain."""
    numbers = contact.guest.call(contact.guest.get(tensor, "numpy"), [], {}).value
    contact.tensors += 1
    return wrapped(numbers, contact)


def unwrapped(value: Any) -> Any:
    """The value that goes to a guest for one that a probe holds. Raises WrongAnswer."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Remote):
        return value.__dict__["_handle"]
    if isinstance(value, Foreign):
        raise WrongAnswer(f"Numbers are needed, but {value.__description__} came back.")
    if isinstance(value, tuple):
        return rebuilt(value, tuple(map(unwrapped, value)))
    if isinstance(value, list):
        return rebuilt(value, list(map(unwrapped, value)))
    if isinstance(value, (dict, Mapping)):
        return {key: unwrapped(item) for key, item in value.items()}
    return plain.mapped(unwrapped, value)
