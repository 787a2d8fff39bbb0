"""An instructor and a student, who do with clicks what people do on the hub."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

COURSE = "dl101"
ASSIGNMENT = "assignment3"
NOTEBOOK = "one_hidden_layer"
SLOW = 90_000
"""Milliseconds that one step may take on a slow computer."""
IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']"

expect.set_options(timeout=SLOW)


@dataclass(frozen=True)
class Hub:
    """A running hub, a browser, and where its screenshots go."""

    url: str
    password: str
    state: Path
    """What the hub and its users have written."""
    browser: Browser
    screenshots: Path

    @property
    def course(self) -> Path:
        """nbgrader's folder of the course."""
        return self.state / f"home/grader-{COURSE}/{COURSE}"

    def shoot(self, page: Page, what: str) -> None:
        """Keep what a page shows, under a name that sorts by time."""
        number = len(list(self.screenshots.glob("*.png"))) + 1
        page.screenshot(path=self.screenshots / f"{number:02}-{what}.png")


class Person:
    """Somebody with a browser window of their own, signed in to the hub."""

    home = "user-redirect/lab"
    """Where signing in leads to, below ``/hub/``."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub = hub
        self.name = name
        window = hub.browser.new_context(viewport={"width": 1280, "height": 1000})
        window.set_default_timeout(SLOW)
        self.page = window.new_page()
        self.page.goto(f"{hub.url}hub/login?next=/hub/{self.home}")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(hub.password)
        self.page.get_by_role("button", name="Sign in").click()

    def shot(self, what: str) -> None:
        """Keep what the window shows."""
        self.hub.shoot(self.page, f"{self.name}-{what}")


class Student(Person):
    """In JupyterLab, with nbgrader's list of assignments."""

    def __init__(self, hub: Hub, name: str) -> None:
        super().__init__(hub, name)
        self.released = self.page.locator("#released_assignments_list")
        self.fetched = self.page.locator("#fetched_assignments_list")
        self.submitted = self.page.locator("#submitted_assignments_list")

    def menu(self, name: str, entry: str) -> None:
        """Choose an entry of the menu bar."""
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.get_by_role("menuitem", name=entry, exact=True).click()

    def fetch(self) -> None:
        """Wait for JupyterLab; get the assignment, as a folder of one's own."""
        self.menu("Nbgrader", "Assignment List")
        row = self.released.locator(".list_item", has_text=ASSIGNMENT)
        row.get_by_role("button", name="Fetch").click()
        expect(self.fetched.get_by_role("button", name="Submit")).to_be_visible()

    def open(self) -> None:
        """Open the notebook from the list, and wait until its kernel is ready."""
        self.fetched.get_by_text(ASSIGNMENT).first.click()
        self.fetched.get_by_text(NOTEBOOK).click()
        expect(self.page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible()
        self.page.locator(IDLE).wait_for()

    def cell(self, text: str) -> Locator:
        """The first cell of the notebook that has `text`."""
        return self.page.locator(".jp-Notebook .jp-Cell", has_text=text).first

    def write(self, cell: Locator, text: str) -> None:
        """Replace what a cell holds, as if pasted; one of text opens for it first."""
        cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def run_all(self) -> None:
        """Run every cell, until one fails."""
        self.menu("Run", "Run All Cells")
        self.page.locator(IDLE).wait_for()

    def save(self) -> None:
        """Save the notebook, and wait until it is on disk."""
        self.page.locator(".jp-NotebookPanel-toolbar [data-jp-item-name='save']").click()
        tab = self.page.locator(".lm-TabBar-tab.lm-mod-current", has_text=NOTEBOOK)
        expect(tab).not_to_have_class(re.compile("jp-mod-dirty"))

    def validate(self) -> str:
        """Press Validate; what the dialog says."""
        self.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
        dialog = self.page.locator(".jp-Dialog-content", has_text="Validation Results")
        dialog.wait_for()
        self.shot("validated")
        words = dialog.inner_text()
        dialog.get_by_role("button").click()
        return words

    def submit(self) -> None:
        """Submit from the list, and see the submission appear in it."""
        self._list()
        self.fetched.get_by_role("button", name="Submit").click()
        expect(self.submitted).to_contain_text("UTC")
        self.shot("submitted")

    def feedback(self) -> FrameLocator:
        """Fetch the feedback, and open it from the list."""
        self._list()
        self.page.locator("#refresh_assignments_list").click()
        self.submitted.get_by_role("button", name="Fetch Feedback").click()
        self.submitted.get_by_text("view feedback").click()
        self.page.locator(".jp-DirListing-item", has_text=f"{NOTEBOOK}.html").dblclick()
        return self.page.frame_locator(".jp-HTMLViewer iframe")

    def rewrite(self, change: Callable[[dict[str, dict[str, Any]], Any], None]) -> None:
        """Change the notebook's file with a program; `change` gets its cells by id, and it."""
        path = self.hub.state / "home" / self.name / COURSE / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = {
            cell["metadata"]["nbgrader"]["grade_id"]: cell
            for cell in notebook["cells"]
            if "nbgrader" in cell["metadata"]
        }
        change(cells, notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")

    def _list(self) -> None:
        self.page.locator(".lm-TabBar-tab", has_text="Assignments").click()


class Instructor(Person):
    """In the formgrader, which the course's service shows in a tab of its own."""

    home = "home"

    def __init__(self, hub: Hub, name: str) -> None:
        super().__init__(hub, name)
        self.page.get_by_role("button", name="Services").click()
        self.page.get_by_role("link", name=COURSE).click()
        expect(self.page.get_by_role("heading", name="Manage Assignments")).to_be_visible()

    def assignment(self, column: str) -> str:
        """Press one of the assignment's buttons; the log of its success."""
        self._go("manage_assignments")
        return self._press(self.page.locator("tr", has_text=ASSIGNMENT), column)

    def autograde(self, student: str) -> str:
        """Press the button in a submission's row; the log of its success."""
        self._go(f"manage_submissions/{ASSIGNMENT}")
        return self._press(self._row(student), "autograde")

    def score(self, student: str) -> str:
        """As the table of submissions shows it."""
        self._go(f"manage_submissions/{ASSIGNMENT}")
        return self._row(student).locator(".score").inner_text()

    def open(self, student: str) -> None:
        """A student's notebook, as somebody who grades sees it."""
        self._go(f"manage_submissions/{ASSIGNMENT}")
        self._row(student).locator(".student-name a").click()
        self.page.get_by_role("link", name=NOTEBOOK).click()

    def points(self, cell: str) -> Locator:
        """Where the opened notebook shows a cell's points."""
        return self.page.locator(f"[id='{cell}'].score")

    def comment(self, cell: str) -> Locator:
        """Where it shows the comment on a cell."""
        return self.page.locator(f"[id='{cell}-comment']")

    def grade(self, cell: str, points: str, comment: str) -> None:
        """Give points and a comment by hand; each is saved when one leaves its field."""
        extra = self.page.locator(f"[id='{cell}_extra_credit']")
        expect(extra).to_have_attribute("placeholder", "0")  # what was stored has come
        for field, text in ((self.points(cell), points), (self.comment(cell), comment)):
            field.fill(text)
            with self.page.expect_response(lambda answer: answer.request.method == "PUT"):
                field.press("Tab")

    def _go(self, where: str) -> None:
        self.page.goto(f"{self.hub.url}services/{COURSE}/formgrader/{where}")

    def _row(self, student: str) -> Locator:
        identity = self.page.locator(".student-id", has_text=re.compile(f"^{student}$"))
        return self.page.locator("tr", has=identity)

    def _press(self, row: Locator, column: str) -> str:
        row.locator(f".{column} a").click()
        dialog = self.page.locator(".modal")
        # It slides in; what is on its way cannot be read on a screenshot, nor pressed.
        expect(dialog).to_have_css("opacity", "1")
        self.shot(column)
        expect(dialog.locator(".modal-title")).to_have_text("Success")
        log = dialog.inner_text()
        dialog.get_by_role("button", name="OK").click()
        expect(dialog).to_have_count(0)
        return log
