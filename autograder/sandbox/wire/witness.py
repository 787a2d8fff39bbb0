"""A call with what it printed and what it left in its arguments, for either side."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def listening(typed: Sequence[str] = ()) -> Iterator[Callable[[], str]]:
    """Keep what is printed meanwhile; what it gives tells the text so far.

    typed   the lines that `input` gets, one after the other.
    """
    output, outer, keyboard = io.StringIO(), sys.stdout, sys.stdin
    sys.stdout = output
    sys.stdin = io.StringIO("".join(f"{line}\n" for line in typed))
    try:
        yield output.getvalue
    finally:
        sys.stdout, sys.stdin = outer, keyboard
