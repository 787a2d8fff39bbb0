"""The parts of a class's objects, as data: a dataclass, a member of an enumeration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SHORT = (int, float, str, bool, type(None))


@dataclass(frozen=True)
class Record:
    """An object of a dataclass: the class's name, and its fields in their order."""

    name: str
    fields: Mapping[str, Any]

    @property
    def __description__(self) -> str:
        within = ", ".join(
            f"{name}={value!r}" if isinstance(value, _SHORT) else f"{name}=…"
            for name, value in self.fields.items()
        )
        return f"{self.name}({within})"[:80]


@dataclass(frozen=True)
class Member:
    """A member of an enumeration: `Color.RED`."""

    name: str
    member: str

    @property
    def __description__(self) -> str:
        return f"{self.name}.{self.member}"
