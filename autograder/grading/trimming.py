"""A report is at most 256 KB, whatever a submission does, and holds no text that is not plain.

Each verdict has the same share of it, so that none depends on the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from autograder.model import Evidence, Verdict
from autograder.sandbox.text import clean

MOST_BYTES = 256 << 10
FOR_THE_REST = 32 << 10  # notes, versions, and all that is no verdict
SHARE = 24 << 10  # of one verdict at most
LEAST = 2 << 10
MESSAGE, HINT, TEXT, NOTE = 3_000, 1_500, 400, 600  # characters
MOST_NOTES = 24
MOST_ROWS = 200
MOST_REMARKS = 12


def trimmed(verdict: Verdict, verdicts: int) -> Verdict:
    """The verdict as one of so many in a report."""
    share = max(min(SHARE, (MOST_BYTES - FOR_THE_REST) // max(verdicts, 1)), LEAST)
    found = msgspec.structs.replace(
        verdict,
        message=clean(verdict.message, MESSAGE),
        hint=clean(verdict.hint, HINT),
        evidence=tuple(map(_plain, verdict.evidence[:MOST_ROWS])),
    )
    total = len(verdict.evidence)
    kept = min(total, MOST_ROWS)
    if kept < total:
        found = _with(found, kept, total)
    while kept and _size(found) > share:
        kept //= 2
        found = _with(found, kept, total)
    if _size(found) > share:
        message, hint = (clean(text, LEAST // 16) for text in (found.message, found.hint))
        found = msgspec.structs.replace(found, message=message, hint=hint)
    return found


def notes(found: Sequence[str]) -> tuple[str, ...]:
    """The notes on a whole submission, cut to their bounds."""
    said = tuple(clean(text, NOTE) for text in found[:MOST_NOTES])
    return said if len(found) <= MOST_NOTES else (*said, _more(len(found) - MOST_NOTES))


def remarks(found: Sequence[str]) -> tuple[str, ...]:
    """The remarks on one check, cut to their bounds."""
    return (
        tuple(found)
        if len(found) <= MOST_REMARKS
        else (*found[:MOST_REMARKS], f"{_more(len(found) - MOST_REMARKS)}.")
    )


def _plain(row: Evidence) -> Evidence:
    return Evidence(clean(row.where, TEXT), clean(row.expected, TEXT), clean(row.actual, TEXT))


def _with(verdict: Verdict, kept: int, total: int) -> Verdict:
    left_out = Evidence(_more(total - kept), "", "")
    rows = (*verdict.evidence[:kept], left_out)
    return msgspec.structs.replace(verdict, evidence=rows)


def _more(count: int) -> str:
    return f"… and {count:,} more"


def _size(verdict: Verdict) -> int:
    return len(msgspec.json.encode(verdict))
