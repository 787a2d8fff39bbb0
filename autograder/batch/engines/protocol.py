"""The interface between a batch and its engine."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Protocol

from autograder.batch.workplace import Terms


class Engine(Protocol):
    """Workers, and what a batch must know of them.

    window   how many tasks it can use at a time.
    lost     the exceptions of a task whose worker ended.
    """

    name: str
    window: int
    lost: tuple[type[BaseException], ...]

    @property
    def executor(self) -> Executor:
        """The executor that tasks go to."""

    def terms(self, preload: Sequence[str]) -> Terms:
        """The workers' tier and versions. Raises GradeError when they differ."""

    def check(self) -> None:
        """Raises GradeError when no worker will ever answer again."""

    def close(self) -> None:
        """End the workers at once, or let them go."""
