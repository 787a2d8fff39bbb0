"""One function over many items: here, or in several processes side by side."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Protocol, TypeVar

from autograder.errors import GradeError

Item = TypeVar("Item")
Result = TypeVar("Result")


class Mapped(Protocol):
    """Like `map`: the results come in the order of the items."""

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item], /
    ) -> Iterator[Result]:
        """Call `function` with each item."""


@contextlib.contextmanager
def workers(jobs: int) -> Iterator[Mapped]:
    """A `map` that works on `jobs` items at a time.

    With one job all is done in this process, each item when its result is asked for. The
    processes of several are new ones and not forks, since libraries may have made threads.
    """
    if jobs == 1:
        yield map
        return
    with ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_end_at_once
    ) as pool:

        def mapped(
            function: Callable[[Item], Result], items: Iterable[Item]
        ) -> Iterator[Result]:
            with _interrupts_waiting():  # a new process inherits this
                return pool.map(function, items)

        try:
            yield mapped
        except BrokenExecutor as error:
            raise GradeError(
                "A process that worked on the proof has ended, perhaps because memory ran out.",
                hint="Let fewer work at a time: --jobs 1",
                slug="workers",
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextlib.contextmanager
def _interrupts_waiting() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_at_once() -> None:
    """Ctrl-C in the terminal reaches every process; this one has nothing to say about it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
