"""Ways to look at a call beside what it returns: what it prints, raises or changes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, overload

from autograder.errors import CourseError, StudentRaised, SubmissionError, WrongAnswer
from autograder.sandbox.wire.witness import listening

NO_FUNCTION = "It is no function."  # a submission's class may have a number of that name


class Witnessed(NamedTuple):
    """A call: what it returned, what it printed, and its arguments afterwards."""

    value: Any
    printed: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Seen:
    """One of these looks at a call, as an answer that is compared in its own way."""

    @property
    def parts(self) -> Mapping[str, Any]:
        """All that tells one answer from another."""
        raise NotImplementedError

    def mapped(self, change: Callable[[Any], Any]) -> Any:
        """The same with each value in it changed."""
        return self


@dataclass(frozen=True)
class Printed(Seen):
    """The lines that a call printed.

    returned   the text that it returned, if it did.
    """

    text: str
    returned: str = ""

    @property
    def lines(self) -> list[str]:
        """Without spaces at their ends, and without empty lines above and below."""
        return [line.rstrip() for line in self.text.expandtabs().strip("\n").split("\n")]

    @property
    def parts(self) -> Mapping[str, Any]:
        """The words of each line."""
        return {"printed": [" ".join(line.split()) for line in self.lines]}

    @property
    def __description__(self) -> str:
        return f"a printed text of {len(self.lines)} line{'s' * (len(self.lines) != 1)}"


@dataclass(frozen=True)
class Raises(Seen):
    """The exception of a call: what is due, and the name and the text of what came.

    says       what its text must hold.
    name       "" where the call ended without one.
    returned   what it returned then.
    """

    due: str
    says: str
    name: str
    text: str
    holds: bool
    returned: Any = None

    @property
    def parts(self) -> Mapping[str, Any]:
        """Its name, whether it is the one that is due, and what came in its place."""
        return {"name": self.name, "holds": self.holds, "returned": self.returned}

    def mapped(self, change: Callable[[Any], Any]) -> Raises:
        """The same with each value in it changed."""
        return replace(self, returned=change(self.returned))

    @property
    def __description__(self) -> str:
        return self.name or "no exception"


@dataclass(frozen=True)
class Changed(Seen):
    """An argument before and after a call, and what the call returned."""

    before: Any
    after: Any
    returned: Any

    @property
    def parts(self) -> Mapping[str, Any]:
        """The argument afterwards."""
        return {"after": self.after}

    def mapped(self, change: Callable[[Any], Any]) -> Changed:
        """The same with each value in it changed."""
        return replace(self, after=change(self.after), returned=change(self.returned))


def printed(function: Callable[..., Any], *args: Any, typed: Sequence[str] = ()) -> Printed:
    """The text that a call prints, compared line by line.

    Spaces at the end of a line and empty lines around the text do not count, nor does how many
    spaces stand between two words. Numbers with a point are compared as numbers. With
    ``exact=True`` each character inside of the lines counts.

    typed   the lines that somebody types, for functions that call `input`.

        return printed(solution.greet, "Ann")
    """
    found = witness(function, args, typed)
    returned = found.value if isinstance(found.value, str) else ""
    return Printed(found.printed, returned)


def changed_in_place(function: Callable[..., Any], *args: Any) -> Changed:
    """The first argument of a call as the call leaves it.

    It is for tasks that change a list, a dictionary or an array, and return nothing.

        return changed_in_place(solution.sort, [3, 1, 2])
    """
    if not args:
        raise CourseError("Expected changed_in_place(function, argument), but got no argument.")
    found = witness(function, args, ())
    return Changed(copy.deepcopy(args[0]), found.arguments[0], found.value)


@overload
def raises(
    what: type[BaseException] | BaseException | str, /, *args: Any, **kwargs: Any
) -> Raises: ...
@overload
def raises(what: Callable[..., Any], /, *args: Any, **kwargs: Any) -> str: ...
def raises(what: Any, /, *args: Any, **kwargs: Any) -> Raises | str:
    """The exception of a call.

        return raises(ValueError, solution.root, -1)
        return raises(ValueError("negative"), solution.root, -1)
        return raises("TooSmall", solution.root, -1)
        return raises(solution.root, -1)

    The first accepts a ValueError and each subclass of it. The second asks for a text that
    holds "negative", in small or capital letters. The third names an exception of the task's
    own. The last gives the name of the exception, or "" where there is none.
    """
    if isinstance(what, str | BaseException) or _is_exception(what):
        return _raising(what, *args, **kwargs)
    if not callable(what):
        raise WrongAnswer(NO_FUNCTION)
    return _exception(what, args, kwargs)[0]


def _raising(what: Any, function: Any = None, *args: Any, **kwargs: Any) -> Raises:
    if not callable(function):
        raise WrongAnswer(NO_FUNCTION)
    due = (
        what
        if isinstance(what, str)
        else (what if isinstance(what, type) else type(what)).__name__
    )
    says = str(what) if isinstance(what, BaseException) else ""
    name, text, kinds, returned = _exception(function, args, kwargs)
    holds = due in kinds and says.lower() in text.lower()
    return Raises(due, says, name, text[:200], holds, returned)


def _exception(
    function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> tuple[str, str, Sequence[str], Any]:
    """The name, the text and the kinds of a call's exception, or what it returns."""
    try:
        return "", "", (), function(*args, **kwargs)
    except StudentRaised as error:
        return error.type_name, error.text, (error.type_name, *error.kinds), None
    except SubmissionError:  # not written yet, or stopped: no answer to the question
        raise
    except Exception as error:  # the reference's own, in this process
        kinds = [kind.__name__ for kind in type(error).__mro__]
        return type(error).__name__, str(error), kinds, None


def _is_exception(what: Any) -> bool:
    return isinstance(what, type) and issubclass(what, BaseException)


def witness(
    function: Callable[..., Any], args: Sequence[Any], typed: Sequence[str]
) -> Witnessed:
    """Call a function where it is, with copies of `args`, and look at what it leaves behind."""
    there = getattr(type(function), "__witness__", None)
    if there is not None:
        found: Witnessed = there(function, tuple(args), tuple(typed))
        return found
    if not callable(function):
        raise WrongAnswer(NO_FUNCTION)
    given = copy.deepcopy(tuple(args))
    with listening(typed) as text:
        value = function(*given)
    return Witnessed(value, text(), given)
