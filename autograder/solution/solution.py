"""`solution` as a probe sees it: the submission in its sandbox, used like a local module.

What a student must have meant is called (`signatures`), and said in a remark.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from autograder.errors import (
    Missing,
    MissingAttribute,
    NotAttempted,
    StudentRaised,
    SubmissionError,
    Unreadable,
    Unsendable,
    WrongAnswer,
)
from autograder.judging.outcome import Foreign
from autograder.judging.words import describe
from autograder.sandbox.border import interpreted, interpreting
from autograder.sandbox.host.messages import Function, Handle, Reply
from autograder.sandbox.host.sandbox import Guest
from autograder.sandbox.wire import Opaque
from autograder.solution.calls import OwnParameter, Parameters, PartCall, is_method
from autograder.solution.signatures import adapt, other_defaults, unbound, with_defaults
from autograder.solution.signatures import resolve as resolve

MOST_PLACES = 4  # of one argument that are told one by one


@dataclass
class Contact:
    """What the calls of one check leave behind, beside their answers.

    parameters   the reference's, with their defaults.
    sizes        for each case, the lengths of its inputs' axes, by what each is.
    exchanged    a function, and the places of two arguments that it gets exchanged.
    length       a global that is lent, and the argument and the axis of which it is the length.
    altered      a function, and what becomes of its arguments, by the task's names.
    """

    guest: Guest
    signatures: Mapping[str, Sequence[str]]
    parameters: Parameters = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    sizes: list[dict[str, int]] = field(default_factory=list)
    last: tuple[str, Any] | None = None
    seen: tuple[str, Any] | None = None  # what was looked at last in this case, by its name
    calling: str = ""
    called: dict[str, None] = field(default_factory=dict)  # what was called so far
    returned: str = ""  # the function that came back last in this case
    giving_self: Collection[str] = ()  # the reference's methods that give back the object
    generator: str = ""  # the function that gave one
    tensors: int = 0  # how many were read as arrays so far
    exchanged: tuple[str, int, int] = ("", 0, 0)
    length: tuple[str, str, int] = ("", "", 0)
    altered: tuple[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = ("", dict)

    def remark(self, text: str) -> None:
        """Note something for the student, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def begin(self) -> None:
        """A new case begins, and nothing has come back yet."""
        self.last = self.seen = None
        self.returned = ""
        self.sizes.append({})

    def forget(self) -> None:
        """What came back before is of no more interest."""
        self.last = None

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """What is asked meanwhile is no answer of the submission, and leaves nothing behind."""
        kept = self.last, self.calling, list(self.remarks)
        try:
            yield
        finally:
            self.last, self.calling, self.remarks[:] = kept

    def measured(self, arguments: Mapping[str, Any]) -> None:
        """Remember the lengths of the inputs' axes, to explain a constant factor."""
        for name, value in arguments.items():
            if isinstance(value, np.ndarray) and value.ndim == 2 and self.sizes:
                self.sizes[-1].setdefault(f"the number of columns of {name}", value.shape[1])
                self.sizes[-1].setdefault(f"the number of rows of {name}", value.shape[0])


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
            return _Callable(name, contact.guest.loaded.functions[found], contact)
        contact.calling = name
        if name not in contact.guest.loaded.names:
            raise _missing(name, contact)
        value = contact.guest.get(name, "")
        contact.seen = (name, value)
        if name in contact.signatures and not (isinstance(value, Handle) and value.callable):
            raise WrongAnswer(
                f"{name} is {describe(value)}; a function of that name is needed."
            )
        return _wrapped(value, contact)

    def __library__(self, name: str) -> Any:
        return _wrapped(self._contact.guest.library(name), self._contact)


class Answering(Protocol):
    """What answers some calls of a submission: their functions' names, and how."""

    @property
    def names(self) -> Sequence[str]:
        """The functions of the task."""

    def answer(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """(True, a value), or (False, None) where the submission's own function is to run."""


class Remote:
    """An object that stays in the sandbox: an `MLP`, a Keras model, a bound method."""

    def __init__(self, handle: Handle, contact: Contact, name: str = "") -> None:
        """`name` is what a student calls it: "MLP.activate" for a method."""
        self.__dict__.update(_handle=handle, _contact=contact, _name=name or handle.type_name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        kind = self._handle.type_name
        try:
            value = self._contact.guest.get(self._handle, name)
        except Missing:
            raise MissingAttribute(kind, name) from None
        self._contact.seen = (f"{kind}.{name}", value)
        return _wrapped(value, self._contact, f"{kind}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        with _sent_on(self._contact, f"the attribute {name}"):
            self._contact.guest.set(self._handle, name, unwrapped(value))

    def __getitem__(self, key: Any) -> Any:
        return _wrapped(self._contact.guest.item(self._handle, unwrapped(key)), self._contact)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object: a bound method, or a model."""
        names = [name for name, _ in self._contact.parameters.get(self._name, ())]
        task = {**dict(zip(names, args, strict=False)), **kwargs}
        return _call(self._contact, self._handle, self._name, args, kwargs, task)

    @property
    def __description__(self) -> str:
        return f"an object of type {self._handle.type_name}"

    def __library__(self, name: str) -> Any:
        return _wrapped(self._contact.guest.library(name), self._contact)

    def __aside__(self) -> AbstractContextManager[None]:
        contact: Contact = self._contact
        return contact.aside()

    @property
    def __type_name__(self) -> str:
        handle: Handle = self._handle
        return handle.type_name


class _Callable:
    """A function or a class of the submission, called as the reference's is."""

    def __init__(self, name: str, function: Function, contact: Contact) -> None:
        self._name = name
        self._function = function
        self._contact = contact

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._function.empty:
            raise NotAttempted(self._name)
        names = self._contact.signatures.get(self._name, ())
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
        return _call(self._contact, self._function.name, self._name, args, kwargs, task)


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
    own = {name: name for name in prompter.names}
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
        unanswered = False, None
        if name not in own:
            return unanswered
        return interpreted(lambda: prompter.answer(own[name], args, kwargs), unanswered)

    missing = [name for name in aside if resolve(name, functions, contact.signatures) == name]
    return contact.guest.substituted(
        tuple(own), answer, attributes=attributes, aside=tuple(missing)
    )


def own_parameters(contact: Contact) -> dict[str, tuple[OwnParameter, ...]]:
    """How the submission's functions define their parameters, by the task's function name.

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


def _call(
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
    try:
        reply = _reply(contact, target, args, kwargs)
    except StudentRaised as error:
        reply = _forgiven(error, contact, target, name, args, kwargs, task)
    with interpreting(WrongAnswer(f"What {name} returned cannot be read.")):
        return _taken(contact, reply, name, isinstance(target, str))


def _taken(contact: Contact, reply: Reply, name: str, is_function: bool) -> Any:
    """What a call returned, and what there is to remark about it."""
    contact.seen = (name, reply.value)
    for place in _places(contact, name, reply.mutated):
        contact.remark(f"{name} changes its argument {place} in place.")
    if reply.lenient:
        keys = ", ".join(map(repr, reply.lenient))
        contact.remark(f"{name} writes keys in another case: {keys}.")
    before = contact.tensors
    value = _wrapped(reply.value, contact)
    read = contact.tensors > before
    if read and is_function:
        contact.remark(f"{name} returns a tensor, which was read as an array.")
    if isinstance(reply.value, Handle) and reply.value.type_name == "generator":
        contact.generator = name
    if name in contact.giving_self and not isinstance(reply.value, Handle):
        given = "nothing" if reply.value is None else "something else"
        contact.remark(f"{name} gives {given} back, where the task's ends in `return self`.")
    contact.last = (name, value if read else reply.value)
    contact.returned = name
    return value


def _reply(
    contact: Contact, target: str | Handle, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Reply:
    with _sent_on(contact, contact.calling):
        return contact.guest.call(
            target,
            [unwrapped(value) for value in args],
            {key: unwrapped(value) for key, value in kwargs.items()},
        )


@contextlib.contextmanager
def _sent_on(contact: Contact, to: str) -> Iterator[None]:
    """A check may hand on what came back; where that cannot travel, it is the submission's."""
    try:
        yield
    except Unsendable:
        if not contact.returned:
            raise
        raise WrongAnswer(
            f"What {contact.returned} returned is too big to be passed on to {to}."
        ) from None


def _forgiven(
    error: StudentRaised,
    contact: Contact,
    target: str | Handle,
    name: str,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    task: Mapping[str, Any],
) -> Reply:
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


def _places(contact: Contact, name: str, mutated: Sequence[str]) -> list[str]:
    """`0['W1']` as `parameters['W1']`; of more than four items of one argument, that alone."""
    known = [each for each, _ in contact.parameters.get(name, ())]
    names = contact.signatures.get(name, ()) or known
    found: dict[str, list[str]] = {}
    for place in mutated:
        number, bracket, rest = place.partition("[")
        if number.isascii() and number.isdecimal() and int(number[:4]) < len(names):
            number = names[int(number)]
        found.setdefault(number, []).append(number + bracket + rest)
    return [
        place
        for argument, places in found.items()
        for place in (places if len(places) <= MOST_PLACES else [argument])
    ]


@functools.lru_cache(maxsize=256)
def _remote(type_name: str) -> type[Remote]:
    """A kind of Remote that bears the student's name, for what Python itself says of it."""
    return type(type_name, (Remote,), {})


ARRAY_OF = "array of "  # as the wire names arrays that do not travel
HELD = {
    "str": "text, and no numbers",
    "bytes": "bytes, and no numbers",
    "object": "Python objects, and not numbers alone",
    "datetime": "dates, and no numbers",
    "timedelta": "times, and no numbers",
    "record": "records, and not numbers alone",
    "void": "records, and not numbers alone",
}
TENSOR = "EagerTensor"  # TensorFlow's, and nothing but numbers
_AS_IT_IS = frozenset([np.ndarray, float, int, str, bool, type(None)])  # nearly all


def _wrapped(value: Any, contact: Contact, name: str = "") -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Handle):
        if value.type_name == TENSOR:
            return _read(value, contact)
        return _remote(value.type_name)(value, contact, name)
    if isinstance(value, Opaque):
        return Foreign(_in_words(value))
    if isinstance(value, tuple):
        return tuple(_wrapped(item, contact) for item in value)
    if isinstance(value, list):
        return [_wrapped(item, contact) for item in value]
    if isinstance(value, dict):
        return {key: _wrapped(item, contact) for key, item in value.items()}
    return value


def _read(tensor: Handle, contact: Contact) -> Any:
    """A tensor's numbers, which are plain."""
    numbers = contact.guest.call(contact.guest.get(tensor, "numpy"), [], {}).value
    contact.tensors += 1
    return _wrapped(numbers, contact)


def _missing(name: str, contact: Contact) -> SubmissionError:
    """A function that could not be read is not the same as one that was never written."""
    for problem in contact.guest.loaded.problems:
        if problem.kind == "syntax" and name in problem.names:
            return Unreadable(name, problem.where, problem.message)
    of_class = any(known.startswith(f"{name}.") for known in contact.parameters)
    return Missing(name, of_class=of_class)


def _in_words(value: Opaque) -> str:
    text = " ".join(value.text.split())
    text = f"{text[:58]}…" if len(text) > 60 else text
    if value.type_name.startswith(ARRAY_OF):
        held = value.type_name.removeprefix(ARRAY_OF).rstrip("0123456789")
        what = HELD.get(held, "no numbers")
        return f"an array of shape {value.shape} that holds {what} ({text})"
    return f"an object of type {value.type_name} ({text})"


def unwrapped(value: Any) -> Any:
    """What goes to a guest for a value that a probe holds. Raises WrongAnswer."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Remote):
        return value.__dict__["_handle"]
    if isinstance(value, Foreign):
        raise WrongAnswer(f"Numbers are needed, but {value.__description__} came back.")
    if isinstance(value, tuple):
        return tuple(map(unwrapped, value))
    if isinstance(value, list):
        return list(map(unwrapped, value))
    if isinstance(value, Mapping):
        return {key: unwrapped(item) for key, item in value.items()}
    return value
