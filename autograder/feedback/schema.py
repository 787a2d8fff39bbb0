"""The JSON schema of a report.

python -m autograder.feedback.schema > docs/report.schema.json
"""

from __future__ import annotations

import sys

import msgspec

from autograder.model import Report


def schema() -> str:
    """The schema of what `grade check --json` prints, as JSON text."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of one graded submission",
        **msgspec.json.schema(Report),
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
