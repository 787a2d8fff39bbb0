"""Knowledge about a submission from the guests that it has had."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.sandbox.host.messages import Problem
from autograder.sandbox.host.meter import Allowance


@dataclass(eq=False)
class Past:
    """The work that a submission's next guest is spared, and the time that all may use.

    left_out    the statements that hung or ended a guest, by file name and line.
    essential   whether all else that the functions do not need is left out as well.
    total       the processor time of all its guests. It bounds what a submission can take by
                whatever means, and is far beyond what its checks and its loading may use.
    """

    left_out: dict[tuple[str, int], Problem] = field(default_factory=dict)
    essential: bool = False
    total: Allowance = field(default_factory=lambda: Allowance(float("inf")))
