"""Every exception of the framework.

GradeError                     anything that stops the grader; exit code 3
├── UsageError                 the command line or an option is wrong; exit code 2
├── CourseError                a course folder, its checks or its recording is wrong
├── IntakeError                a submission cannot be read at all
└── SandboxFault               the sandbox itself failed: never the student's fault
    ├── MachineBusy            a guest got too little of the machine to be judged by it
    └── Unsendable             a value is too big to go into the sandbox
SubmissionError                what the code under test did; becomes a verdict
├── StudentRaised              it raised an exception
├── TimedOut                   it ran longer than its limit
├── OutOfMemory                it asked for more memory than its limit
├── Crashed                    its process ended
├── BrokenProtocol             its process sent something that is no answer
├── NotLoaded                  one of these five, before any function could be called
├── Missing                    it has no function of that name
├── Unreadable                 that function's text is not Python
├── NotAttempted               the function is still the stub's
└── WrongAnswer                what it returned cannot be used by the check
    └── MissingAttribute       an object of it lacks an attribute; an AttributeError, too
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class GradeError(Exception):
    """Grading cannot go on. `slug` finds the error's page in docs/errors.md."""

    slug = "grade-error"

    def __init__(self, message: str, *, hint: str = "", slug: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if slug:
            self.slug = slug


class UsageError(GradeError):
    """The command was called with something that does not exist or does not fit."""

    slug = "usage"


class CourseError(GradeError):
    """A course folder, a `checks.py`, a reference or a recording is wrong."""

    slug = "course"


class IntakeError(GradeError):
    """A submission is not a file that can be read as Python or as a notebook."""

    slug = "intake"


class SandboxFault(GradeError):
    """The sandbox failed. The submission counts as ungraded, never as zero."""

    slug = "sandbox"


class MachineBusy(SandboxFault):
    """A guest was neither done nor at its limit after `passed` seconds, of which it ran few."""

    slug = "machine-busy"

    def __init__(self, computed: float, passed: float) -> None:
        super().__init__(
            f"This machine was too busy: the submission got {computed:.2g} s of a processor "
            f"in {passed:.0f} s.",
            hint="Grade it again when less is running here.",
        )


class Unsendable(SandboxFault):
    """A value is too big to go into the sandbox."""


class SubmissionError(Exception):
    """Something that the code under test did; the grader turns it into a verdict."""


@dataclass(frozen=True)
class StackFrame:
    """One line of a student's traceback: only lines of the submission are kept."""

    where: str  # "line 12", or "cell 3, line 2"
    function: str
    text: str


class StudentRaised(SubmissionError):
    """The code under test raised `type_name(text)`.

    matrices   the names in the function that raised it which stand for an np.matrix.
    kinds      the names of its class and of all above it.
    """

    def __init__(
        self,
        type_name: str,
        text: str,
        frames: tuple[StackFrame, ...] = (),
        matrices: tuple[str, ...] = (),
        kinds: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{type_name}: {text}")
        self.type_name = type_name
        self.text = text
        self.frames = frames
        self.matrices = matrices
        self.kinds = kinds


class NoLength(StudentRaised, TypeError):
    """An object of the code under test has no length, which `list(it)` forgives."""


class TimedOut(SubmissionError):
    """The code under test was still running after `seconds` of a processor.

    waited   it slept or waited so long instead.
    """

    def __init__(self, seconds: float, *, waited: bool = False) -> None:
        super().__init__(f"still {'waiting' if waited else 'running'} after {seconds:g} s")
        self.seconds = seconds
        self.waited = waited


class OutOfMemory(SubmissionError):
    """The code under test asked for more than `megabytes` of memory."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"asked for more than {megabytes} MB of memory")
        self.megabytes = megabytes


class Crashed(SubmissionError):
    """The process of the code under test ended; `how` says how, in words."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class BrokenProtocol(SubmissionError):
    """The process of the code under test sent something that is not one answer."""


class NotLoaded(SubmissionError):
    """The submission could not be run from top to bottom, whatever lines were left out.

    cause    what happened in the end: TimedOut, OutOfMemory, Crashed, BrokenProtocol, or an
             exception after which nothing was told of its functions.
    where    the line that ran last, "line 12" or "cell 3, line 2", and its `text`; both are
             empty where it was not reached.
    before   how many lines had been left out.
    """

    def __init__(
        self, cause: SubmissionError, *, where: str = "", text: str = "", before: int = 0
    ) -> None:
        super().__init__(f"{where}: {cause}" if where else str(cause))
        self.cause = cause
        self.where = where
        self.text = text
        self.before = before


class Missing(SubmissionError):
    """The submission defines nothing called `name`, which is `of_class` if not a function."""

    def __init__(self, name: str, *, of_class: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.of_class = of_class


class Unreadable(SubmissionError):
    """`name` is there, but its text could not be compiled: `reason`, at `where`."""

    def __init__(self, name: str, where: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.where = where
        self.reason = reason


class NotAttempted(SubmissionError):
    """`name` is there, but its body is still empty or the stub's.

    where   the line that still raises NotImplementedError, where it was met.
    """

    def __init__(self, name: str, where: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.where = where


class WrongAnswer(SubmissionError):
    """An answer that cannot be used; the text is a sentence for the student."""


class NotNumbers(WrongAnswer, TypeError):
    """NumPy is given an object that is no array; as in Python, that is a TypeError."""


class MissingAttribute(WrongAnswer, AttributeError):
    """An object of the submission has no such attribute; `getattr` finds its default."""

    def __init__(self, kind: str, attribute: str) -> None:
        super().__init__(f"The class {kind} has no attribute or method {attribute!r}.")


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known spelling nearest to `name`, or else `otherwise`."""
    near = difflib.get_close_matches(name, [*known], 1, 0.5)
    return f"Did you mean {near[0]!r}?" if near else otherwise
