"""What a probe gave: a value, or an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Returned:
    """The probe returned `value`."""

    value: Any


@dataclass(frozen=True)
class Raised:
    """The probe ended with an exception, in the code under test or for want of a value."""

    type_name: str
    text: str


@dataclass(frozen=True)
class Foreign:
    """A value that cannot leave the sandbox, in words: "an array of objects"."""

    __description__: str


Outcome = Returned | Raised
