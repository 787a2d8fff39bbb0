"""One module for each kind of check: how its answers are taken, judged and recognised.

`rules_of` is all that the rest asks for. A new kind is one more module and one more line here.
"""

from __future__ import annotations

from collections.abc import Mapping

from autograder.authoring import Check, Kind
from autograder.judging.kinds.gradient import Gradients
from autograder.judging.kinds.held_out import HeldOut
from autograder.judging.kinds.requirement import Requirements
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.kinds.threshold import Thresholds
from autograder.judging.kinds.values import Values

__all__ = ["Facts", "Rules", "rules_of"]

_RULES: Mapping[Kind, Rules] = {
    Kind.CHECK: Values(),
    Kind.GRADIENT: Gradients(),
    Kind.THRESHOLD: Thresholds(),
    Kind.HELD_OUT: HeldOut(),
    Kind.REQUIREMENT: Requirements(),
}


def rules_of(check: Check) -> Rules:
    """The rules by which a check is judged."""
    return _RULES[check.kind]
