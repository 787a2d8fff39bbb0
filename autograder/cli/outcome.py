"""The end of a command: its exit code, and one sentence on stderr when it cannot go on."""

from __future__ import annotations

import contextlib
import functools
import os
import shlex
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn, ParamSpec

from autograder.errors import GradeError, UsageError

PASSED = 0
POINTS_MISSING = 1
USAGE = 2
NOT_GRADED = 3
INTERRUPTED = 130  # as a shell counts the end by Ctrl-C
PIPE_CLOSED = 141  # and the end by a reader that went away

P = ParamSpec("P")

debug = False  # set by `grade --debug`


def exits(command: Callable[P, int]) -> Callable[P, None]:
    """Let a command return its exit code, and turn every exception into one and a sentence."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
            sys.stdout.flush()
        except GradeError as error:
            _trace()
            said = f"{error.message}\n{error.hint}" if error.hint else error.message
            if isinstance(error, UsageError):
                _end(USAGE, said)
            _end(NOT_GRADED, said, error.slug)
        except BrokenPipeError:
            # Whoever read our output has gone; what is still buffered must not be flushed.
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _end(PIPE_CLOSED)
        except KeyboardInterrupt:
            _end(INTERRUPTED)
        except Exception as error:
            _trace()
            _end(NOT_GRADED, _our_fault(error))
        raise SystemExit(code)

    # The command's own `-> int` would not be true of the wrapper.
    wrapper.__annotations__ = {**command.__annotations__, "return": None}
    return wrapper


def _our_fault(error: Exception) -> str:
    from autograder.wording.secrets import without_passwords

    again = shlex.join(["grade", "--debug", *map(without_passwords, sys.argv[1:])])
    return (
        f"This is a fault of the grader, not of your work: {type(error).__name__}: {error}\n"
        f"Please report it with what this prints: {again}"
    )


def _trace() -> None:
    if debug or os.environ.get("GRADE_DEBUG", "0") not in ("", "0"):
        from autograder.wording.secrets import without_passwords

        sys.stderr.write(without_passwords(traceback.format_exc()))


def _end(code: int, said: str = "", slug: str = "") -> NoReturn:
    """Say it on stderr, with the slug that finds the error in docs/errors.md, and exit."""
    if said:
        from autograder.wording import visible
        from autograder.wording.secrets import without_passwords

        head = f"grade [{slug}]" if slug else "grade"
        # The text can quote a file's name or content: show what stderr can show, and nothing
        # that acts on a terminal.
        said = "\n".join(map(visible, without_passwords(said).split("\n")))
        encoding = sys.stderr.encoding or "ascii"
        text = f"{head}: {said}".encode(encoding, "backslashreplace").decode(encoding)
        sys.stderr.write(text + "\n")
    raise SystemExit(code)
