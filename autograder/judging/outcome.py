"""The outcome of a probe, a value or an exception, and what one leaf of it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.model import Evidence


@dataclass(frozen=True)
class Returned:
    """The probe returned `value`."""

    value: Any


@dataclass(frozen=True)
class Raised:
    """The probe ended with an exception, of the code under test or of a missing value."""

    type_name: str
    text: str


@dataclass(frozen=True)
class Foreign:
    """A value that cannot leave the sandbox, in words: "an array of objects"."""

    __description__: str


@dataclass(frozen=True)
class Block:
    """One leaf of an answer: how much of its share it earns, and why not all of it.

    constants   where it is right except for one constant: the message by the reason. One
                case may fit a reason by chance, so it must be the same in all.
    otherwise   the message where they do not share a reason.
    """

    where: str
    credit: float
    message: str = ""
    remark: str = ""
    evidence: Evidence | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""

    def remarked(self, remark: str) -> Block:
        """The same with a remark, where it has none yet."""
        if not remark or self.remark:
            return self
        return Block(self.where, self.credit, self.message, remark, self.evidence)


Outcome = Returned | Raised
