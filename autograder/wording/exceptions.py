"""An exception that a student's code raised -> what happened, and what to try next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.errors import StudentRaised
from autograder.wording.arrays import ARRAYS
from autograder.wording.libraries import LIBRARIES
from autograder.wording.loading import NOT_IN_MODULE, UNREAD
from autograder.wording.plain import listed, plain, sentence
from autograder.wording.programs import PROGRAMS

if TYPE_CHECKING:
    from autograder.sandbox.host.messages import Problem

_COLOUR = re.compile(r"(?:\x1b|\\x1b)\[\d*m")

GENERAL = (
    "Call your function on a small input of your own, and print the values and shapes just "
    "before that line."
)
REFUSED = "Your own raise refuses this input. Print what the condition above it compares."


def explain(error: StudentRaised, function: str) -> tuple[str, str]:
    """The message and the hint for an exception raised while `function` was called.

    The message names the exception and, where the traceback reaches the submission, the
    line. The hint comes from a table of common mistakes, or is a general one.
    """
    text = plain(error.text)
    return f"{_happened(error, _readable(error.text), function)}{_place(error)}", _hint(
        error, text
    )


def comes_from(error: StudentRaised, problems: Sequence[Problem]) -> str:
    """Advice about a name that a failed import would have defined; "" for others."""
    unbound = re.match(r"name '(\w+)' is not defined", error.text)
    if error.type_name != "NameError" or unbound is None:
        return ""
    name = plain(unbound[1])
    line = error.frames[-1].text if error.frames else ""
    missing = [problem for problem in problems if problem.kind == "missing_module"]
    for problem in missing:
        module = plain(problem.text)
        if name not in problem.names:
            continue
        if module.partition(".")[0] == name:
            return f"{module} is not here. Write what you need of it into your file."
        if re.search(rf"\b{name}\s*\.", line):
            return (
                f"{name} is {module}, which is not here. Write what you need of it into your "
                "file."
            )
        return f"{name} comes from {module}, which is not here. Write it into your file."
    for problem in problems:
        if name not in problem.names:
            continue
        if problem.kind == "syntax":
            return f"{name} {UNREAD} ({problem.where}): correct that first."
        if problem.kind == "raised" and problem.message.startswith(NOT_IN_MODULE):
            return f"It was to be imported in {problem.where}. {plain(problem.message)}"
    starred = [plain(problem.text) for problem in missing if not problem.names]
    if starred:
        return (
            f"Is {name} spelt as where it is defined? If it comes from {listed(starred)}, "
            "which is not here, write it into your file."
        )
    return ""


def _readable(text: str) -> str:
    """The exception's first line, without paths and without NumPy's gufunc signatures."""
    shapes = re.search(
        r"Invalid input shape for input.*?(Expected shape [^\n]*)", text, re.DOTALL
    )
    if shapes:  # Keras shows the whole array before it says what is wrong
        return f"Invalid input shape. {plain(_COLOUR.sub('', shapes[1]))}"
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].startswith("Exception encountered when calling"):
        del lines[0]  # Keras says next what it was
    first = plain(_COLOUR.sub("", lines[0] if lines else ""))
    sizes = re.match(r"matmul: .*core dimension.*size (\d+) is different from (\d+)", first)
    if sizes:
        return f"in a matrix product, {sizes[2]} columns meet {sizes[1]} rows"
    return re.sub(r" \((/|[A-Z]:\\)[^)]*\)", "", first)


def _happened(error: StudentRaised, text: str, function: str) -> str:
    match error.type_name:
        case "SystemExit":
            return f"{function} ended the program, as sys.exit() or exit() does"
        case "KeyboardInterrupt":
            return f"{function} raised KeyboardInterrupt, as if Ctrl-C had been pressed"
        case "EOFError":
            return f"{function} waited for someone to type, and nobody is there"
        case "RecursionError":
            return f"{function} called itself, directly or through others, without an end"
        case "AssertionError" if not text:
            return f"An assert in {function} did not hold"
        case "KeyError" if not _by_hand(error):
            asking = _asking(error, function)
            return f"{asking} asked for the key {text}, which is not there"
        case name if text:
            return f"{function} stopped with {plain(name)}: {text.rstrip('. ')}"
        case name:
            return f"{function} stopped with {plain(name)}"


def _asking(error: StudentRaised, function: str) -> str:
    """The student's function in which it happened: the one that was called, or one below."""
    inner = plain(error.frames[-1].function) if error.frames else ""
    own = function.rpartition(".")[2]
    return inner if inner.isidentifier() and inner != own else function


def _by_hand(error: StudentRaised) -> bool:
    """True if a `raise` of the student's own did it, and no look-up."""
    return bool(error.frames and re.search(r"\braise\b", error.frames[-1].text))


def _place(error: StudentRaised) -> str:
    if not error.frames:
        return "."
    last = error.frames[-1]
    line = plain(last.text, limit=90)
    return f" ({plain(last.where)})." if not line else f" ({plain(last.where)}: `{line}`)."


def _hint(error: StudentRaised, text: str) -> str:
    line = error.frames[-1].text if error.frames else ""
    missing = re.match(r"name '(\w+)' is not defined", text)
    if error.type_name == "NameError" and missing and error.frames:
        name, function = missing[1], plain(error.frames[-1].function)
        if re.search(rf"(?<![\w.]){name}\b(?!\s*(?:[\w.(\[\"']|=(?!=)))", line):
            return (
                f"{name} is no argument of {function} and gets no value in it. Compute it "
                "there, or make it an argument. Is it perhaps spelt otherwise elsewhere?"
            )
    words = set(re.findall(r"\w+", line))
    named = [plain(each) for each in error.matrices if each in words]
    if error.type_name == "ValueError" and named and "*" in line:
        return (
            f"{named[0]} is an np.matrix, with which * is the matrix product. "
            f"np.asarray({named[0]}) is an array, with which * goes entry by entry."
        )
    for advice in (*LIBRARIES, *ARRAYS, *PROGRAMS):
        if error.type_name not in advice.types:
            continue
        found = re.search(advice.pattern, text)
        if found and re.search(advice.line, line):
            say = advice.say
            return sentence(say if isinstance(say, str) else say(found))
    return _called_from(error) or (REFUSED if _by_hand(error) else GENERAL)


def _called_from(error: StudentRaised) -> str:
    """Advice about the line that called what raised; "" where it was raised at once."""
    if not error.frames:
        return "None of your own lines stopped it: look at what your function gives back."
    if len(error.frames) < 2:
        return ""
    caller, inner = error.frames[0], error.frames[-1]
    if caller.function == inner.function or not caller.text:
        return ""
    name, where, line = plain(inner.function), plain(caller.where), plain(caller.text, limit=90)
    return f"That line of {name} was reached from {where}: `{line}`. Print what goes in there."
