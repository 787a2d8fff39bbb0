"""A folder of Otter-Grader, as parts: a source notebook, or a generated one with its tests.

A source notebook has raw cells such as ``# BEGIN QUESTION``, or in older ones the same words in
a comment of a text cell. A generated one calls ``grader.check("q1")``; its tests are in files
of ``tests/``, or in its metadata. All of them are read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.errors import UsageError
from autograder.publishing.importing.nbgrader import Cell, cells_of, source
from autograder.publishing.importing.otter_tests import (
    TEST_WORD,
    in_cell,
    in_file,
    points_in,
    settings,
    together,
)
from autograder.publishing.importing.parts import Part, PartKind
from autograder.submissions.notebook import parsed

_MARK = re.compile(
    r"^\s*#\s*(BEGIN|END|ASSIGNMENT)\s+(QUESTION|SOLUTION|TESTS|PROMPT|CONFIG)\b", re.I
)
_OLD = re.compile(r"(?:```|<!--)\s*BEGIN QUESTION[ \t]*\n(.{0,2000}?)(?:```|-->)", re.DOTALL)
_PROMPT = re.compile(
    r'^[ \t]*("""|\'\'\')\s*#\s*BEGIN PROMPT.*?\1\s*;?\s*#\s*END PROMPT.*?$'
    r"|^[ \t]*#\s*BEGIN PROMPT.*?#\s*END PROMPT.*?$",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(
    r"^(.*?)#[ \t]*SOLUTION(?:[ \t]+NO[ \t]+PROMPT)?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_CHECK = re.compile(r"""\b(?:grader\.check|ok\.grade)\(\s*["']([^"'\n]{1,80})["']""")
_GRADER = re.compile(
    r"^[ \t]*(?:import otter.*|from otter.*|from client\.api.*|grader\s*=\s*otter.*|ok\s*=.*"
    r"|(?:_\s*=\s*)?(?:grader|ok)\.\w+\(.*\).*)$",
    re.MULTILINE,
)


def notebook_in(folder: Path) -> Path:
    """The notebook of a folder. UsageError where there is none, or more than one."""
    if folder.is_file():
        return folder
    found = sorted(one for one in folder.glob("*.ipynb") if one.is_file())
    if len(found) != 1:
        names = ", ".join(one.name for one in found[:5]) or "none"
        raise UsageError(
            f"Expected one notebook in {folder}, but it has {names}.",
            hint="Name the notebook itself: grade import otter FOLDER/NOTEBOOK.ipynb",
        )
    return found[0]


def parts_of(path: Path, text: str) -> Iterator[Part]:
    """The parts of an Otter notebook and of the tests beside it, in its order."""
    cells = cells_of(text, path.name)
    if any(cell.get("cell_type") == "raw" and _MARK.match(source(cell)) for _, cell in cells):
        yield from _source(cells)
    elif any(_CHECK.search(source(cell)) for _, cell in cells):
        yield from _generated(path, cells, parsed(text, path.name))
    else:
        yield from _old(cells)


def _source(cells: list[tuple[str, Cell]]) -> Iterator[Part]:
    """Those of a notebook with raw cells."""
    question: Mapping[str, str] = {}
    points: list[float] = []
    tests: list[Part] = []
    where = ""
    for label, cell in cells:
        text = source(cell)
        mark = _MARK.match(text) if cell.get("cell_type") == "raw" else None
        if mark is None:
            tests += (
                _in_question(label, cell, text, question, where) if where == "TESTS" else []
            )
            if where != "TESTS":
                yield from _in_question(label, cell, text, question, where)
            continue
        begins, what = mark[1].upper() == "BEGIN", mark[2].upper()
        if what == "QUESTION" and begins:
            question, points, where = settings(text), points_in(text), ""
            if _manual(question):
                yield Part(
                    PartKind.QUESTION, label, "", question.get("name", ""), sum(points) or 1.0
                )
        elif what == "QUESTION":
            yield from together(tests, points)
            question, tests, where = {}, [], ""
        else:
            where = what if begins else ""
    yield from together(tests, points)


def _in_question(
    label: str, cell: Cell, text: str, question: Mapping[str, str], where: str
) -> Iterator[Part]:
    name = question.get("name", "")
    is_code = cell.get("cell_type") == "code"
    if where == "PROMPT" or not text.strip():
        return
    if where == "TESTS" and is_code:
        yield in_cell(label, name, text)
    elif where == "SOLUTION" and not is_code:
        yield Part(PartKind.MODEL, label, text)
    elif not is_code:
        yield Part(PartKind.TEXT, label, _without_config(text))
    elif where == "SOLUTION" or (question and _has_solution(text)):
        yield Part(PartKind.ANSWER, label, _solution(text), name)
    elif code := _GRADER.sub("", text).strip():
        kind = PartKind.ANSWER if _has_solution(code) else PartKind.CODE
        yield Part(kind, label, _solution(code), name)


def _old(cells: list[tuple[str, Cell]]) -> Iterator[Part]:
    """Those of a notebook whose questions begin in a comment of a text cell."""
    question: Mapping[str, str] = {}
    points: list[float] = []
    tests: list[Part] = []
    for label, cell in cells:
        text = source(cell)
        if cell.get("cell_type") != "code" and (begun := _OLD.search(text)):
            yield from together(tests, points)
            question, points, tests = settings(begun[1]), points_in(begun[1]), []
            yield Part(PartKind.TEXT, label, _without_config(text))
            if _manual(question):
                yield Part(
                    PartKind.QUESTION, label, "", question.get("name", ""), sum(points) or 1.0
                )
        elif (
            cell.get("cell_type") == "code"
            and question
            and TEST_WORD.match(text.split("\n")[0])
        ):
            tests.append(in_cell(label, question.get("name", ""), text))
        elif "**SOLUTION" in text and cell.get("cell_type") != "code":
            yield Part(PartKind.MODEL, label, text)
        else:
            yield from _in_question(label, cell, text, question, "")
    yield from together(tests, points)


def _generated(path: Path, cells: list[tuple[str, Cell]], notebook: Any) -> Iterator[Part]:
    """Those of a generated notebook: what stands above a check is the answer to it."""
    inside = _embedded(notebook)
    waiting: list[tuple[str, str]] = []
    for label, cell in cells:
        text = source(cell)
        if cell.get("cell_type") != "code":
            if text.strip():
                yield Part(PartKind.TEXT, label, text)
            continue
        found = _CHECK.search(text)
        if found is None:
            if code := _GRADER.sub("", text).strip():
                if waiting:
                    yield Part(PartKind.CODE, *waiting.pop())
                waiting.append((label, code))
            continue
        if waiting:
            yield Part(PartKind.ANSWER, *waiting.pop(), found[1])
        tests = list(in_file(path.parent / "tests", found[1], inside))
        yield from tests
        if not tests:
            note = f"its test {found[1]!r} is neither in tests/ nor in the notebook"
            yield Part(PartKind.TEST, label, "", found[1], 1.0, note=note)
    for one in waiting:
        yield Part(PartKind.CODE, *one)


def _manual(question: Mapping[str, str]) -> bool:
    return question.get("manual", "").lower() == "true"


def _without_config(text: str) -> str:
    return re.sub(
        r"<!--.{0,2000}?-->|```\s*BEGIN QUESTION.{0,2000}?```", "", text, flags=re.DOTALL
    ).strip()


def _has_solution(text: str) -> bool:
    return re.search(r"#\s*(BEGIN )?SOLUTION", text, re.IGNORECASE) is not None


def _solution(text: str) -> str:
    """An answer without its prompts, whose solution stands between our marks."""
    text = _PROMPT.sub("", text)
    whole = re.match(r"\s*#\s*(?:BEGIN )?SOLUTION[^\n]*\n", text, re.IGNORECASE)
    if whole and not re.search(r"#\s*END SOLUTION", text, re.IGNORECASE):
        return text[whole.end() :]
    marked = _LINE.sub(_around, text)
    return marked


def _around(found: re.Match[str]) -> str:
    code = found[1].rstrip()
    if not code.strip() or "BEGIN" in code or "END" in code:
        return found[0]
    margin = code[: len(code) - len(code.lstrip())]
    return f"{margin}### BEGIN SOLUTION\n{code}\n{margin}### END SOLUTION"


def _embedded(notebook: Any) -> Mapping[str, Any]:
    """The tests in a notebook's metadata."""
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    tests = otter.get("tests") if isinstance(otter, dict) else None
    return tests if isinstance(tests, dict) else {}
