"""Pages: nothing that a student wrote runs, loads or leads astray; what is honest stays."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.nbgrader_plugin.calm import calm
from autograder.nbgrader_plugin.clean import cleaned
from autograder.nbgrader_plugin.feedback_pages import Pages, markdown2html
from autograder.nbgrader_plugin.outputs import tidy
from autograder.nbgrader_plugin.restore import restore
from autograder.nbgrader_plugin.results import results
from tests.payloads import HONEST, OUTPUTS, TEXTS
from tests.unit.nbgrader_plugin.support import release, report

ACT = "script style iframe object embed form input button svg math base meta link video audio"
LINK = re.compile(r"#own-|#top$|https?://|[\w ./-]+\.(png|ipynb)$")
PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,|(?!/)[\w ./-]+\.png$")


class Finder(HTMLParser):
    """Whatever of a page could act, by an independent reading of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACT.split():
            self.found.append(tag)
        for name, value in attrs:
            wanted = {"href": LINK, "src": PICTURE}.get(name)
            leads = wanted and not wanted.match(value or "")
            acts = name.startswith(("on", "data-", "srcdoc", "action", "xlink"))
            loads = name == "style" and re.search("url|position|animation|-99", value or "")
            named = name == "id" and not (value or "").startswith(("own-", "cell-id="))
            if leads or acts or loads or named:
                self.found.append(f"{tag} {name}={value}")


def shown(text: str) -> str:
    """What a page shows of a cell of Markdown."""
    return markdown2html({}, text)


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_acts_in_a_page(name: str):
    """No payload leaves anything in the HTML that a browser would run, load or follow."""
    page = shown(TEXTS[name])
    assert Finder(page).found == []
    outside = re.sub(r"<(pre|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    commands = r"\\(href|class|cssId|style|unicode|mmlToken|bbox\[border|require\{h)"
    assert not re.search(commands, outside)


@pytest.mark.parametrize("name", TEXTS)
def test_what_would_act_is_text_in_the_notebook(name: str):
    """Other programs that read the graded notebook find no tag and no link that acts."""
    calmed, _ = calm(TEXTS[name])
    assert Finder(shown(calmed)).found == []
    prose = re.sub(r"```.*?```", "", calmed, flags=re.DOTALL)
    assert not re.search(r"(?i)<(script|iframe|svg|style|base|object|form|!)", prose)
    assert not re.search(r"(?i)\]\((java|data:text|vb)", prose)


def test_calm_text_is_shown_whole():
    """Of text that is calm, the page takes nothing out: what was typed can be read."""
    for name, text in TEXTS.items():
        if not name.startswith(("code", "a picture with a name")):
            assert "Removed here" not in shown(calm(text)[0]), name
    assert calm("<script>x</script>")[0] == "< script>x< /script>"


@pytest.mark.parametrize("name", HONEST)
def test_what_is_honest_stays(name: str):
    """Markdown, formulas, tables, pictures and code are neither changed nor remarked on."""
    text, needed = HONEST[name]
    calmed, gone = calm(text)
    assert gone == []
    assert re.sub(r"(?<=\w)< (?=\w)", "<", calmed) == text  # as a formula it reads the same
    page = shown(text)
    assert needed in page
    assert "Removed here" not in page


def test_a_picture_that_is_not_attached_costs_itself_alone():
    """The text around it is shown as it was meant."""
    page = shown("**bold** ![x](attachment:nothing.png)")
    assert "<strong>bold</strong>" in page
    assert "[no picture: x]" in page


def test_what_is_taken_out_is_said():
    """Below the text, in words, each once."""
    page = cleaned("<b>kept</b><script>1</script><script>2</script><iframe src=x></iframe>")
    assert page == ("<b>kept</b><p><em>Removed here: a script, a frame.</em></p>\n")


def test_a_comment_is_text_in_the_formgrader_and_in_feedback():
    """What a student's code raised makes no formula, no link and no tag of our comment."""
    said = r"$x$ \href{javascript:1}{x} [x](javascript:1) <b>no</b> `c` \(y\) $$z$$"
    comment = results(restore(release()["cells"], release()), report(message=said)).comments[
        "f"
    ]
    about = {"grade_id": "f", "solution": True, "grade": False, "comment": comment}
    shown = body(cell("markdown", "x", metadata={"nbgrader": about}))
    text = shown.partition("Comments:")[2]
    assert Finder(shown).found == []
    assert "<b>no" not in text
    assert "javascript:1)" in text
    plain = re.sub(r"<span>([$\\])</span>", "", text)  # each in an element of its own
    assert "$" not in plain
    assert "\\" not in plain


@pytest.mark.timeout(60)
def test_hostile_lengths_take_no_time():
    """Brackets, fences and dollars by the thousand are read in one go."""
    pieces = ("`", "$", "<", "](", "[", "![](x ", "~~~\n", "<!--", "\\begin{a}", "`` ", "\\\\[")
    for piece in pieces:
        text = calm(piece * (60_000 // len(piece)))[0]
        assert len(shown(text)) < 20 * len(text)


@pytest.mark.parametrize("name", OUTPUTS)
def test_outputs_do_not_act(name: str):
    """Of every kind of output a page shows what is plain, or says that it does not."""
    output = {"output_type": "display_data", "metadata": {}, **OUTPUTS[name]}
    page = body(cell("code", outputs=[output]))
    assert Finder(page).found == []
    assert "image/" in page or "Removed" in page or "x" in page


def test_metadata_does_not_act():
    """Ids, tags, titles, widgets and sizes of a notebook write nothing into a page."""
    evil = '"><script>window.ran=1</script>'
    hostile = cell("markdown", "x") | {
        "id": evil,
        "attachments": {"x": {"image/svg+xml": evil, "image/png": evil}},
        "metadata": {
            "tags": [evil],
            "nbgrader": {"grade_id": evil, "solution": True, "grade": True, "points": 1}
            | {"score": 1, "comment": evil},
        },
    }
    notebook = {
        "cells": [hostile],
        "metadata": {
            "title": evil,
            "widgets": {"application/vnd.jupyter.widget-state+json": {"x": evil}},
            "language_info": {"name": evil},
        },
    }
    tidied = tidy(notebook)
    assert "widgets" not in tidied["metadata"]
    (left,) = tidied["cells"]
    assert left["id"] == "cell-0"
    assert left["attachments"] == {}
    assert "<" not in left["metadata"]["nbgrader"]["grade_id"]
    assert Finder(body(left)).found == []


def test_a_feedback_page_forbids_all_but_its_formulas():
    """The page's own policy comes before anything that it shows, and names every script."""
    page = html([cell("markdown", "$x$")])
    head, _, rest = page.partition("</head>")
    assert head.index("Content-Security-Policy") < head.index("<script")
    assert "default-src 'none'" in head
    assert "unsafe-eval" not in head
    assert "script-src 'sha256-" in head
    assert "<script" not in rest


def cell(kind: str, source: str = "", **more: Any) -> dict[str, Any]:
    """A cell of a notebook."""
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"id": "a", "cell_type": kind, "metadata": {}, "source": source} | code | more


def html(cells: list[dict[str, Any]]) -> str:
    """The feedback page of a notebook."""
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    about = {"notebook": "x", "score": 1, "max_score": 2, "late_penalty": 0}
    page, _ = PAGES.from_notebook_node(nbformat.from_dict(notebook), {"nbgrader": about})
    return str(page)


def body(one: dict[str, Any]) -> str:
    """What the page of one cell shows."""
    return html([one]).rpartition('id="notebook-container">')[2]


FORMGRADER = Path(find_spec("nbgrader").origin).parent / "server_extensions/formgrader"
PAGES = Pages(
    template_name="feedback",
    extra_template_basedirs=[str(FORMGRADER / "templates")],
    extra_template_paths=[str(FORMGRADER / "static/node_modules/bootstrap/dist/css")],
)
