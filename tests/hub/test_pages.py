"""Nothing that a student wrote runs, loads or frames anything in an instructor's browser."""

from __future__ import annotations

import contextlib
import copy
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, TimeoutError, expect

from autograder.nbgrader_plugin.feedback_pages import MATHJAX
from tests.hub.people import ASSIGNMENT, COURSE, NOTEBOOK, Hub, Instructor
from tests.payloads import EVIL, HONEST, OUTPUTS, PLOT, RUN, TEXTS

HOSTILE, FAIR = "eve", "olga"
NAMES = ('"><img src onerror=window.ran=1>', '";window.ran=1;"', "\\\";window.ran=1;'")
# No policy forbids to lead to another page.
RAW = "\"'></style></script></noscript></svg></math>-->\n".join(
    text for name, text in TEXTS.items() if "another page" not in name
)
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm")
KEPT = re.compile(  # of the hub, of Jupyter, and what nbgrader makes of the two hand-ins
    r"hub\.log|jupyterhub\.sqlite.*|home/[^/]+/(?:"
    r"\.(?:cache|ipython|npm)/.*|\.jupyter/(?:lab/workspaces/.*|migrated)"
    r"|\.local/share/jupyter/(?:runtime/.*|nbsignatures\.db.*|notebook_secret)"
    r"|dl101/(?:gradebook\.db.*|\.grade-seed|(?:submitted|autograded|feedback)/(?:eve|olga)/assignment3/"
    r"(?:\.ipynb_checkpoints/)?(?:one_hidden_layer(?:-checkpoint)?\.(?:ipynb|html)"
    r"|checks/(?:course\.toml|assignments/assignment3/(?:assignment\.toml|checks\.py"
    r"|recording\.msgpack))|evil\.(?:html|svg)|nbgrader_config\.py)))"
)
# What a page may not hold where a student's words stand, once formulas are set in it.
ACTING = """() => {
  const words = [...document.querySelectorAll('.rendered_html, .output_subarea, .input_area')]
  const all = words.flatMap(word => [...word.querySelectorAll('*')])
  for (const one of all)
    for (const name of ['mouseover', 'click', 'focus', 'error', 'load', 'toggle'])
      one.dispatchEvent(new Event(name, {bubbles: name == 'mouseover', cancelable: true}))
  const found = []
  for (const one of all) {
    if (one.matches('iframe, object, embed, form, input, button, link, meta, base, video, svg'))
      found.push(one.outerHTML)
    if (one.matches('script') && !one.type.startsWith('math/')) found.push(one.outerHTML)
    for (const {name, value} of one.attributes) {
      if (name.startsWith('on')) found.push(one.outerHTML)
      const leads = /^(href|src|xlink:href|action)$/.test(name)
      const plain = /^(#|https?:|data:image.(png|jpeg|svg.xml);|[\\w ./%-]+\\.(png|ipynb)$)/
      if (leads && !plain.test(value)) found.push(one.outerHTML)
    }
  }
  return found
}"""


def test_the_payloads_act_where_nothing_holds_them(browser: Browser):
    """In a page without any of our walls they run, and ask other servers."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**", lambda route: route.fulfill(body=RAW, content_type="text/html"))
    page.goto("http://localhost/")
    assert page.evaluate("window.ran") == 1
    assert any(url.startswith(EVIL) for url in asked)
    page.close()


@pytest.mark.timeout(900)
def test_nothing_of_a_student_acts_in_a_page(hub: Hub):
    """Formgrader, JupyterLab with trust, feedback and addresses: none ran, none was asked."""
    instructor = Instructor(hub, "instructor")
    page = instructor.page
    asked = watched(page, hub)
    if not (hub.course / "release" / ASSIGNMENT).exists():
        instructor.assignment("assign")
    before = files(hub)
    hand_in(hub, HOSTILE, list(TEXTS.values()))
    hand_in(hub, FAIR, [text for text, _ in HONEST.values()])

    log = instructor.autograde(HOSTILE)
    assert "A cell beside the answers holds a script" in log
    instructor.open(HOSTILE)
    formulas_are_set(page)
    assert page.evaluate(ACTING) == []
    instructor.shot("hostile-in-the-formgrader")
    submission = page.url
    as_it_was_written(page, submission)
    for name in ("evil.html", "evil.svg"):
        page.goto(f"{submission.partition('?')[0]}{name}")
        quiet(page)
    for name in NAMES:
        for place in ("manage_students/", "manage_submissions/", "gradebook/"):
            page.goto(f"{hub.url}services/{COURSE}/formgrader/{place}{quote(name, safe='')}")
            quiet(page)
    other = hub.course / "submitted" / HOSTILE / ASSIGNMENT
    answer = page.request.get(
        f"{hub.url}services/{COURSE}/formgrader", params={"path": str(other)}
    )
    assert answer.status == 403

    for folder in ("autograded", "submitted"):
        trust(page, f"{hub.url}services/{COURSE}/lab/tree/{COURSE}/{folder}/{HOSTILE}")
        instructor.shot(f"hostile-{folder}-trusted")

    instructor.autograde(FAIR)
    instructor.open(FAIR)
    formulas_are_set(page)
    shown = page.locator(".nbgrader_cell .rendered_html", has_text="bold")
    for honest in ("table", "strong", "del", "sub", "font", "h1", "pre .k", "img", ".MathJax"):
        expect(shown.locator(honest).first).to_be_visible()
    shown.scroll_into_view_if_needed()
    instructor.shot("honest-in-the-formgrader")

    instructor.assignment("generate-feedback")
    for student in (HOSTILE, FAIR):
        feedback = hub.course / "feedback" / student / ASSIGNMENT / f"{NOTEBOOK}.html"
        page.goto(feedback.as_uri())
        assert page.evaluate(ACTING) == []
        quiet(page)
        page.get_by_text("Student's answer").last.scroll_into_view_if_needed()
        instructor.shot(f"feedback-of-{student}")
    feedback = hub.course / "feedback" / HOSTILE / ASSIGNMENT / f"{NOTEBOOK}.html"
    as_it_was_written(page, f"{hub.url}feedback", feedback.read_text(encoding="utf-8"))
    assert [url for url in asked if not url.startswith(MATHJAX)] == []
    assert sorted(files(hub) - before) == []
    assert sorted(before - files(hub)) == []


def hand_in(hub: Hub, student: str, texts: list[str]) -> None:
    """A notebook with these texts, as answer and beside it, outputs of all kinds, and files."""
    release = hub.course / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(release.read_text(encoding="utf-8"))
    cells: dict[str, Any] = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in notebook["cells"]
        if "nbgrader" in cell["metadata"]
    }
    cells["sigmoid"]["source"] = (
        f"def sigmoid(x):\n    raise ValueError({TEXTS['a script']!r})\n"
    )
    question = next(cell for name, cell in cells.items() if name.startswith("answer-"))
    question["source"] = "\n\n".join([*texts, "![plot](attachment:plot.png)"])
    question["attachments"] = {"plot.png": {"image/png": PLOT}}
    for number, text in enumerate(texts):
        own = {"cell_type": "markdown", "id": f"own{number}", "metadata": {"trusted": True}}
        notebook["cells"].append(own | {"source": text})
    for number, output in enumerate(OUTPUTS.values()):
        cell = copy.deepcopy(cells["sigmoid"]) | {"id": f"out{number}", "metadata": {}}
        shown = {"output_type": "display_data", "metadata": {}, **output}
        notebook["cells"].append(cell | {"source": "1", "outputs": [shown]})
    folder = hub.course / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    write_files(folder)


def files(hub: Hub) -> set[str]:
    """All that the hub's users may write to, but for what the programs themselves keep there.

    Other programs use the machine's temporary folders, too: of these, what has the mark.
    """
    below = (path for path in hub.state.rglob("*") if path.is_symlink() or not path.is_dir())
    names = {path.relative_to(hub.state).as_posix() for path in below}
    marked = {str(Path(folder) / "ran") for folder in TEMPORARY}
    return {name for name in names if KEPT.fullmatch(name) is None} | {
        name for name in marked if Path(name).exists()
    }


def write_files(folder: Path) -> None:
    """A page, a drawing and a configuration of the student's own."""
    (folder / "evil.html").write_text(f"<script>{RUN}</script><img src={EVIL}x>")
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><script>{RUN}</script></svg>"
    (folder / "evil.svg").write_text(drawing)
    (folder / "nbgrader_config.py").write_text("open('ran', 'w')")


def watched(page: Page, hub: Hub) -> list[str]:
    """What the window asks other servers for, and ours for that acts.

    What a policy forbids is never asked.
    """
    asked: list[str] = []

    def other(url: str) -> bool:
        acts = url.endswith("/logout")
        return url.startswith(("http:", "https:")) and (acts or not url.startswith(hub.url))

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.context.route(other, refuse)
    return asked


def as_it_was_written(page: Page, address: str, text: str | None = None) -> None:
    """A page that shows every payload uncleaned: what the browser is told holds by itself.

    text  of the page, where it is not what a server answers.
    """

    def answer(route: Route) -> None:
        there = route.fetch() if text is None else None
        whole = (text or (there.text() if there else "")).replace("</body>", f"{RAW}</body>")
        route.fulfill(response=there, body=whole, content_type="text/html; charset=utf-8")

    page.route(address, answer)
    page.goto(address)
    page.wait_for_timeout(1000)  # what begins by itself has begun
    assert page.locator("[onerror]").count() > 3
    assert page.evaluate("window.ran") is None  # a frame that is refused never answers
    page.unroute(address)


def quiet(page: Page) -> None:
    """Nothing of the student's has run in the page, or in a frame of it."""
    for frame in page.frames:
        assert frame.evaluate("window.ran") is None


def formulas_are_set(page: Page) -> None:
    """Wait until MathJax is done with the page; nothing has run by then."""
    while not page.evaluate("Boolean(window.MathJax && MathJax.loaded)"):
        page.wait_for_timeout(
            200
        )  # to wait for an expression, it would be made code in the page
    quiet(page)


def trust(page: Page, folder: str) -> None:
    """Open the notebook in JupyterLab, trust it, and see all of it."""
    page.goto(f"{folder}/{ASSIGNMENT}/{NOTEBOOK}.ipynb?reset")
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    palette = page.locator(".lm-CommandPalette-input")
    command = page.locator(
        ".lm-CommandPalette-item.lm-mod-active:not(.lm-mod-disabled)", has_text="Trust Notebook"
    )
    accept = page.locator(".jp-Dialog button.jp-mod-accept")
    for _ in range(20):  # while JupyterLab starts, keys do nothing, and focus moves
        with contextlib.suppress(TimeoutError):
            page.keyboard.press("Escape")
            page.keyboard.press("Control+Shift+c")
            palette.fill("trust notebook", timeout=3000)
            command.wait_for(timeout=3000)
            page.keyboard.press("Enter")
            accept.click(timeout=6000)
            break
    else:
        pytest.fail("JupyterLab never asked whether to trust the notebook")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    seen = page.locator(".jp-WindowedPanel-outer").first
    at, last = -1.0, 0.0
    while last > at:
        at = last
        last = seen.evaluate("(it) => { it.scrollBy(0, 700); return it.scrollTop }")
        page.wait_for_timeout(250)  # what comes into sight is rendered then
        quiet(page)
    expect(page.locator(".jp-Notebook .jp-Cell").last).to_be_visible()
