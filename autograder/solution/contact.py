"""The traces that the calls of one check leave behind, beside their answers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.errors import Unsendable, WrongAnswer
from autograder.sandbox.host.sandbox import Guest
from autograder.solution.calls import Parameters
from autograder.solution.heard import Heard
from autograder.solution.operators import OPERATORS


def has_printed(output: str) -> bool:
    """True if there is more in it than warnings, each with the line of code that it is of."""
    return bool(output) and any(
        line and not line.startswith("  ") and "Warning: " not in line
        for line in output.split("\n")
    )


@dataclass
class Witness:
    """Notes of the next call beside its value.

    typed       the lines that it reads by `input`.
    sent        its arguments as they went out, by position or name.
    arguments   the same as they are afterwards.
    """

    typed: Sequence[str]
    printed: str = ""
    sent: Sequence[Any] = ()
    arguments: Sequence[Any] = ()


# The names of the arguments, those by position and those by name.
Exchange = Callable[
    [Sequence[str], Sequence[Any], Mapping[str, Any]], tuple[tuple[Any, ...], dict[str, Any]]
]
MOST_PLACES = 4  # of one argument that are told one by one


@dataclass
class Contact:
    """The traces that the calls of one check leave behind, beside their answers.

    parameters   the reference's, with their defaults.
    sizes        for each case, the lengths of its inputs' axes, by what each is.
    exchanged    a function, and the places of two arguments that it gets exchanged.
    length       a global that is lent, and the argument and the axis of which it is the length.
    altered      a function, and what becomes of its arguments, by the task's names.
    heard        keeps every call, where somebody wants to see them.
    exchange     what becomes of a call's arguments where a probe runs again with other data.
    witness      looks at a call beside its value, where a probe asks for that.
    labelled     whether a probe has labels, which no guest may see: what it compares with them
                 or subtracts is an object's numbers, and not left to the object's operators.
    operators    otherwise, Python's operators that are left to the submission's objects: those
                 that the probe uses on objects of the reference. The others take an object's
                 numbers, and no guest gets what they are compared with.
    used         gets the operators that a probe uses, where somebody notes them.
    there        what Python's own libraries are in the guest, by module and name.
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
    # What the reference's functions give back, as `signatures.given_back` finds it.
    given_back: Mapping[str, str] = field(default_factory=dict)
    printed: str = ""  # a function that printed something
    generator: str = ""  # the function that gave one
    tensors: int = 0  # how many were read as arrays so far
    exchanged: tuple[str, int, int] = ("", 0, 0)
    length: tuple[str, str, int] = ("", "", 0)
    remotes: dict[int, Any] = field(default_factory=dict)  # by the number of their handles
    exchange: Exchange | None = None
    altered: tuple[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = ("", dict)
    heard: Heard | None = None
    witness: Witness | None = None
    labelled: bool = False
    operators: Collection[str] = OPERATORS
    used: set[str] = field(default_factory=set)
    there: dict[tuple[str, str], Any] = field(default_factory=dict)

    def renewed(self, guest: Guest) -> Contact:
        """The same to another guest, or to this one for another run; nothing came back yet."""
        return Contact(
            guest,
            self.signatures,
            self.parameters,
            given_back=self.given_back,
            exchanged=self.exchanged,
            length=self.length,
            altered=self.altered,
            labelled=self.labelled,
            operators=self.operators,
        )

    def library(self, module: str, name: str = "") -> Any:
        """A module where the guest is, or what it has of this name; asked for once."""
        if (module, name) not in self.there:
            found = self.guest.get(self.library(module), name) if name else None
            self.there[module, name] = found if name else self.guest.library(module)
        return self.there[module, name]

    def remark(self, text: str) -> None:
        """Note something for the student, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def begin(self) -> None:
        """A new case begins, and nothing has come back yet."""
        self.last = self.seen = None
        self.returned = ""
        self.sizes.append({})
        if self.heard is not None:
            self.heard.begin()

    def forget(self) -> None:
        """Forget what came back before."""
        self.last = None

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """A context in which answers are not the submission's, and leave nothing behind."""
        kept = self.last, self.calling, self.generator, list(self.remarks)
        try:
            yield
        finally:
            self.last, self.calling, self.generator, self.remarks[:] = kept

    def measured(self, arguments: Mapping[str, Any]) -> None:
        """Remember the lengths of the inputs' axes, to explain a constant factor."""
        for name, value in arguments.items():
            if isinstance(value, np.ndarray) and value.ndim == 2 and self.sizes:
                self.sizes[-1].setdefault(f"the number of columns of {name}", value.shape[1])
                self.sizes[-1].setdefault(f"the number of rows of {name}", value.shape[0])


def sent_on(contact: Contact, to: str) -> AbstractContextManager[None]:
    """A check may hand on what came back; where that cannot travel, it is the submission's."""
    return _SentOn(contact, to)


class _SentOn:
    """The context of `sent_on`: written out, since each call passes here."""

    __slots__ = ("_contact", "_to")

    def __init__(self, contact: Contact, to: str) -> None:
        self._contact = contact
        self._to = to

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        returned = self._contact.returned
        if isinstance(error, Unsendable) and returned:
            raise WrongAnswer(
                f"What {returned} returned is too big to be passed on to {self._to}."
            ) from None


def places(contact: Contact, name: str, mutated: Sequence[str]) -> list[str]:
    """`0['W1']` as `parameters['W1']`; of more than four items of one argument, that alone."""
    if not mutated:  # as nearly always
        return []
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
