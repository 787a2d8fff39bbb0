"""The questions and answers of one grading, kept to be drawn. They decide nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from autograder.authoring.helpers import LISTENER
from autograder.solution.heard import Attribute, Call, Heard


@dataclass(frozen=True)
class Observed:
    """One check's first run over its cases, on the submission as it is.

    cases      what was called and set in each case, in order.
    answers    for each case that came to an end, the answer and the right one.
    compared   predictions and the labels that they were compared with.
    """

    cases: Sequence[Sequence[Call | Attribute]]
    answers: Sequence[tuple[Any, Any]]
    compared: Sequence[tuple[Any, Any]]


@dataclass
class _Check:
    heard: Heard = field(default_factory=Heard)
    answers: list[tuple[Any, Any]] = field(default_factory=list)
    compared: list[tuple[Any, Any]] = field(default_factory=list)


class Observer:
    """Listens to the first run of each check."""

    def __init__(self) -> None:
        self._checks: dict[str, _Check] = {}
        self._now: _Check | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear what is compared with labels meanwhile."""
        token = LISTENER.set(self.compared)
        try:
            yield
        finally:
            LISTENER.reset(token)

    def listen(self, check: str) -> Heard | None:
        """A run of this check begins; None where it is not the first one."""
        self._now = None
        if check in self._checks:
            return None
        self._now = self._checks[check] = _Check()
        return self._now.heard

    def answered(self, check: str, pairs: Sequence[tuple[Any, Any]]) -> None:
        """The first run has come to an end, with these answers and right ones."""
        if check in self._checks:
            self._checks[check].answers = list(pairs)

    def compared(self, predicted: Any, labels: Any) -> None:
        """Predictions have been compared with labels."""
        if self._now is not None:
            self._now.compared.append((predicted, labels))

    def of(self, check: str) -> Observed | None:
        """All that was seen of a check; None where it was never run by itself."""
        seen = self._checks.get(check)
        if seen is None:
            return None
        return Observed(seen.heard.cases, seen.answers, seen.compared)
