"""The reference in a guest of its own, for courses whose reference needs a large library.

Importing Keras takes seconds and leaves threads behind, so that a process which holds it
cannot fork. The grader asks the reference as it asks a submission: by calls, which answer
with plain data.
"""

from __future__ import annotations

import ast
import contextlib
import weakref
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.answers.callgraph import parts_in, unread_in
from autograder.answers.reference import seed_everything
from autograder.answers.variants import variants_of
from autograder.authoring import Misconception
from autograder.course.data import with_data
from autograder.errors import CourseError, SubmissionError
from autograder.model import Limits, Submission
from autograder.sandbox.host.messages import holds_handle
from autograder.sandbox.host.sandbox import Guest, Sandbox
from autograder.solution.calls import Parameters, PartCall
from autograder.solution.contact import Contact
from autograder.solution.retold import told
from autograder.solution.signatures import given_back, parameters_in, parsed
from autograder.solution.solution import Solution

SECONDS = 120.0  # for one run: the reference's time is no student's, and may be a training


class GuestReference:
    """A reference whose copies run in guests; see `reference.AnyReference`."""

    def __init__(
        self,
        folder: Path,
        preload: tuple[str, ...],
        limits: Limits,
        files: tuple[Path, ...] = (),
    ) -> None:
        self._folder = folder
        self._variants = variants_of(folder)
        self._source = self._variants.original.text
        self._settings = limits, preload
        self._files = files
        self._misled: tuple[str, Contact] | None = None
        self._opened: list[Guest] = []

    def start(self) -> None:
        """Start its process now, and not when it is first asked."""
        self._sandbox  # noqa: B018

    @cached_property
    def _sandbox(self) -> Sandbox:
        limits, preload = self._settings
        sandbox = Sandbox(limits=limits, preload=preload)
        weakref.finalize(self, _end, sandbox, self._opened)
        return sandbox

    @cached_property
    def original(self) -> Solution:
        """The reference itself."""
        return Solution(self._contact)

    @cached_property
    def signatures(self) -> Mapping[str, Sequence[str]]:
        """The parameter names of its functions and classes."""
        return _signatures(self._contact.guest)

    @cached_property
    def given_back(self) -> Mapping[str, str]:
        """The names of what its functions give back (`signatures.given_back`)."""
        return given_back(self._source)

    @cached_property
    def parameters(self) -> Parameters:
        """The parameters of its functions and methods, with their defaults."""
        return parameters_in(self._source)

    @cached_property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The others that each of its functions and classes calls."""
        return parts_in(self._source)

    @cached_property
    def _unread(self) -> Mapping[str, frozenset[str]]:
        return unread_in(self._source)

    @property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """The misconceptions, by id."""
        return self._variants.misconceptions

    def pairs(self, of: str) -> Mapping[str, tuple[Misconception, Misconception]]:
        """None: each would need a process of its own."""
        return {}

    def misled(self, name: str) -> Solution:
        """The reference with one misconception in place; one such guest is kept at a time."""
        if self._misled is None or self._misled[0] != name or not self._misled[1].guest.alive:
            if self._misled is not None:
                self._misled[1].guest.close()
            self._misled = (name, self._open(self._variants.variant(name).submission))
        return Solution(self._misled[1])

    def seed(self, number: int, solution: Any) -> None:
        """Seed this process and the two guests, and give them their whole time again."""
        seed_everything(number)
        for module in (self.original, solution):
            contact: Contact = module.__dict__["_contact"]
            contact.guest.allow(SECONDS)
            contact.guest.seed(number)

    @contextlib.contextmanager
    def traced(
        self, of: str, wrong: str = "", most: int | None = None
    ) -> Iterator[tuple[Solution | None, list[PartCall]]]:
        """The reference, which notes every call to a part while `of` runs.

        wrong   none here: each would need a process of its own.
        most    none here: what ends a run early would end the guest.
        """
        calls: list[PartCall] = []
        if of not in self._functions or wrong or most is not None:
            yield None, calls
            return
        contact = self._contact

        def answer(name: str, args: list[Any], kwargs: dict[str, Any]) -> tuple[bool, Any]:
            noted = contact.calling == of
            bound = {**dict(zip(self.signatures[name], args, strict=False)), **kwargs}
            bound = told(contact.guest, bound) if noted else bound
            value = contact.guest.call(name, args, kwargs).value
            found = told(contact.guest, value, whole=True) if noted else value
            # A call that passes a model on cannot be told to another guest.
            if noted and not holds_handle((bound, found)):
                unread = tuple(sorted(self._unread.get(name, ())))
                calls.append(PartCall(name, bound, found, unread=unread))
            return True, value

        parts = tuple(name for name in self._functions if name != of)
        with contact.guest.substituted(parts, answer):
            yield self.original, calls

    @cached_property
    def _contact(self) -> Contact:
        return self._open(self._variants.original.submission)

    @cached_property
    def _functions(self) -> tuple[str, ...]:
        """The functions that the source defines, and not its classes."""
        nodes = parsed(self._source).body
        names = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
        return tuple(name for name in names if name in self.signatures)

    def _open(self, source: Submission) -> Contact:
        try:
            guest = self._sandbox.open(with_data(source, self._files))
        except SubmissionError as error:
            raise CourseError(f"{self._folder}, {source.name}: {error}") from error
        self._opened[:] = [*(each for each in self._opened if each.alive), guest]
        for problem in guest.loaded.problems:
            if problem.kind in ("syntax", "raised", "missing_module"):
                guest.close()
                raise CourseError(
                    f"{self._folder}, {source.name}, {problem.where}: {problem.message}"
                )
        return Contact(guest, _signatures(guest))


def _end(sandbox: Sandbox, opened: Sequence[Guest]) -> None:
    """End a reference's guests; its sandbox alone may have forgotten those in a cycle."""
    for guest in opened:
        guest.close()
    sandbox.close()


def _signatures(guest: Guest) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(parameter.name for parameter in function.parameters)
        for name, function in guest.loaded.functions.items()
        if not name.startswith("_")
    }
