"""The files of a draft: settings, source, checks, and what comes beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import IntakeError, UsageError
from autograder.publishing.importing import nbgrader, otter
from autograder.publishing.importing.code import identifier, one_line
from autograder.publishing.importing.parts import Part, PartKind, Todo
from autograder.publishing.importing.probes import Translation, probe_of
from autograder.publishing.importing.source import DraftSource, source_of
from autograder.publishing.scaffold import room_for, write

MOST = 16_000_000  # bytes of a notebook
_FROM = {"nbgrader": nbgrader.parts_of, "otter": otter.parts_of}
_ARGUMENTS = "solution: Solution, given: Solution, rng: np.random.Generator"
_TAKEN = {"np", "math", "check", "expect", "raises", "requirement", "Any", "Solution"}


@dataclass(frozen=True)
class Draft:
    """The files of a draft, and what is left to a person.

    checks   how many checks there are, and how many tests have none.
    """

    name: str
    paths: tuple[Path, ...]
    todos: tuple[Todo, ...]
    checks: int
    without: int


def draft(system: str, path: Path, root: Path, name: str = "") -> Draft:
    """Write a draft of an assignment into the course in `root`.

    system   "nbgrader" or "otter".
    path     a notebook; of otter also a folder that has one.
    name     the assignment's; by default made of the notebook's.

    Raises UsageError for an unknown system, a missing path or an unusable name, and IntakeError
    for a file that is not a notebook.
    """
    if system not in _FROM:
        raise UsageError(
            f"Assignments of {system!r} cannot be imported.",
            hint=f"There are: {', '.join(_FROM)}.",
        )
    file = otter.notebook_in(path) if system == "otter" else path
    parts = list(_FROM[system](file, _read(file)))
    if not parts:
        raise IntakeError(f"{file.name} has no cells.")
    name = name or identifier(file.stem.lower(), (), "assignment")
    written = room_for(root, name)
    source = source_of(parts)
    checks = _Checks(source)
    title = _title(parts) or name
    module = identifier(name, ("checks", "solution"), "work")
    todos = (*source.todos, *checks.todos)
    files = {
        f"assignments/{name}/assignment.toml": _settings(title, module, checks.points, source),
        f"assignments/{name}/checks.py": checks.text(name),
        f"reference/{name}/solution.py": _preamble(file.name, todos) + source.text,
        f"reference/{name}/misconceptions.py": _MISCONCEPTIONS.format(name=name),
        f"reference/{name}/submissions/expected.toml": _EXPECTED,
    }
    written += [write(root / place, text) for place, text in files.items()]
    return Draft(name, tuple(written), todos, checks.made, checks.without)


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > MOST:
            raise IntakeError(f"{file} is larger than {MOST:,} bytes.")
        return file.read_text("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from None


class _Checks:
    """The checks of a draft, in the order of the tests."""

    def __init__(self, source: DraftSource) -> None:
        self.blocks: list[str] = []
        self.todos: list[Todo] = []
        self.points = 0.0
        self.made = self.without = 0
        self.taken = set(_TAKEN)
        self.uses: set[str] = set()
        self.hidden: list[str] = []
        for part, names in source.tests:
            self.add(part, probe_of(part.text, names))
        if self.hidden:
            places = ", ".join(self.hidden[:6]) + ", …" * (len(self.hidden) > 6)
            what = "hidden from students, who read all checks here; draw the inputs from rng"
            self.todos.append(Todo(places, what))

    def add(self, part: Part, probe: Translation) -> None:
        """The check, or two, of one test."""
        place = f"{part.label}, test {one_line(part.name, 40)}" if part.name else part.label
        self.todos += [Todo(place, f"{text!r}: {why}") for text, why in probe.left if why]
        if part.note:
            self.todos.append(Todo(place, part.note))
        if part.hidden:
            self.hidden.append(place)
        values, properties = probe.counts
        if not (values or properties) or not probe.asked:
            self.without += 1
            why = "nothing of it could be translated" if probe.left else "it asks nothing"
            self.todos.append(Todo(place, f"no check: {why} ({part.points:g} points)"))
            self.blocks.append(_lost(place, part.text))
            return
        points = part.points
        if not points:
            points = 1.0
            self.todos.append(Todo(place, "it is worth no points; its check has 1"))
        share = points if not properties else round(points * values / (values + properties), 2)
        if values:
            self.check("check", share or points, part, probe, probe.values)
        if properties:
            rest = round(points - share, 10) if share else points
            self.check("requirement", rest or points, part, probe, probe.properties)

    def check(
        self, kind: str, points: float, part: Part, probe: Translation, lines: list[str]
    ) -> None:
        """One check."""
        of = probe.asked[0]
        name = identifier(of, self.taken, "check")
        self.taken.add(name)
        self.points += points
        self.made += 1
        self.uses |= {kind} | ({"raises"} if kind == "check" and probe.uses_raises else set())
        self.uses |= {"expect"} if kind == "requirement" else set()
        about = "" if of == name else f', of="{of}"'
        self.blocks.append(
            f"# From {part.label}.\n"
            f"@{kind}(points={_number(points)}{about})\n"
            f"def {name}({_ARGUMENTS}) -> Any:\n"
            f'    """{of} does what is asked"""\n' + "\n".join(lines)
        )

    def text(self, name: str) -> str:
        """The text of `checks.py`."""
        wanted = ", ".join(["Solution", *sorted(self.uses | {"check"})])
        body = "\n\n\n".join(self.blocks)
        math = "import math\n" if "math." in body else ""
        return (
            f'"""Checks for {name}, a draft.\n\n'
            "TODO: the inputs are those of the tests, and the same for everybody. Draw them "
            "from `rng`,\nso that no answer can be copied; `grade verify` names each check "
            'with such inputs.\n"""\n\n'
            "from __future__ import annotations\n\n"
            f"{math}from typing import Any\n\nimport numpy as np\n\n"
            f"from autograder.authoring import {wanted}\n\n\n{body}\n"
        )


def _lost(place: str, text: str) -> str:
    lines = "\n".join(f"# | {line}".rstrip() for line in text.strip().split("\n")[:40])
    return f"# TODO: {place}: this test has no check yet.\n{lines}"


def _title(parts: list[Part]) -> str:
    """The first heading of the notebook."""
    for part in parts:
        if part.kind is PartKind.TEXT:
            for line in part.text.split("\n"):
                if line.startswith("# "):
                    return one_line(line.strip(" #*"))
    return ""


def _settings(title: str, module: str, points: float, source: DraftSource) -> str:
    lines = [
        f"title = {_quoted(title)}",
        f"module = {_quoted(module)}  # the file that students get",
        f"points = {_number(points)}",
        f"preload = [{', '.join(map(_quoted, source.preload))}]",
    ]
    for one in source.questions:
        lines += [
            "",
            "[[questions]]",
            f"id = {_quoted(one.id)}",
            f"title = {_quoted(one.title)}",
        ]
        lines.append(f"points = {_number(one.points)}")
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    """A number of points, exactly, and without a point where it needs none."""
    return str(int(value)) if value == int(value) else repr(value)


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(one_line(text, 200), ensure_ascii=False)


def _preamble(file: str, todos: tuple[Todo, ...]) -> str:
    """The text above the first cell, for the instructor alone."""
    said = "\n".join(_inside(f"    {one}") for one in todos) or "    nothing that was found"
    return (
        f'"""A draft, made of {_inside(one_line(file))}. Nothing of that notebook has run.\n\n'
        f'Left to a person:\n\n{said}\n"""\n\n'
    )


def _inside(text: str) -> str:
    """A text inside of a docstring, which it does not end."""
    return text.replace("\\", "\\\\").replace('"', "'")


_MISCONCEPTIONS = '''"""Well-known mistakes in {name}, and what a good teacher says of each.

TODO: write those that you expect, as docs/authoring.md shows.
"""
'''
_EXPECTED = (
    "# What each known submission must get. TODO: add right and wrong ones beside this file.\n"
)
