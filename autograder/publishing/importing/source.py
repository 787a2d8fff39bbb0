"""The one source of a draft: texts, given code, answers between marks, questions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from autograder.model import Question
from autograder.publishing.importing.answers import Computed, converted
from autograder.publishing.importing.code import (
    as_code,
    as_text,
    commented,
    defined,
    identifier,
    imported,
    one_line,
    parse,
    read,
    without_magics,
)  # fmt: skip
from autograder.publishing.importing.expressions import LIBRARIES, KnownNames
from autograder.publishing.importing.parts import Part, PartKind, Todo
from autograder.publishing.regions import INSTRUCTOR

_NEARLY = re.compile(r"(?<!#)#+(?=\s*(?:begin|end)[\s_-]*solution)", re.IGNORECASE)
_FILES = re.compile(
    r"\b(?:open|read_\w+|load|loadtxt|genfromtxt|imread|fromfile|with_format|read_table)\(\s*"
    r"""(?:r|b)?["']([^"'\n]{1,200})["']"""
)
_KNOWN = {  # what submissions may import, and what then is loaded once for all of them
    "numpy": "numpy", "pandas": "pandas", "matplotlib": "matplotlib.pyplot", "scipy": "scipy",
    "sklearn": "sklearn", "torch": "torch", "tensorflow": "tensorflow", "keras": "keras",
}  # fmt: skip


@dataclass
class DraftSource:
    """The source, and what was met on the way.

    tests   each test, with the names that are known where it stands.
    """

    cells: list[str] = field(default_factory=list)
    tests: list[tuple[Part, KnownNames]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    preload: list[str] = field(default_factory=lambda: ["numpy"])
    todos: list[Todo] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of `solution.py`."""
        return "\n\n".join(self.cells).rstrip("\n") + "\n"


def source_of(parts: Iterable[Part]) -> DraftSource:
    """The source that the parts of a notebook become."""
    return _Writer(list(parts)).written()


class _Writer:
    """Goes through the parts, and knows which names are defined so far."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.out = DraftSource()
        self.functions: set[str] = set()
        self.values: dict[str, Computed] = {}
        self.given: set[str] = set()
        self.modules: dict[str, str] = {}
        self.libraries: set[str] = set()
        self.asked: str = ""  # the text above, which asks the next question

    def written(self) -> DraftSource:
        """All cells."""
        for number, part in enumerate(self.parts):
            match part.kind:
                case PartKind.TEXT:
                    self.flush()
                    self.asked = part.text
                case PartKind.QUESTION:
                    self.question(part)
                case PartKind.MODEL:
                    self.flush()
                    self.cell(as_text(part.text), f'[markdown] tags=["{INSTRUCTOR}"]')
                case PartKind.CODE:
                    self.flush()
                    self.code(part)
                case PartKind.ANSWER:
                    self.flush()
                    self.answer(part, self.parts[number + 1 :])
                case PartKind.TEST:
                    self.out.tests.append((part, self.names()))
            if part.note and part.kind is not PartKind.TEST:
                self.todo(part, part.note)
        self.flush()
        return self.out

    def todo(self, part: Part, what: str) -> None:
        """Leave something to a person."""
        self.out.todos.append(Todo(part.label, what))

    def cell(self, text: str, head: str = "") -> None:
        """Write one cell."""
        self.out.cells.append(f"# %% {head}".rstrip() + f"\n{text}")

    def flush(self) -> None:
        """Write the text that has waited, since no question came."""
        if self.asked.strip():
            self.cell(as_text(self.asked), "[markdown]")
        self.asked = ""

    def question(self, part: Part) -> None:
        """A question: its own text, or the text above it."""
        text = part.text.strip() or self.asked.strip() or "Answer in a few sentences."
        if part.text.strip():
            self.flush()
        self.asked = ""
        taken = [one.id for one in self.out.questions]
        name = identifier(part.name, taken, "question")
        points = part.points or 1.0
        if not part.points:
            self.todo(part, f"the question {name} says no points; it has 1")
        title = next(
            (line for line in text.split("\n") if any(c.isalnum() for c in line)), name
        )
        self.out.questions.append(Question(name, points, one_line(title.strip(" #"))))
        self.cell(as_text(text), f"[markdown] points={points:g}")

    def code(self, part: Part) -> None:
        """Code that students get as it is."""
        text, tree = self.python(part)
        if tree is None:
            self.cell(commented(text))
            self.todo(part, "it is no Python that can be read; it is a comment in solution.py")
            return
        self.given |= defined(tree)
        self.cell(as_code(_NEARLY.sub("# the", text).strip("\n")))

    def answer(self, part: Part, rest: list[Part]) -> None:
        """A cell that students write."""
        text, tree = self.python(part)
        later = {name for one in rest for name in _names_in(one)}
        found = converted(
            text,
            name=part.name or part.label,
            before=self.given | set(self.values),
            later=later,
        )
        for todo in found.todos:
            self.todo(part, todo)
        imported = defined(tree) - found.definitions if tree else set()
        self.given |= imported
        self.functions |= {name for name in found.definitions if name not in found.values}
        self.functions -= set(found.values)
        self.values = {**self.values, **found.values}
        self.cell(found.text)

    def python(self, part: Part) -> tuple[str, ast.Module | None]:
        """A cell's code without magics, and its tree; libraries and files are noted."""
        text, magics = without_magics(part.text)
        for magic in magics:
            self.todo(part, f"{one_line(magic)!r} is left out, since it is no Python")
        tree = parse(text)
        if tree is not None:
            found = imported(tree)
            self.modules |= {short: full for short, full in found.items() if full in LIBRARIES}
            self.libraries |= set(found)
            for full in found.values():
                name = _KNOWN.get(full.partition(".")[0])
                if name and name not in self.out.preload:
                    self.out.preload.append(name)
        for file in dict.fromkeys(_FILES.findall(text)):
            self.todo(
                part,
                f"it reads {one_line(file)!r}; put the file beside checks.py, name it in "
                "assignment.toml (files = [...]), and read it by its name alone",
            )
        return text, tree

    def names(self) -> KnownNames:
        """The names that a test may use at this place."""
        return KnownNames(
            frozenset(self.functions), dict(self.values),
            frozenset(self.given - set(self.values) - self.functions - self.libraries),
            dict(self.modules), frozenset(self.libraries),
        )  # fmt: skip


def _names_in(part: Part) -> Iterator[str]:
    tree = parse(without_magics(part.text)[0]) if part.kind not in _TEXTS else None
    if tree is not None:
        yield from read(tree)


_TEXTS = (PartKind.TEXT, PartKind.MODEL, PartKind.QUESTION)
