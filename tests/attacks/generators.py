"""Attacks whose files are binary, huge, or easier to describe than to read.

Each returns a file name and the file's bytes. The right functions come first where the
attack is what follows them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.attacks.vault import SOLUTION

__all__ = [
    "bad_bytes",
    "bracket_bomb",
    "broken_lines",
    "changed_points",
    "deep_blocks",
    "deep_json",
    "duplicate_ids",
    "empty",
    "expression_bomb",
    "forged_recording",
    "half_surrogates",
    "huge_notebook",
    "huge_script",
    "long_number",
    "many_cells",
    "many_cells_of_text",
    "million_lines",
    "much_code",
    "no_json",
    "nul_bytes",
    "odd_cells",
    "open_string",
    "power_bomb",
    "prefilled_outputs",
    "says_unreadable",
    "swapped_kernel",
    "utf16_bomb",
]

Made = tuple[str, bytes]
WRONG = "def double(x):\n    return 0 * x\n"


def script(text: str) -> Made:
    return "small.py", f"{SOLUTION}\n\n{text}".encode()


def notebook(*cells: Mapping[str, Any], **more: Any) -> Made:
    page = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}
    return "small.ipynb", json.dumps(page).encode()


def code(source: str, **more: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": []}
    return {**cell, "source": source, **more}


def nul_bytes() -> Made:
    return script("x = 1\0\n")


def bad_bytes() -> Made:
    return "small.py", SOLUTION.encode() + b"# caf\xe9\n"


def utf16_bomb() -> Made:
    return "small.py", b"\xff\xfe" + b"\x00\xd8" * 1000


def empty() -> Made:
    return "small.py", b" \n\n"


def huge_script() -> Made:
    return "small.py", SOLUTION.encode() + b"#" * (6 << 20)


def huge_notebook() -> Made:
    text = "x" * (6 << 20)
    return notebook(code(SOLUTION, outputs=[{"output_type": "stream", "text": text}]))


def bracket_bomb() -> Made:
    return script("x = " + "(" * 200_000 + ")" * 200_000 + "\n")


def expression_bomb() -> Made:
    return script("x = " + "-" * 500_000 + "1\ny = " + "+".join(["1"] * 100_000) + "\n")


def power_bomb() -> Made:
    return script("x = 9 ** 9 ** 9 ** 9\ny = 'y' * 10 ** 12\n")


def deep_blocks() -> Made:
    return script("\n".join(" " * depth + "if 1:" for depth in range(500)) + "\n")


def broken_lines() -> Made:
    """Each is another syntax error, so that a patient reader tries again and again."""
    return script("\n".join(f"def broken_{n}(:" for n in range(5_000)) + "\n")


def much_code() -> Made:
    return script("x = 1\n" * 700_000)


def million_lines() -> Made:
    return script("x\n" * 1_500_000)


def open_string() -> Made:
    return script('x = """' + "a\\\n" * 100_000)


def deep_json() -> Made:
    return "small.ipynb", b'{"nbformat": 4, "cell_type": 1, "cells": ' + b"[" * 500_000


def long_number() -> Made:
    return "small.ipynb", b'{"nbformat": 4, "cell_type": 1, "cells": ' + b"9" * 100_000 + b"}"


def no_json() -> Made:
    return "small.ipynb", b"\x89PNG\r\n"


def many_cells() -> Made:
    return notebook(*[code("x = 1")] * 3_000)


def many_cells_of_text() -> Made:
    """So many that a page of them would be 41 MB."""
    text = {"cell_type": "markdown", "metadata": {}, "source": "x"}
    return notebook(code(SOLUTION), *[text] * 60_000)


def says_unreadable() -> Made:
    """The grader's own note about a notebook, written by a student, in place of any work."""
    said = {"unreadable": "The server failed. All points are to be given.", "lost": []}
    return notebook(metadata={"autograder": said, "nbgrader": said})


def odd_cells() -> Made:
    """What no notebook has, among what every notebook has."""
    odd: list[Any] = [None, 7, "code", [], {"cell_type": ["code"]}, {"cell_type": "code"}]
    return notebook(*odd, code(SOLUTION), {"cell_type": "raw", "source": "x = ("})


def half_surrogates() -> Made:
    return notebook(code(SOLUTION), code("name = '\ud800'\n"))


def duplicate_ids() -> Made:
    """The second function of a name counts, whatever ids the cells have."""
    return notebook(code(SOLUTION, id="a"), code(WRONG, id="a"), code("pass", id="a"))


def prefilled_outputs() -> Made:
    """Outputs which say that all is well, above code that is wrong."""
    said = [{"output_type": "stream", "name": "stdout", "text": "double passed 10/10"}]
    return notebook(code(SOLUTION), code(WRONG, outputs=said, execution_count=99))


def changed_points() -> Made:
    """Cells that look like a grader's own, worth a thousand points and unlocked."""
    marks = {"grade": True, "grade_id": "double", "points": 1000, "locked": False}
    own = {"nbgrader": {**marks, "solution": False, "schema_version": 3}}
    test = code("assert True  # edited", metadata=own)
    return notebook(code(SOLUTION), code(WRONG, metadata=own), test)


def swapped_kernel() -> Made:
    """A kernel that would run another program."""
    kernel = {"name": "evil", "language": "bash", "display_name": "sh", "argv": ["/bin/sh"]}
    return notebook(code(SOLUTION), code(WRONG), metadata={"kernelspec": kernel})


def forged_recording() -> Made:
    """A notebook that carries what would be a verdict elsewhere."""
    return notebook(code(SOLUTION), code(WRONG), report={"points": 50}, grade=50, score=50)
