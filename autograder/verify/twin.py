"""An answer key that shows whether a bundle would judge a submission as the course does.

Grading sees nothing of an assignment but its answer key. So two keys give the same verdicts
where they hold the same answers, which is compared once, and where probes ask the same of
`given`, which is compared for each submission: the reference answers here, its answers are
taped, and the tape is laid beside the bundle's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from autograder.answers.key import Case
from autograder.answers.live import LiveKey
from autograder.answers.recording import RecordedCase, RecordedKey
from autograder.answers.tape import ARGUMENT_TOLERANCE, Tape, Taped, first_difference
from autograder.authoring import Check
from autograder.judging.outcome import Outcome
from autograder.solution.calls import PartCall


class TwinKey:
    """The bundle's answers, and the reference to prepare inputs with.

    live   opens the reference; called when a probe asks for it, which few do in courses
           whose reference needs a large library.
    """

    def __init__(self, recorded: RecordedKey, live: Callable[[], LiveKey]) -> None:
        self.digest = recorded.digest
        self.signatures: Mapping[str, Sequence[str]] = recorded.signatures
        self.parameters = recorded.parameters
        self.parts: Mapping[str, Sequence[str]] = recorded.parts
        self.sentences: Mapping[str, str] = recorded.sentences
        self.lines: Mapping[str, str] = recorded.lines
        self.given_back: Mapping[str, str] = recorded.given_back
        self._recorded = recorded
        self._live = live
        self._asked: list[tuple[str, RecordedCase, Tape]] = []

    def holds(self, check: Check) -> bool:
        """The course judges everything."""
        return True

    def case(self, check: Check, number: int) -> Case:
        """Case `number` of a check."""
        if not self._recorded.knows(check):
            return self._live().case(check, number)
        return _TwinCase(
            self._recorded.case(check, number),
            lambda case: self._given(check.id, case),
        )

    def differences(self) -> list[str]:
        """The checks that asked `given` for something else than the bundle would tell them.

        What was asked is forgotten then.
        """
        asked, self._asked = self._asked, []
        found = [
            check
            for check, case, tape in asked
            if first_difference(case.tape, tape, whole=False, tolerance=ARGUMENT_TOLERANCE)
            is not None
        ]
        return [f"{check} asks `given` for something else" for check in dict.fromkeys(found)]

    def _given(self, check: str, case: RecordedCase) -> Any:
        tape = Tape()
        self._asked.append((check, case, tape))
        return Taped(_WhenAsked(lambda: self._live().reference.original), tape)


class _TwinCase:
    def __init__(self, case: RecordedCase, given: Callable[[RecordedCase], Any]) -> None:
        self.expected: Outcome = case.expected
        self.calls: Sequence[PartCall] = case.calls
        self.strays: Sequence[PartCall] = case.strays
        self.beginning: Sequence[PartCall] = case.beginning
        self.wrong: Mapping[str, Outcome] = case.wrong
        self.pairs: Mapping[str, bytes] = case.pairs
        self.operators: Collection[str] = case.operators
        self._case = case
        self._given = given

    def given(self) -> Any:
        """The reference, whose answers are taped."""
        return self._given(self._case)


class _WhenAsked:
    """The reference, opened at the first look at it."""

    def __init__(self, opened: Callable[[], Any]) -> None:
        self._opened = opened

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened(), name)
