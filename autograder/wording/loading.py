"""Notes for a person on what could not be run or read in a submission."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    NotLoaded,
    OutOfMemory,
    StudentRaised,
    TimedOut,
)
from autograder.wording.plain import listed, plain, sentence, visible

if TYPE_CHECKING:
    from autograder.sandbox.host.messages import Problem

NOT_IN_MODULE = "There is no "  # how the message about a name begins that a module has not
UNREAD = "could not be read"  # what the note about a broken function says of it
MOST = 8  # notes; more are summed up in one line


def notes(problems: Iterable[Problem]) -> tuple[str, ...]:
    """A few sentences about a file's problems, the ones that cost points first.

    Problems of one kind are said once; lines that could not run because a module or an
    earlier line is missing are counted with their cause. A note about a line that is no
    Python has two more lines, the source and a caret; all others are one line.
    """
    found = tuple(problems)
    said: list[str] = []
    for write in _WRITERS:
        said.extend(write(found))
    if len(said) <= MOST:
        return tuple(said)
    rest = len(said) - (MOST - 1)
    return (*said[: MOST - 1], f"And {rest} more remarks of this sort.")


def not_loaded(error: NotLoaded) -> tuple[str, str]:
    """The reason why no function of a file could be called, and what to try next."""
    where = error.where or "it"
    line = plain(error.text, limit=60)
    said = f"Your file could not be run, so this was not looked at: {where}"
    said += f", `{line}`, " if line else " "
    match error.cause:
        case TimedOut():
            said += f"was {error.cause}"
        case OutOfMemory():
            said += f"asked for more than {error.cause.megabytes} MB of memory"
        case Crashed():
            said += f"ended Python itself ({plain(error.cause.how)})"
        case StudentRaised():
            said += f"left Python in a state that stops with {plain(str(error.cause))}"
        case BrokenProtocol():
            said += "wrote to a file or socket that it did not open"
    if error.before:
        said += f", and {_lines(error.before)} before had been left out for the like"
    return f"{said}.", (
        "Run your file by itself, from top to bottom. What trains, waits or plots outside of "
        'your functions is not needed here: put it under if __name__ == "__main__".'
    )


def _of(problems: Sequence[Problem], *kinds: str) -> list[Problem]:
    return [problem for problem in problems if problem.kind in kinds]


def _syntax(problems: Sequence[Problem]) -> list[str]:
    return [_one_syntax_error(problem) for problem in _of(problems, "syntax")]


def _one_syntax_error(problem: Problem) -> str:
    reason = plain(problem.message).rstrip(".")
    line = problem.text.rstrip().replace("\t", " ")
    indent = len(line) - len(line.lstrip())
    column = re.search(r" \(column (\d+)\)", reason)
    at = int(column[1]) - 1 - indent if column else -1
    if column and 0 <= at <= len(line) - indent:
        reason = reason.replace(column[0], "")
    said = f"{_capital(problem.where) or 'A line'} is not Python yet: {reason}."
    if problem.names:
        lost = listed([plain(name) for name in problem.names])
        said += f" So {lost} {UNREAD}; the rest of your file is graded."
    else:
        said += " It was left out; the rest of your file is graded."
    if line:
        said += f"\n    {visible(line.lstrip())}"
    return said if not 0 <= at <= len(line) - indent else f"{said}\n    {' ' * at}^"


def _not_run(problems: Sequence[Problem]) -> list[str]:
    """Missing modules with their consequences, then the other lines that raised."""
    because: dict[str, str] = {}  # a name that is missing -> the key of its cause
    causes: dict[str, _Cause] = {}
    everything = ""  # the cause of any name, after `from MODULE import *` of a missing one
    for problem in _of(problems, "missing_module", "raised"):
        gone = re.search(r"name '(\w+)' is not defined", problem.message)
        key = because.get(gone[1], everything) if gone else ""
        if key:
            causes[key].consequences += 1
        else:
            key = _module(problem) or f"{problem.where} {problem.text}"
            causes.setdefault(key, _Cause(problem))
            if _module(problem) and not problem.names:
                everything = key
        for name in (*problem.names, *_assigned(problem.text)):
            because.setdefault(name, key)
    modules = {name: cause for name, cause in causes.items() if _module(cause.problem) == name}
    rest = [cause for name, cause in causes.items() if name not in modules]
    return [*_missing_modules(modules), *_raised(rest)]


@dataclass
class _Cause:
    """A problem, and how many lines could not run without what it would have defined."""

    problem: Problem
    consequences: int = 0


def _module(problem: Problem) -> str:
    """The module that is not there, or "" when the problem is another one."""
    quoted = re.search(r"No module named '([\w.]+)'", problem.message)
    return quoted[1] if quoted and problem.kind == "missing_module" else ""


def _assigned(line: str) -> list[str]:
    """The names that a top-level assignment would have defined."""
    target = re.match(r"\s*([\w\s,()]+?)\s*=(?!=)", line)
    return re.findall(r"[A-Za-z_]\w*", target[1]) if target else []


def _missing_modules(causes: Mapping[str, _Cause]) -> list[str]:
    if not causes:
        return []
    lines = sum(cause.consequences for cause in causes.values())
    said = f"{listed(list(causes))} {'is' if len(causes) == 1 else 'are'} not installed here"
    where = [cause.problem.where for cause in causes.values()]
    if len(where) == 1 and where[0]:
        said += f" ({where[0]})"
    if lines:
        said += f", so {_lines(lines)} outside your functions could not run"
    return [f"{said}. Your functions are graded all the same."]


def _raised(causes: Sequence[_Cause]) -> list[str]:
    said = []
    for cause in causes[:3]:
        problem = cause.problem
        note = f"{_capital(problem.where) or 'A line'} outside your functions could not run"
        line = plain(problem.text, limit=60)
        note += f", `{line}`: " if line and problem.kind == "raised" else ": "
        note += sentence(plain(problem.message))
        if cause.consequences:
            note += f" Without it {_lines(cause.consequences)} more did not run either."
        said.append(note)
    if len(causes) > 3:
        rest = sum(1 + cause.consequences for cause in causes[3:])
        said.append(f"{_lines(rest)} more outside your functions could not run.")
    return said


def _stopped(problems: Sequence[Problem]) -> list[str]:
    said = []
    slow, exited = _of(problems, "slow"), _of(problems, "exited")
    if slow:
        said.append(
            f"{_places(slow)} outside your functions took too long and {_was(slow)} left out"
            f"{_along(problems)}. "
            'Put training runs under if __name__ == "__main__": to keep them out of the way.'
        )
    if exited:
        said.append(
            f"{_places(exited)} would have ended the program and {_was(exited)} left out"
            f"{(not slow and _along(problems)) or '; what comes after was read as usual'}."
        )
    return said


def _along(problems: Sequence[Problem]) -> str:
    """Say what was left out with a line that took too long."""
    along = _of(problems, "inessential")
    if not along:
        return ""
    places = listed([problem.where for problem in along], most=4)
    return f", and so {_was(along)} {places}, which your functions do not need"


def _imports(problems: Sequence[Problem]) -> list[str]:
    return [
        f"{_capital(problem.where)}, `{plain(problem.text, limit=60)}`, was left out: "
        f"{plain(problem.message)}. What does without it is graded all the same."
        for problem in _of(problems, "import")
    ]


def _repaired(problems: Sequence[Problem]) -> list[str]:
    repairs: dict[str, list[Problem]] = {}
    for problem in _of(problems, "repaired"):
        repairs.setdefault(plain(problem.message), []).append(problem)
    return [f"{_places(found)}: {sentence(message)}" for message, found in repairs.items()]


def _redefined(problems: Sequence[Problem]) -> list[str]:
    places = [f"{plain(p.text)} ({plain(p.where)})" for p in _of(problems, "redefined")]
    return [f"Written more than once: {listed(places)}. The last one counts."] if places else []


def _copies(problems: Sequence[Problem]) -> list[str]:
    places = [f"{plain(p.text)} ({plain(p.where)})" for p in _of(problems, "copy")]
    if not places:
        return []
    return [f"Here a second time, and not written yet: {listed(places)}. The first one counts."]


def _shim(problems: Sequence[Problem]) -> list[str]:
    found = {plain(p.message or p.text): None for p in _of(problems, "shim")}
    return [sentence(message) for message in list(found)[:2]] + (
        [f"{len(found) - 2} more old names were understood as well."] if len(found) > 2 else []
    )


def _quiet(problems: Sequence[Problem]) -> list[str]:
    said = []
    if _of(problems, "plotting"):
        said.append("Plots are not drawn here; the lines that draw them do no harm.")
    if _of(problems, "magic"):
        said.append("Notebook commands (lines with % or !) were left out.")
    return said


_WRITERS: tuple[Callable[[Sequence[Problem]], list[str]], ...] = (
    _syntax,
    _stopped,
    _imports,
    _repaired,
    _redefined,
    _copies,
    _not_run,
    _shim,
    _quiet,
)


def _lines(count: int) -> str:
    return f"{count} line{'s' if count != 1 else ''}"


def _was(problems: Sequence[Problem]) -> str:
    return "was" if len(problems) == 1 else "were"


def _places(problems: Sequence[Problem]) -> str:
    places = [problem.where for problem in problems if problem.where]
    return _capital(listed(places, most=4)) if places else "Something"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
