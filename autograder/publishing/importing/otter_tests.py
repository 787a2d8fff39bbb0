"""Tests of Otter-Grader, in files, in metadata or in cells: doctests become asserts."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.errors import IntakeError
from autograder.publishing.importing.code import clean, parse
from autograder.publishing.importing.parts import Part, PartKind, points_of

MOST = 16_000_000  # bytes of one file
_SETTING = re.compile(r"^[ \t#]*(\w+)[ \t]*:(.*)$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*-[ \t]*([\d.]+)[ \t]*$", re.MULTILINE)
_TEST_CONFIG = re.compile(
    r'^[ \t]*("""|\'\'\')\s*#\s*BEGIN TEST CONFIG(.*?)\1\s*#\s*END TEST CONFIG.*?$',
    re.DOTALL | re.MULTILINE,
)
TEST_WORD = re.compile(
    r"^[ \t]*#+[ \t]*(HIDDEN[ \t]+TEST|HIDDEN|TEST)\b.*$", re.MULTILINE | re.IGNORECASE
)


def in_file(folder: Path, name: str, inside: Mapping[str, Any]) -> Iterator[Part]:
    """The tests of a question, from its file or from the notebook."""
    file = folder / f"{name}.py"
    label = f"tests/{name}.py"
    if not re.fullmatch(r"[\w.-]+", name) or file.is_symlink() or not file.is_file():
        if isinstance(inside.get(name), dict):
            yield from _suites(f"the notebook's test {name}", name, inside[name])
        return
    if file.stat().st_size > MOST:
        raise IntakeError(f"{file} is larger than {MOST:,} bytes.")
    tree = parse(clean(file.read_text("utf-8", "replace")))
    for node in tree.body if tree else ():
        match node:
            case ast.Assign([ast.Name("test")], value):
                try:
                    test = ast.literal_eval(value)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    continue
                yield from _suites(label, name, test)
            case ast.FunctionDef(decorator_list=[ast.Call(keywords=keywords), *_]):
                said = {
                    one.arg: one.value.value
                    for one in keywords
                    if isinstance(one.value, ast.Constant)
                }
                text = ast.unparse(ast.Module(node.body, []))
                points = points_of(said.get("points")) or 1.0
                yield Part(PartKind.TEST, label, text, name, points, said.get("hidden") is True)


def _suites(label: str, name: str, test: Any) -> Iterator[Part]:
    """The cases of a test in OK's format; those without points share the test's."""
    suites = test.get("suites") if isinstance(test, dict) else None
    cases = [
        case
        for suite in (suites if isinstance(suites, list) else [])
        if isinstance(suite, dict) and isinstance(suite.get("cases"), list)
        for case in suite["cases"]
        if isinstance(case, dict) and isinstance(case.get("code"), str)
    ]
    all_points = test.get("points") if isinstance(test, dict) else None
    each = (points_of(all_points) or 1.0) / max(1, len(cases))
    for hidden in (False, True):
        some = [case for case in cases if (case.get("hidden") is True) == hidden]
        text = "\n".join(from_doctest(clean(case["code"])) for case in some)
        points = sum(points_of(case.get("points")) or each for case in some)
        if some:
            yield Part(PartKind.TEST, label, text, name, points, hidden)


def from_doctest(text: str) -> str:
    """The examples of a doctest as statements: what is printed becomes an assert."""
    try:
        examples = doctest.DocTestParser().get_examples(text)
    except ValueError:
        return text
    return "\n".join(map(_statement, examples)) if examples else text


def _statement(example: doctest.Example) -> str:
    code, want = example.source.strip(), example.want.strip()
    tree = parse(code)
    if (
        tree is None
        or len(tree.body) != 1
        or not isinstance(tree.body[0], ast.Expr)
        or not want
    ):
        return code
    one = code.rstrip(";")
    if example.exc_msg:
        kind = example.exc_msg.partition(":")[0].strip().rpartition(".")[2]
        return f"with raises({kind if kind.isidentifier() else 'Exception'}):\n    {one}"
    if want == "True" or want == "False":
        return f"assert {'not ' if want == 'False' else ''}({one})"
    return f"assert ({one}) == None"  # the reference says what is right


def in_cell(label: str, name: str, text: str) -> Part:
    """A test cell of a source notebook."""
    config = _TEST_CONFIG.search(text)
    said = settings(config[2]) if config else {}
    word = TEST_WORD.match(text)
    hidden = said.get("hidden", "").lower() == "true" or bool(
        word and "HIDDEN" in word[1].upper()
    )
    code = _TEST_CONFIG.sub("", text)
    code = TEST_WORD.sub("", code)
    code = re.sub(r"^\s*#\s*(?:BEGIN|END) TESTS?.*$", "", code, flags=re.MULTILINE)
    return Part(
        PartKind.TEST, label, _shown_last(code), name, number(said.get("points")), hidden
    )


def _shown_last(code: str) -> str:
    """A test cell whose last line shows a value, which was compared with the cell's output."""
    tree = parse(code)
    if tree is None or not tree.body:
        return code
    last = tree.body[-1]
    if not isinstance(last, ast.Expr) or isinstance(last.value, ast.Compare):
        return code
    if isinstance(last.value, ast.Call) and "assert" in ast.unparse(last.value.func):
        return code
    tree.body[-1] = ast.Assert(last.value)
    return ast.unparse(ast.fix_missing_locations(tree))


def together(tests: list[Part], points: list[float]) -> Iterator[Part]:
    """The tests of a question as one, which is worth what the question or they say."""
    if not tests:
        return
    said = sum(one.points for one in tests)
    total = sum(points) if len(points) != 1 or said == 0 else max(said, points[0])
    label = f"{tests[0].label} to {tests[-1].label}" if len(tests) > 1 else tests[0].label
    text = "\n".join(one.text for one in tests)
    hidden = any(one.hidden for one in tests)
    yield Part(PartKind.TEST, label, text, tests[0].name, total or said or 1.0, hidden)


def settings(text: str) -> dict[str, str]:
    """The lines `key: value` of a question's settings."""
    return {key: value.strip().strip("'\"") for key, value in _SETTING.findall(text)}


def points_in(text: str) -> list[float]:
    """A question's points: one number, or a list with one for each test."""
    if one := number(settings(text).get("points")):
        return [one]
    if "each:" in text:
        return [number(settings(text).get("each"))]
    return [number(one) for one in _ITEM.findall(text)]


def number(text: str | None) -> float:
    """Points that are written as a text, or 0."""
    try:
        return points_of(float(text or ""))
    except ValueError:
        return 0.0
