"""The beginning of the reference's own run, which answers a run that goes the same way."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.answers.prompting import ARGUMENT_TOLERANCE
from autograder.judging.closeness import same
from autograder.solution.calls import PartCall


class Beginning:
    """Answers the first calls to each part, as long as they are those that the reference makes.

    So nobody has to compute them once more for each submission.
    """

    def __init__(self, calls: Sequence[PartCall]) -> None:
        """`calls` are the reference's, in order."""
        self._calls: dict[str, deque[PartCall]] = {}
        for call in calls:
            self._calls.setdefault(call.name, deque()).append(call)

    def answer(self, name: str, arguments: Mapping[str, Any]) -> tuple[bool, Any]:
        """(True, the reference's value), or (False, None) from the first other call on."""
        waiting = self._calls.get(name)
        if waiting and _is_made_with(waiting[0], arguments):
            return True, waiting.popleft().value
        self._calls = {}
        return False, None


def _is_made_with(call: PartCall, arguments: Mapping[str, Any]) -> bool:
    left_out = call.arguments.keys() - arguments.keys()
    return left_out <= set(call.defaulted) and all(
        name in call.unread
        or (name in call.arguments and same(value, call.arguments[name], ARGUMENT_TOLERANCE))
        for name, value in arguments.items()
    )
