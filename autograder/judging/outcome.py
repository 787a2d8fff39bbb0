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


Outcome = Returned | Raised
