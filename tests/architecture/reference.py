"""docs/reference.md, made of docstrings: `python -m tests.architecture.reference` writes it."""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder import authoring
from autograder.course.course import Settings
from autograder.model import Board, Limits, Question
from autograder.verify.known import KnownSubmission

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"
FIRST = (
    "checks",
    "untouched",
    "seen",
    "figures",
    "helpers",
    "networks",
    "estimators",
    "mistakes",
)
HEAD = """# Reference for authors

Every decorator and helper of `autograder.authoring`, and every setting, with its default. This
page is made of the docstrings. [tutorial.md](tutorial.md) makes a first assignment,
[authoring.md](authoring.md) explains, and recipes are in [README.md](README.md).
"""
OURS = frozenset({"checks_in", "mentioned"})  # the framework's own, which no author needs
STRUCTS = {
    "assignment.toml": Settings,
    "assignment.toml, [limits]": Limits,
    "assignment.toml, [[questions]]": Question,
    "assignment.toml, [board]": Board,
    "expected.toml, a table": KnownSubmission,
}
_NAMED = re.compile(r"^(\w[\w, ]*?) {2,}(\S.*)$")
_FIELD = re.compile(r"^    (\w+): ([^=#\n]+?)(?: = ([^#\n]+?))?(?:  # (.*))?$", re.MULTILINE)


def page() -> str:
    """The page as it has to be."""
    parts = [HEAD]
    for module, functions in sorted(_modules().items(), key=_place):
        title = (inspect.getdoc(sys.modules[module]) or "").partition("\n")[0].rstrip(".")
        parts.append(f"## {title}")
        parts += map(_function, functions)
    for title, struct in STRUCTS.items():
        parts += [f"## {title}", *_settings(struct)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _modules() -> dict[str, list[object]]:
    """The functions that authors import, by the module that they are of."""
    found: dict[str, list[object]] = {}
    for name in authoring.__all__:
        value = getattr(authoring, name)
        if inspect.isfunction(value) and name not in OURS:
            module = value.__module__
            package = module.rpartition(".")[0] if ".networks." in module else module
            found.setdefault(package, []).append(value)
    for functions in found.values():
        functions.sort(key=lambda one: (one.__module__, one.__code__.co_firstlineno))
    return found


def _place(item: tuple[str, list[object]]) -> tuple[int, str]:
    last = item[0].rpartition(".")[2]
    return (FIRST.index(last) if last in FIRST else len(FIRST), last)


def _function(function: object) -> str:
    signature = str(inspect.signature(function)).partition(" -> ")[0]  # type: ignore[arg-type]
    signature = re.sub(r"'([^']+)'", r"\1", signature).replace("bool | np.bool_", "bool")
    signature = signature.replace("''", '""')
    name = function.__name__  # type: ignore[attr-defined]
    text = "\n\n".join(_blocks(inspect.getdoc(function) or ""))
    return f"### `{name}`\n\n```text\n{name}{_wrapped(signature)}\n```\n\n{text}"


def _wrapped(signature: str) -> str:
    """A long signature with an argument on each line."""
    if len(signature) < 76:
        return signature
    inner = re.sub(r", (?=\*?\w+: |\*, |/, |\*\*?\w+)", ",\n    ", signature[1:-1])
    return f"(\n    {inner},\n)"


def _blocks(doc: str) -> Iterator[str]:
    """The paragraphs of a docstring as Markdown: lists of arguments, examples, text."""
    for block in re.split(r"\n\s*\n", doc.replace("``", "`")):
        lines = block.split("\n")
        if all(line.startswith("    ") for line in lines):
            code = inspect.cleandoc("\n" + block).replace("'''", '"""')
            yield f"```python\n{code}\n```"
        elif _NAMED.match(lines[0]):
            rows: list[str] = []
            for line in lines:
                named = _NAMED.match(line)
                if named:
                    rows.append(f"- `{named[1]}`: {named[2]}")
                else:
                    rows[-1] += f" {line.strip()}"
            yield "\n".join(rows)
        else:
            yield block


def _settings(struct: type) -> Iterator[str]:
    """What a struct says, and a table of its fields."""
    said: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", inspect.getdoc(struct) or ""):
        for line in block.split("\n"):
            if named := _NAMED.match(line):
                said[named[1]] = named[2]
    yield (inspect.getdoc(struct) or "").partition("\n\n")[0].replace("``", "`")
    rows = ["| key | default | meaning |", "|---|---|---|"]
    source = inspect.getsource(struct).partition("\n    def ")[0]
    for name, _, default, comment in _FIELD.findall(source):
        value = _written(default) if default else "needed"
        rows.append(f"| `{name}` | {value} | {comment or said.get(name, '')} |")
    yield "\n".join(rows)


def _written(default: str) -> str:
    """A default as TOML writes it."""
    try:
        value = ast.literal_eval(default)
    except ValueError:  # a struct, or a dictionary
        return "below" if default[0].isupper() else "none"
    if value is None or value == "" or value == ():
        return "none"
    if isinstance(value, tuple):
        return f"`[{', '.join(map(json.dumps, value))}]`"
    return f"`{json.dumps(value)}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
