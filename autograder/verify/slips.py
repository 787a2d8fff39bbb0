"""Slips of an author, found before anything is graded: all of them, each with file and line."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from autograder.answers.changes import members
from autograder.answers.variants import MISCONCEPTIONS, SOLUTION, variants_of
from autograder.course.boards import board_of
from autograder.course.course import SETTINGS_FILE, WEIGHTS, Assignment
from autograder.errors import GradeError, did_you_mean
from autograder.submissions.beside import wanted
from autograder.verify.calibration import CALIBRATION_FILE
from autograder.verify.declared import slips_in
from autograder.verify.known import EXPECTATIONS, KnownSubmission, known_submissions

_READ = (".py", ".ipynb")
_TODO = "# TODO: "


def slips(assignment: Assignment) -> Iterator[str]:
    """The slips in the files of an assignment, each with its place and the way out.

    Its checks.py is run; no function of the reference is.
    """
    assert assignment.reference is not None
    reference, checks = assignment.reference, assignment.folder / "checks.py"
    defined = _defined(reference / SOLUTION)
    declared = [f"{checks}, line {line}: {said}." for line, said in slips_in(checks, defined)]
    yield from dict.fromkeys(declared)
    yield from _open(checks)
    ids = _defined(checks)  # where it cannot be run
    try:
        ids = [check.id for check in assignment.checks]
    except GradeError as error:
        if not declared:
            yield _sentence(error)
    else:
        yield from _board(assignment)
    known = None
    try:
        known = list(variants_of(reference).misconceptions)
    except (GradeError, SyntaxError) as error:
        yield _sentence(error)
    yield from _undecorated(reference / MISCONCEPTIONS, defined)
    yield from _expectations(reference / "submissions", ids, known)
    yield from _measured(assignment, ids)
    yield from _files(assignment)
    yield from _built(assignment)


def is_gradable(assignment: Assignment) -> bool:
    """True if its files can be read at all, so that there is something to prove."""
    assert assignment.reference is not None
    defined = _defined(assignment.reference / SOLUTION)
    try:
        variants_of(assignment.reference).misconceptions  # noqa: B018 -- it may raise
        list(known_submissions(assignment.reference))
        called = all(check.of in defined for check in assignment.checks)
        return called and not any(_unbuilt(assignment))
    except (GradeError, SyntaxError):
        return False


def place_of_misconception(reference: Path, name: str) -> str:
    """The file and the line at which a misconception is declared."""
    path = reference / MISCONCEPTIONS
    function, _, rest = name.partition("__")
    for node in ast.parse(path.read_text("utf-8")).body:
        said = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
        if getattr(node, "name", "") == name or (
            rest in said and any(str(one).partition(".")[0] == function for one in said)
        ):
            return f"{path}, line {node.lineno}"
    return str(path)


def _open(checks: Path) -> Iterator[str]:
    """The places that somebody has left to do, as `grade import` does."""
    text = checks.read_text("utf-8", "replace") if checks.is_file() else ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(_TODO):
            yield f"{checks}, line {number}: left to do: {line.strip().removeprefix(_TODO)}"


def _sentence(error: Exception) -> str:
    hint = getattr(error, "hint", "")
    return f"{error} {hint}".strip()


def _defined(path: Path) -> list[str]:
    try:
        body = ast.parse(path.read_text("utf-8")).body
    except (OSError, SyntaxError):
        return []
    return [one.name for one in body if isinstance(one, ast.FunctionDef | ast.ClassDef)]


def _undecorated(path: Path, defined: list[str]) -> Iterator[str]:
    """Functions that are called like a misconception, and are none."""
    try:
        body = ast.parse(path.read_text("utf-8")).body if path.is_file() else []
    except SyntaxError:
        return
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.decorator_list:
            continue
        function, _, rest = node.name.partition("__")
        if rest and function in defined:
            yield (
                f"{path}, line {node.lineno}: {node.name} is called like a misconception of "
                f"{function}, and is none. Write @misconception(sentence) above it."
            )


def _expectations(folder: Path, checks: list[str], known: list[str] | None) -> Iterator[str]:
    """Tables of expected.toml that are about nothing, and files without a table."""
    path = folder / EXPECTATIONS
    text = path.read_text("utf-8") if path.is_file() else ""
    try:
        tables: Mapping[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield f"{path}: {error}."
        return
    files = sorted(one.name for one in folder.glob("*") if one.suffix in _READ)
    named = set()
    for name, table in tables.items():
        place = f"{path}, line {_line(text, name)}"
        if not isinstance(table, dict):
            yield f"{place}: {name} is no table. Write [{name}] above its settings."
            continue
        file = str(table.get("file") or f"{name}.py")
        named.add(file)
        if file not in files:
            near = did_you_mean(file, files, "Write it, or take its table out.")
            yield f"{place}: there is no file {file} beside it. {near}"
        yield from (f"{place}: {said}" for said in _settings(name, table))
        beside = table.get("files", {})
        for one in beside.values() if isinstance(beside, dict) else ():
            if not (folder / str(one)).is_file():
                yield f"{place}: its `files` name {one}, which is not beside it."
        yield from (f"{place}: {said}" for said in _about(table, checks, known))
    for file in files:
        if file not in named:
            near = did_you_mean(Path(file).stem, tables)
            yield (
                f"{folder / file}: no table of {EXPECTATIONS} says what it must get. {near} "
                f"Add [{Path(file).stem}] with its points."
            ).replace("  ", " ")


def _settings(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    fields = [field.name for field in msgspec.structs.fields(KnownSubmission)]
    for key in table:
        if key not in fields:
            near = did_you_mean(key, fields, f"There are: {', '.join(fields)}.")
            yield f"[{name}] has no setting {key!r}. {near}"
    if table.get("over", "reference") != "reference":
        yield f'[{name}] is over {table["over"]!r}. Only over = "reference" is known.'
    if "points" not in table and "points_between" not in table:
        yield f"[{name}] says no points. Say points = 100, or points_between = [80, 90]."


def _about(
    table: Mapping[str, Any], checks: list[str], known: list[str] | None
) -> Iterator[str]:
    for what in ("status", "diagnosis"):
        found = table.get(what, {})
        for check, said in found.items() if isinstance(found, dict) else ():
            if check not in checks:
                near = did_you_mean(check, checks, f"There are: {', '.join(checks)}.")
                yield f"its {what} names the check {check!r}, which is none. {near}"
            if what == "status" or known is None:
                continue
            if not all(one in known for one in members(str(said))):
                near = did_you_mean(str(said), known, "There is none like it.")
                yield f"its diagnosis is {said!r}, which is no misconception. {near}"


def _measured(assignment: Assignment, checks: list[str]) -> Iterator[str]:
    path = assignment.folder / CALIBRATION_FILE
    if path.is_file():
        for name in msgspec.json.decode(path.read_bytes()):
            if name not in checks:
                near = did_you_mean(name, checks, "It may have been renamed.")
                again = f"Run: grade calibrate {assignment.name}."
                yield f"{path}: it measures {name!r}, which is no check. {near} {again}"


def _files(assignment: Assignment) -> Iterator[str]:
    """Files that assignment.toml names, and that are not there or that nothing reads."""
    assert assignment.reference is not None
    settings = assignment.folder / SETTINGS_FILE
    said = settings.read_text("utf-8")
    sources = (assignment.folder / "checks.py", assignment.reference / SOLUTION)
    text = "".join(path.read_text("utf-8") for path in sources if path.is_file())
    named = [("files", assignment.folder / name) for name in assignment.settings.files]
    for key, path in named + [("hidden", path) for path in assignment.hidden]:
        place = f"{settings}, line {_line_with(said, path.name, key)}"
        if not path.is_file():
            other = "checks.py" if key == "files" else SOLUTION
            there = [one.name for one in path.parent.iterdir() if one.is_file()]
            near = did_you_mean(path.name, there, f"Put it into {path.parent}.")
            yield f"{place}: `{key}` names {path.name}, which is not beside {other}. {near}"
        elif (
            "handed_in(" in text
            and path.suffix == WEIGHTS
            and not wanted(
                [path.name], f"{assignment.module}.py", assignment.settings.extra_files
            )
        ):
            yield (
                f"{place}: students cannot hand in {path.name}. Say "
                f'extra_files = ["*{WEIGHTS}"].'
            )
        elif path.name not in text and path.stem not in text:
            yield (
                f"{place}: neither checks.py nor solution.py reads {path.name}. Take it out of "
                f"`{key}`."
            )


def _unbuilt(assignment: Assignment) -> Iterator[str]:
    """The students' files that are not there."""
    for name in (f"{assignment.module}.py", f"{assignment.module}.ipynb", "README.md"):
        if not (assignment.folder / name).is_file():
            yield name


def _built(assignment: Assignment) -> Iterator[str]:
    """Students' files that are not built yet, or were built under another name."""
    folder, missing = assignment.folder, ", ".join(_unbuilt(assignment))
    if missing:
        yield f"{folder}: {missing} not built yet. Run: grade build {assignment.name}"
    for path in sorted(folder.glob("*.ipynb")):
        script = path.with_suffix(".py")
        own = {assignment.module, *(Path(name).stem for name in assignment.settings.files)}
        if path.stem not in own and script.is_file():
            yield (
                f"{path}: this and {script.name} were built under another name. Delete both, "
                f'or say module = "{path.stem}" in {SETTINGS_FILE}.'
            )


def _board(assignment: Assignment) -> Iterator[str]:
    """A class board whose check is not there, or measures no number."""
    if assignment.settings.board is not None:
        try:
            board_of(assignment)
        except GradeError as error:
            yield _sentence(error)


def _line_with(text: str, word: str, key: str) -> int:
    """The line of a TOML file at which a word stands in the value of a key."""
    start = _line(text, key)
    lines = text.split("\n")[start - 1 :]
    return next((start + place for place, line in enumerate(lines) if word in line), start)


def _line(text: str, table: str) -> int:
    """The line at which a table of a TOML file begins, or a key stands."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip().startswith((f"[{table}]", f"{table} ", f"{table}=", f'["{table}"]')):
            return number
    return 1
