"""The reference's functions in place of those of a submission that are wrong.

The reference answers from a guest of its own: what it is asked comes from a student's code, and
may be of any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from autograder.answers.variants import variants_of
from autograder.authoring import Check
from autograder.course.data import with_data
from autograder.errors import CourseError, GradeError, SubmissionError, Unsendable
from autograder.grading.session import Session
from autograder.sandbox.host.messages import holds_handle
from autograder.sandbox.host.meter import Allowance
from autograder.sandbox.host.sandbox import Guest
from autograder.solution.calls import OwnParameter, Parameters, bound_by_name, names_in_order
from autograder.solution.remote import unwrapped
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
        reference: Guest | None,
        parameters: Parameters,
        own: Mapping[str, Sequence[OwnParameter]],
        most: int | None = None,
    ) -> None:
        """`reference` is None where calls are to be noted, and not answered.

        parameters   those of the reference's functions, with their defaults.
        own          how the student's definitions name their parameters.
        most         how many calls are answered; the next one raises Enough.
        """
        self.names = tuple(names)
        self.asked: set[str] = set()
        self.answered: set[str] = set()
        self.stuck: set[str] = set()
        self._reference = reference
        self._parameters = parameters
        self._own = own
        self._left = most

    def answer(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """(True, the reference's value), or (False, None): the student's own function runs."""
        arguments = self._complete(name, args, kwargs)
        return self.called(name, (), arguments) if arguments is not None else (False, None)

    def called(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """The same for the arguments of a probe, which calls as the reference is called."""
        self.asked.add(name)
        guest = self._reference
        if guest is None or not guest.alive:
            return False, None
        if holds_handle((args, kwargs)):
            self.stuck.add(name)
            return False, None
        try:
            value = guest.call(name, args, kwargs).value
        except (SubmissionError, Unsendable):  # the right function makes nothing of this call
            return False, None
        if holds_handle(value):
            self.stuck.add(name)
            return False, None
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
            plain = [unwrapped(value) for value in args]
            named = {key: unwrapped(value) for key, value in kwargs.items()}
            found, value = self._repairs.called(name, plain, named)
            return value if found else getattr(self._solution, name)(*args, **kwargs)

        return call

    def __library__(self, name: str) -> Any:
        return self._solution.__library__(name)


@contextmanager
def repaired(
    check: Check, session: Session, names: Sequence[str], most: int | None = None
) -> Iterator[tuple[Guest, Repairs]]:
    """The reference's guest, and the repairs that it makes while this lasts: `most`, or all.

    Raises CourseError where the reference cannot be run.
    """
    assert session.assignment.reference is not None
    try:
        right = variants_of(session.assignment.reference).original
        guest = session.sandbox.open(with_data(right.submission, session.assignment.files))
    except SubmissionError as error:
        raise CourseError(f"The reference of {session.assignment.name}: {error}") from error
    allowance = Allowance(session.assignment.seconds(check))
    guest.allow(allowance)
    try:
        own = session.own_parameters()
        yield guest, Repairs(names, guest, session.key.parameters, own, most)
    finally:
        guest.close()
        session.charge(allowance.computed)
        session.close()  # what the submission's guest was told goes with it
