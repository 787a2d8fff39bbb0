"""Worker processes on this machine."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import Any, ParamSpec, TypeVar

from autograder.batch import workplace
from autograder.batch.workplace import Terms

P = ParamSpec("P")
T = TypeVar("T")


class Local:
    """Processes on this machine."""

    name = "local"
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, jobs: int) -> None:
        self.executor = Pools(jobs)
        self.window = jobs

    def terms(self, preload: Sequence[str]) -> Terms:
        """Those of this process: its workers are the same program."""
        return workplace.terms(preload)

    def check(self) -> None:
        """A pool that breaks is replaced, so there is always an answer."""

    def close(self) -> None:
        """End the workers, whatever they are at, and remove what a killed one left."""
        self.executor.shutdown(wait=True, cancel_futures=True)
        workplace.sweep()


class Pools(Executor):
    """A pool of one process for each job.

    When a process of a larger pool dies, all of its pool is lost, and nobody knows whose work
    it was. Here the one task that it had is lost, and the next one gets a new process.
    """

    def __init__(self, jobs: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        # Workers hold the other end. It closes with this process, however that ends.
        self._stop, self._ours = self._context.Pipe(duplex=False)
        self._places = _places(jobs)
        self._pools = [self._pool(place) for place in range(jobs)]
        self._latest: list[Future[Any] | None] = [None] * jobs

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give a task to a process that is free, if there is one."""
        free = [place for place, future in enumerate(self._latest) if _is_done(future)]
        place = free[0] if free else 0
        with _interrupts_waiting():  # a process that starts has not learned to ignore them
            try:
                future = self._pools[place].submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self._pools[place].shutdown(wait=False)
                self._pools[place] = self._pool(place)
                future = self._pools[place].submit(fn, *args, **kwargs)
        self._latest[place] = future
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End every process at once; with `wait`, they are gone when this returns."""
        self._ours.close()  # which ends them, whatever they are at
        for pool in self._pools:
            # Once: a second call has nothing left to wait for.
            pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._stop.close()

    def _pool(self, place: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            1,
            mp_context=self._context,
            initializer=workplace.begin,
            initargs=(self._stop, self._places[place]),
        )


def _places(jobs: int) -> list[int | None]:
    """The processor of each job, where there are enough jobs for all of them.

    Left to itself the kernel moves workers and their guests about, and now and then has two of
    them on one processor while another one is idle.
    """
    if not hasattr(os, "sched_getaffinity"):
        return [None] * jobs
    every = sorted(os.sched_getaffinity(0))
    if jobs < len(every):
        return [None] * jobs
    return [every[job % len(every)] for job in range(jobs)]


@contextlib.contextmanager
def _interrupts_waiting() -> Iterator[None]:
    """Ctrl-C comes after this, and new processes let it wait until they ignore it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_done(future: Future[Any] | None) -> bool:
    return future is None or future.done()
