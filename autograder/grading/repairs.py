"""The reference's functions in place of those of a submission that are wrong.

The reference answers from a guest of its own: what it is asked comes from a student's code, and
may be of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from autograder.answers.beginning import Beginning
from autograder.answers.variants import variants_of
from autograder.authoring import Check
from autograder.course.data import with_data
from autograder.errors import CourseError, GradeError, SubmissionError, Unsendable
from autograder.grading.session import Session
from autograder.sandbox.host.messages import holds_handle
from autograder.sandbox.host.meter import Allowance
from autograder.sandbox.host.sandbox import Guest
from autograder.solution.calls import (
    OwnParameter,
    Parameters,
    PartCall,
    bound_by_name,
    names_in_order,
)
from autograder.solution.remote import unwrapped, wrapped
from autograder.solution.retold import made_again, told
from autograder.solution.solution import Solution

ENOUGH = 60  # calls of a sound whole; each costs as much as hundreds of the student's own


class Enough(GradeError):
    """So many calls were answered that the rest would only repeat them."""


class Repairs:
    """Answers every complete call to some functions as the reference does.

    names      the functions.
    asked      those that were called.
    answered   those whose calls were answered.
    stuck      those that take or give objects, which cannot pass between processes.
    """

    def __init__(
        self,
        names: Sequence[str],
        opened: Callable[[], Guest] | None,
        parameters: Parameters,
        own: Mapping[str, Sequence[OwnParameter]],
        most: int | None = None,
    ) -> None:
        """`opened` gives the reference's guest; None where calls are only to be noted.

        parameters   those of the reference's functions, with their defaults.
        own          how the student's definitions name their parameters.
        most         how many calls are answered; the next one raises Enough.
        """
        self.names = tuple(names)
        self.asked: set[str] = set()
        self.answered: set[str] = set()
        self.stuck: set[str] = set()
        self.guest: Guest | None = None  # the reference's, once it has been asked
        self._opened = opened
        self._seed: int | None = None
        self._beginning = Beginning(())
        self._parameters = parameters
        self._own = own
        self._left = most

    @property
    def end_soon(self) -> bool:
        """True if only so many calls are answered."""
        return self._left is not None

    def answer(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """(True, the reference's value), or (False, None): the student's own function runs."""
        arguments = self._complete(name, args, kwargs)
        if arguments is None:
            return False, None
        self.asked.add(name)
        found, value = self._beginning.answer(name, arguments)
        return self._answered(name, value) if found else self.called(name, (), arguments)

    def begin(self, seed: int, beginning: Sequence[PartCall] = ()) -> None:
        """A case begins.

        seed        of the reference's guest, as of the submission's.
        beginning   the reference's first calls in it: their answers need no guest. Where there
                    are none, the guest is opened now, and not within a student's time.
        """
        self._seed, self._beginning = seed, Beginning(beginning)
        if self.guest is None:
            if not beginning and self._opened is not None:
                self._right(self._opened)
        elif self.guest.alive:
            self.guest.seed(seed)

    def _right(self, opened: Callable[[], Guest]) -> Guest:
        if self.guest is None:
            self.guest = opened()
            if self._seed is not None:
                self.guest.seed(self._seed)
        return self.guest

    def called(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """The same for the arguments of a probe, which calls as the reference is called."""
        self.asked.add(name)
        if self._opened is None:
            return False, None
        if holds_handle((args, kwargs)):
            self.stuck.add(name)
            return False, None
        guest = self._right(self._opened)
        if not guest.alive:
            return False, None
        try:
            with guest.passing():
                args, kwargs = made_again(guest, list(args)), made_again(guest, dict(kwargs))
                value = told(guest, guest.call(name, args, kwargs).value, whole=True)
        except (SubmissionError, Unsendable):  # the right function makes nothing of this call
            return False, None
        if holds_handle(value):
            self.stuck.add(name)
            return False, None
        return self._answered(name, value)

    def _answered(self, name: str, value: Any) -> tuple[bool, Any]:
        if self._left is not None:
            if not self._left:
                raise Enough(f"The calls to {name} were answered often enough.")
            self._left -= 1
        self.answered.add(name)
        return True, value

    def _complete(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """The arguments of a call by the reference's names; None where one is missing.

        A default counts where the student's own definition has one. What the student's function
        does not take at all is None.
        """
        known = self._parameters[name]
        own = self._own.get(name, ())
        names = names_in_order([parameter for parameter, _ in known], own)
        bound = bound_by_name(names, names, args, kwargs)
        for place, parameter in enumerate(names):
            if parameter in bound:
                continue
            if place < len(own) and not own[place].has_default:
                return None
            if own and place >= len(own) and not dict(known)[parameter]:
                bound[parameter] = None
        return bound


class RepairedSolution:
    """The submission as a probe sees it, with repairs."""

    def __init__(self, solution: Solution, repairs: Repairs) -> None:
        self._solution = solution
        self._repairs = repairs

    def __getattr__(self, name: str) -> Any:
        if name not in self._repairs.names:
            return getattr(self._solution, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            contact = self._solution.__dict__["_contact"]
            plain = told(contact.guest, [unwrapped(value) for value in args])
            named = told(contact.guest, {key: unwrapped(kwargs[key]) for key in kwargs})
            found, value = self._repairs.called(name, plain, named)
            if found:
                return wrapped(made_again(contact.guest, value, whole=True), contact)
            return getattr(self._solution, name)(*args, **kwargs)

        return call

    def __library__(self, name: str) -> Any:
        return self._solution.__library__(name)


@contextmanager
def repaired(
    check: Check, session: Session, names: Sequence[str], most: int | None = None
) -> Iterator[Repairs]:
    """The repairs by the reference that are made while this lasts: `most`, or all.

    Raises CourseError where the reference cannot be run, here or when it is first asked.
    """
    assert session.assignment.reference is not None
    right = variants_of(session.assignment.reference).original
    allowance = Allowance(session.assignment.seconds(check))

    def opened() -> Guest:
        try:
            guest = session.sandbox.open(with_data(right.submission, session.assignment.files))
        except SubmissionError as error:
            name = session.assignment.name
            raise CourseError(f"The reference of {name}: {error}") from error
        guest.allow(allowance)
        return guest

    repairs = Repairs(names, opened, session.key.parameters, session.own_parameters(), most)
    try:
        yield repairs
    finally:
        if repairs.guest is not None:
            repairs.guest.close()
        session.charge(allowance.computed)
        session.close()  # what the submission's guest was told goes with it
