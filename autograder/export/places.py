"""Names of files and folders that are made of people's names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

# Windows takes these for devices, whatever comes behind a dot.
_DEVICE = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\..*)?",
    re.IGNORECASE,
)


class Places:
    """Places that were given away; no two of them are one, also where capitals do not count."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, plain: Path) -> Path:
        """The place itself, or one beside it with a number at the end of its name."""
        place, copy = plain, 1
        while str(place).casefold() in self._taken:
            copy += 1
            place = plain.with_name(f"{plain.name}-{copy}")
        self._taken.add(str(place).casefold())
        return place


def safe(name: str) -> str:
    """The name of one folder, on any system; it leads nowhere else, and is no option."""
    plain = re.sub(r"[^\w@.+-]+", "_", unicodedata.normalize("NFC", name))
    plain = plain.strip("._ ").lstrip("-")[:80].rstrip("._ ") or "unnamed"
    return f"_{plain}" if _DEVICE.fullmatch(plain) else plain
