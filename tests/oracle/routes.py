"""The ways by which feedback comes back to a student: Gradescope's files, nbgrader's pages.

Each is driven by the commands that an instructor gives.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.oracle.learner import Told

SEED = 4_917_325_806_611_243
SECONDS = 400  # for the longest command, on a slow and busy machine

_ROW = re.compile(r"^  (?:(.*?): )?expected (.*), yours (.*)$", re.MULTILINE)
_BLOCK = re.compile(r'<div class="grade-check.*?(?=<div class="grade-check|\Z)', re.DOTALL)
_HEADING = re.compile(r"<strong>([^<]*)</strong>[^<]*?, ([\d.]+) / ([\d.]+) points")
_LINE = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Feedback:
    """What one student got back: the checks, and everything there is to read."""

    told: list[Told]
    everything: str


class Route(Protocol):
    """A way from hand-ins to feedback."""

    name: str

    def hand_in(self, works: Mapping[str, str]) -> dict[str, Feedback]:
        """Hand in each student's text, and collect what each gets back."""


class Gradescope:
    """`grade batch`, then `grade export gradescope`."""

    name = "Gradescope"

    def __init__(self, course: Path, assignment: str, folder: Path) -> None:
        self._course, self._assignment, self._folder = course, assignment, folder
        self._handed_in = 0
        (folder / "gradebook.seed").write_text(f"{SEED}\n")

    def hand_in(self, works: Mapping[str, str]) -> dict[str, Feedback]:
        """Through a folder of scripts; back come the results.json."""
        self._handed_in += 1
        there = self._folder / f"round-{self._handed_in}"
        there.mkdir()
        for student, text in works.items():
            (there / f"{student}.py").write_text(text)
        to = self._folder / f"results-{self._handed_in}"
        shared = ("--gradebook", str(self._folder / "gradebook.db"), "--course")
        shared += (str(self._course), "--trust-submissions")
        _run("grade", "batch", self._assignment, str(there), *shared, at=self._folder)
        _run("grade", "export", "gradescope", self._assignment, "--to", str(to), *shared,
             at=self._folder)  # fmt: skip
        return {student: _results(to / student / "results.json") for student in works}


class NbGrader:
    """`grade nbgrader autograde --feedback`."""

    name = "nbgrader"

    def __init__(self, course: Path, assignment: str, module: str, folder: Path) -> None:
        self._assignment, self._module = assignment, module
        self._folder = folder / "nbcourse"
        words = ("--assignment", assignment, "--course", str(course))
        _run("grade", "nbgrader", "init", str(self._folder), *words, at=folder)
        (self._folder / "gradebook.seed").write_text(f"{SEED}\n")
        _run("nbgrader", "generate_assignment", assignment, at=self._folder)
        release = self._folder / "release" / assignment / f"{module}.ipynb"
        self._release = json.loads(release.read_text("utf-8"))

    def hand_in(self, works: Mapping[str, str]) -> dict[str, Feedback]:
        """In a cell of the student's own; back come the feedback pages."""
        for student, text in works.items():
            cell: dict[str, Any] = {"cell_type": "code", "id": "own", "metadata": {}}
            cell |= {"source": text, "outputs": [], "execution_count": None}
            notebook = {**self._release, "cells": [*self._release["cells"], cell]}
            there = self._folder / "submitted" / student / self._assignment
            there.mkdir(parents=True, exist_ok=True)
            (there / f"{self._module}.ipynb").write_text(json.dumps(notebook))
        words = ("autograde", self._assignment, "--feedback", "--trust-submissions")
        _run("grade", "nbgrader", *words, at=self._folder)
        pages = self._folder / "feedback"
        name = f"{self._module}.html"
        return {one: _page(pages / one / self._assignment / name) for one in works}


def _run(*command: str, at: Path) -> None:
    beside = Path(sys.executable).parent
    done = subprocess.run(
        [str(beside / command[0]), *command[1:]],
        cwd=at,
        env=os.environ | {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _results(path: Path) -> Feedback:
    text = path.read_text("utf-8")
    told = [
        Told(test["extra_data"]["check"], test["score"], tuple(_rows(test["output"])),
             test["output"])
        for test in json.loads(text)["tests"]
    ]  # fmt: skip
    return Feedback(told, text)


def _rows(output: str) -> list[tuple[str, str, str]]:
    return [(where or "", expected, yours) for where, expected, yours in _ROW.findall(output)]


def _page(path: Path) -> Feedback:
    """A page without the student's own code, which they have anyway."""
    text = path.read_text("utf-8")
    blocks = _BLOCK.findall(text)
    told = []
    for block in blocks:
        found = _HEADING.search(block)
        assert found, block[:500]
        rows = [_CELL.findall(line) for line in _LINE.findall(block)]
        plain = [tuple(map(_plain, ["", *cells][-3:])) for cells in rows if len(cells) > 1]
        told.append(Told(_plain(found[1]), float(found[2]), tuple(plain), _plain(block)))
    remarks = re.findall(r"Remarks on this notebook.*?</ul>", text, re.DOTALL)
    comments = re.findall(
        r"nbgrader-comment.*?</div>|<blockquote.*?</blockquote>", text, re.DOTALL
    )
    return Feedback(told, "\n".join(map(_plain, (*blocks, *remarks, *comments))))


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text.replace("<br>", "\n").replace("</p>", "\n")))
