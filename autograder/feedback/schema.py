"""The JSON schema of a report.

python -m autograder.feedback.schema > docs/report.schema.json
"""

from __future__ import annotations

import inspect
import sys
from typing import Any

import msgspec

from autograder.model import Report


def schema() -> str:
    """The schema of what `grade check --json` prints, as JSON text."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of one graded submission",
        **_dedented(msgspec.json.schema(Report)),
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2).decode() + "\n"


def _dedented(node: Any) -> Any:
    """Descriptions come from docstrings, which Python 3.13 dedents and 3.11 does not."""
    if isinstance(node, dict):
        return {
            key: inspect.cleandoc(value)
            if key == "description" and isinstance(value, str)
            else _dedented(value)
            for key, value in node.items()
        }
    return [_dedented(item) for item in node] if isinstance(node, list) else node


if __name__ == "__main__":
    sys.stdout.write(schema())
