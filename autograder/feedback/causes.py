"""One cause is told once: which checks of a report miss points for the same reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.model import Verdict

# What is the same wherever a name is missing: not which function stopped, and in which line.
_NOWHERE = re.compile(r"^\S+ stopped with (?=NameError: )|(?<=is not defined) \(.*\)\.$")


def causes(misses: Sequence[Verdict]) -> list[list[Verdict]]:
    """The checks that miss points, those together of which the same is said."""
    found: dict[tuple[str, ...], list[Verdict]] = {}
    for verdict in misses:
        said = (
            (verdict.diagnosis.sentence,)
            if verdict.diagnosis
            else (_NOWHERE.sub("", verdict.message), verdict.hint, verdict.explained)
        )
        found.setdefault(said, []).append(verdict)
    return list(found.values())
