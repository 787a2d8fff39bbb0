"""A class on a page: what changes first, and long lists in short."""

from __future__ import annotations

import io

import msgspec
from rich.console import Console

from autograder.batch.summary import Summary
from autograder.cli.classes import show_changes, show_summary
from autograder.gradebook.entries import Change
from autograder.model import Report, Status
from autograder.submissions.sources import Unread
from tests.unit.gradebook.support import report


def page() -> tuple[Console, io.StringIO]:
    """A console of 100 columns, and what was printed."""
    out = io.StringIO()
    return Console(file=out, width=100, highlight=False, markup=False), out


def two(first: float, second: float) -> Report:
    """A report of two checks of 10 points."""
    one = report(first, Status.PASSED if first == 10 else Status.FAILED)
    other = msgspec.structs.replace(one.checks[0], id="other", points=second)
    return msgspec.structs.replace(
        one, checks=(*one.checks, other), points=first + second, possible=20.0
    )


def test_changed_totals_come_first_and_the_rest_on_request():
    """Who keeps the total while checks change is counted, and listed with details."""
    changes = [
        Change("ann", two(0, 10), two(10, 0)),
        Change("bob", two(0, 10), two(10, 10)),
        Change("cid", two(10, 10), two(10, 10)),
    ]
    console, out = page()
    show_changes(changes, console, details=False)
    said = out.getvalue()
    assert "Changes: 1 (1 gain)\n  bob" in said
    assert "ann" not in said
    assert "1 keeps the total, though single checks change: --details lists them." in said
    assert "1 keeps what they have." in said
    console, out = page()
    show_changes(changes, console, details=True)
    assert "The same total from other checks: 1\n  ann" in out.getvalue()


def test_one_reason_of_many_is_said_once():
    """With the first of their names, and how many more there are."""
    unread = [Unread(f"{n}.pdf", f"s{n:03}", "it is a PDF") for n in range(138)]
    console, out = page()
    show_summary(Summary(), unread, console)
    said = " ".join(out.getvalue().split())
    assert "To be looked at by a person: 138" in said
    assert said.count("it is a PDF") == 1
    assert "s000, s001" in said
    assert "118 more" in said
    assert "s130" not in said
