"""A report's size and text, whatever a submission does."""

from __future__ import annotations

import msgspec
import pytest

from autograder.grading import trimming
from autograder.model import Evidence, Status, Verdict


def verdict(**more: object) -> Verdict:
    """A verdict that says little."""
    found = Verdict(id="x", of="x", title="X", status=Status.FAILED, points=0, possible=5)
    return msgspec.structs.replace(found, **more)


def test_an_ordinary_verdict_stays_as_it_is() -> None:
    """Nothing is left out of what nobody blew up."""
    rows = tuple(Evidence(f"place {n}", "1", "2") for n in range(100))
    mine = verdict(message="It is wrong.", hint="Look.", evidence=rows)
    assert trimming.trimmed(mine, 10) is not mine
    assert trimming.trimmed(mine, 10) == mine


@pytest.mark.parametrize("verdicts", [1, 12, 100])
@pytest.mark.parametrize("text", ["x" * 5_000, "é\U0001f600" * 2_500, '"\\' * 2_500])
def test_no_report_is_larger_than_its_bound(text: str, verdicts: int) -> None:
    """Each verdict has its share, whatever its text takes as JSON."""
    rows = tuple(Evidence(text, text, text) for _ in range(10_000))
    mine = trimming.trimmed(verdict(message=text, hint=text, evidence=rows), verdicts)
    assert len(msgspec.json.encode(mine)) * verdicts <= trimming.MOST_BYTES
    assert mine.evidence[-1].where.startswith("… and ")


def test_what_is_left_out_is_counted() -> None:
    """Remarks and notes say how many more there were."""
    many = [f"remark {n}." for n in range(10_000)]
    assert trimming.remarks(many)[-1] == "… and 9,988 more."
    assert trimming.notes(many)[-1] == "… and 9,976 more"
    assert trimming.remarks(many[:3]) == tuple(many[:3])


def test_no_text_acts_on_a_screen() -> None:
    """Whatever came into a message on its way, control characters do not leave with it."""
    mine = verdict(message="\x1b[31mred\u202e\ud800", evidence=(Evidence("a\0", "\x9b", "c"),))
    found = trimming.trimmed(mine, 1)
    assert found.message == "red"
    assert found.evidence == (Evidence("a", "", "c"),)
