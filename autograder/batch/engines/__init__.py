"""Engines, which do the work. To a batch, every engine is a `concurrent.futures.Executor`."""

from __future__ import annotations

import os

from autograder.batch.engines.local import Local
from autograder.batch.engines.protocol import Engine
from autograder.errors import UsageError

__all__ = ["Engine", "Local", "engine", "processors"]


def engine(name: str, *, jobs: int | None = None, scheduler: str | None = None) -> Engine:
    """The engine of that name. `jobs` is by default the number of processors."""
    jobs = jobs if jobs is not None else processors()
    if name == "dask":
        from autograder.batch.engines.dask import Dask

        return Dask.connect(scheduler, jobs)
    if name != "local":
        raise UsageError(f"There is no engine {name!r}.", hint="There are: local, dask.")
    if scheduler is not None:
        raise UsageError("Only the Dask engine has a scheduler.", hint="Add: --engine dask")
    return Local(jobs)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
