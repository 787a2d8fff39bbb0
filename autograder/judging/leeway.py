"""The ways in which an answer may differ from the right one, the same for all of its leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.judging.closeness import Array, norm, wide


@dataclass(frozen=True)
class Leeway:
    """The arguments of `compare`, for a leaf."""

    sizes: Mapping[str, int]
    slack: Mapping[str, float]
    exact: bool
    tolerance: float = 0.0

    def allowed(self, where: str, wanted: Array) -> float:
        """The absolute distance that is allowed at a leaf, on top of the usual one."""
        share = self.tolerance * norm(wide(wanted)) if self.tolerance else 0.0
        return self.slack.get(where, 0.0) + share
