"""A verdict as HTML: escaped, without scripts, and as complete as in the terminal."""

from __future__ import annotations

from html.parser import HTMLParser

from autograder.feedback.html import message_block, verdict_block
from autograder.feedback.lines import as_text, heading, lines
from autograder.model import Diagnosis, Evidence, Status, Verdict

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202eevil</div>"


class Tags(HTMLParser):
    """The tags that are open and closed, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.opened.append(tag)
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text += data


def verdict(**changes) -> Verdict:
    """A partly right verdict with everything that there can be."""
    whole = {
        "id": "sigmoid",
        "of": "sigmoid",
        "title": "The sigmoid squeezes",
        "status": Status.PARTIAL,
        "points": 2.5,
        "possible": 5.0,
        "message": "It is half right.",
        "hint": "Try sigmoid(0).",
        "diagnosis": Diagnosis("sigmoid__tanh", "This is tanh."),
        "evidence": (Evidence("A1", "0.5", "0.7"),),
    }
    return Verdict(**(whole | changes))


def test_all_of_a_verdict_is_shown():
    """Points, title, what happened, what shows it, the likely mistake, what to try."""
    shown = Tags(verdict_block(verdict(), ["Cell 3 was left out."])).text
    for part in (
        "sigmoid", "partly right, 2.5 / 5 points", "The sigmoid squeezes", "It is half right.",
        "A1", "0.5", "0.7", "This is tanh.", "Try sigmoid(0).", "Cell 3 was left out.",
    ):  # fmt: skip
        assert part in shown


def test_what_a_student_wrote_is_text():
    """Markup, escape sequences and reversed text from any field only show."""
    hostile = verdict(
        id=HOSTILE,
        title=HOSTILE,
        message=HOSTILE,
        hint=HOSTILE,
        diagnosis=Diagnosis("x", HOSTILE),
        evidence=(Evidence(HOSTILE, HOSTILE, HOSTILE),),
    )
    for html in (verdict_block(hostile, [HOSTILE]), message_block(HOSTILE, HOSTILE)):
        page = Tags(html)
        assert set(page.opened) <= {
            "div", "span", "strong", "p", "br", "table", "tr", "th", "td",
        }  # fmt: skip
        assert "\x1b" not in html
        assert "\u202e" not in html
        assert "<script>alert(1)</script>" in page.text
    assert "\x1b" not in as_text(hostile)


def test_code_within_a_sentence_is_code():
    """What stands between backticks is set as code, and escaped as everything is."""
    shown = verdict_block(verdict(message="It stopped (line 3: `a < b`). A lone ` stays."))
    assert "<code>a &lt; b</code>" in shown
    assert "A lone ` stays." in shown


def test_colour_never_speaks_alone():
    """A word says what a colour says, and what a screen reader reads."""
    html = verdict_block(verdict(status=Status.PASSED, points=5.0, message=""))
    assert 'aria-label="sigmoid: passed, 5 of 5 points"' in html
    assert 'aria-hidden="true"' in html
    assert "passed, 5 / 5 points" in html


def test_an_error_that_is_explained_needs_no_second_advice():
    """With a diagnosis, the hint about the exception is left out."""
    labels = [line.label for line in lines(verdict(status=Status.ERRORED))]
    assert labels == ["", "Likely"]


def test_the_text_says_the_same():
    """For where HTML is not shown."""
    assert as_text(verdict()).split("\n") == [
        "sigmoid: partly right, 2.5 of 5 points",
        "  A1: expected 0.5, yours 0.7",
        "  It is half right.",
        "  Likely: This is tanh.",
        "  Try: Try sigmoid(0).",
    ]
    assert heading(verdict()) == "sigmoid: partly right, 2.5 of 5 points"


def test_evidence_is_not_told_twice():
    """What the message says already needs no table."""
    html = verdict_block(verdict(message="A1 should be 0.5 but is 0.7."))
    assert "<table" not in html
