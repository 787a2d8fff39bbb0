"""Known mistakes, as patches of the reference or as whole definitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from autograder.authoring.nouns import (
    Misconception,
    said,
)
from autograder.errors import CourseError
from autograder.errors import NotAttempted as NotAttempted  # these three for probes to catch
from autograder.errors import StudentRaised as StudentRaised
from autograder.errors import WrongAnswer as WrongAnswer
from autograder.networks import curves as curves
from autograder.networks import network as network
from autograder.networks import training as training


def mistake(
    function: str,
    name: str,
    patch: Mapping[str | tuple[str, int], str],
    sentence: str = "",
    *,
    line: str = "",
) -> Misconception:
    """Declare a known mistake as a patch of the reference.

        mistake("backward_propagation", "no_square", {"1 - A1**2": "1 - A1"}).say(
            "Your hidden layer's derivative is 1 - A1, without the square. Use 1 - A1**2."
        )

    function   a function or class of the reference, or a method: "MLP.train".
    name       a short name; the mistake's id is "function__name", of a class "MLP__name".
    patch      pieces of its text, and what a student writes instead. A piece stands in the
               function exactly once, or as often as its key says: ``("axis=0", 2)``. Two
               mistakes of one function are recognised together as well, where their patches do
               not overlap: keep the pieces small.
    sentence   what a good teacher says to whoever made this mistake: what it is, and what to
               do instead. Give it here, or to `say`, which leaves a short patch on one line.
    line       where the mistake ends in an exception, which many mistakes may share: a regular
               expression that the line which raises it must match in a submission.

    Call it at the top level of `misconceptions.py`, with all arguments written out: that file
    is read, and never run.
    """
    if not isinstance(patch, Mapping) or not patch:
        raise CourseError(f"Expected a patch such as {{'a + b': 'a'}}, but got {patch!r}.")
    for key, new in patch.items():
        if not _is_change(key, new):
            raise CourseError(
                f"Expected a piece and another text, but got {{{key!r}: {new!r}}}."
            )
    of = function.partition(".")[0]
    wrong = Misconception(f"{of}__{name}", of, function, patch=patch, line=line)
    return wrong.say(sentence) if sentence else wrong


def misconception(
    sentence: str, *, of: str = "", line: str = ""
) -> Callable[[Any], Misconception]:
    """Declare a known mistake by the whole function, as a student would write it.

    Name it ``<function>__<mistake>``; the part before the double underscore is the function
    or class that it replaces. For a method, say which: ``of="MLP.train"``. It reads the names
    of the reference and what `misconceptions.py` imports. Where only a piece of the function
    is wrong, write `mistake` instead. `sentence` and `line` are as there.
    """
    told = said(sentence)

    def declare(whole: Any) -> Misconception:
        name = whole.__name__
        function = of or name.partition("__")[0]
        if not of and not name.partition("__")[2]:
            raise CourseError(
                f"Expected a name such as 'predict__rounded_down', but got name={name!r}."
            )
        return Misconception(name, function.partition(".")[0], function, told, line=line)

    return declare


def _is_change(key: object, new: object) -> bool:
    match key:
        case str(piece):
            return piece not in ("", new) and isinstance(new, str)
        case (str(piece), int(times)):
            return piece not in ("", new) and isinstance(new, str) and times > 0
    return False
