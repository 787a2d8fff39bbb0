"""nbgrader's own log, in which names and messages of students stand as they are."""

from __future__ import annotations

import logging
from typing import Any

from autograder.wording import visible

_FORMATTER = logging.Formatter()


class Plain(logging.Filter):
    """Lets everything pass, with what controls a terminal written as an escape."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the record's text, and that of its exception; True."""
        record.msg, record.args = _plain(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = _plain(_FORMATTER.formatException(record.exc_info))
        return True


def filtered(before: Any) -> dict[str, Any]:
    """A `logging_config` of traitlets' in which what goes to the terminal is plain.

    before  the one that was configured already, or None; it is kept.
    """
    kept = {
        key: dict(value) for key, value in (before or {}).items() if isinstance(value, dict)
    }
    console = dict(kept.get("handlers", {}).get("console", {}))
    console["filters"] = [*dict.fromkeys([*console.get("filters", ()), "plain"])]
    return {
        **(before or {}),
        "filters": {**kept.get("filters", {}), "plain": {"()": f"{__name__}.{Plain.__name__}"}},
        "handlers": {**kept.get("handlers", {}), "console": console},
    }


def _plain(text: str) -> str:
    lines = text.replace("\t", "    ").split("\n")
    return "\n".join(map(visible, lines))
