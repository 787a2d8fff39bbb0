"""Members of a class that could stop it, as folders of nbgrader's `submitted`.

Each is a function of the member's folder for the assignment, where a right notebook and a time
lie already, and of that notebook's JSON.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.nbgrader.conftest import NOTEBOOK
from tests.nbgrader.mangles import code

Notebook = dict[str, Any]
Odd = Callable[[Path, Notebook], object]
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw=="


def notebook(change: Callable[[Notebook], object]) -> Odd:
    """A member with another notebook."""

    def odd(folder: Path, right: Notebook) -> None:
        theirs = copy.deepcopy(right)
        change(theirs)
        (folder / f"{NOTEBOOK}.ipynb").write_text(json.dumps(theirs))

    return odd


def data(content: bytes) -> Odd:
    """A member with other bytes for a notebook."""
    return lambda folder, right: (folder / f"{NOTEBOOK}.ipynb").write_bytes(content)


def text(source: str, **more: Any) -> Odd:
    """A cell of text above the others."""
    own = {"cell_type": "markdown", "metadata": {}, "source": source, **more}
    return notebook(lambda theirs: theirs["cells"].insert(0, own))


def program(source: str) -> Odd:
    """A cell of code above the others."""
    return notebook(lambda theirs: theirs["cells"].insert(0, code(source)))


def instead(make: Callable[[Path], object]) -> Odd:
    """Something else where the notebook was."""

    def odd(folder: Path, right: Notebook) -> None:
        path = folder / f"{NOTEBOOK}.ipynb"
        path.unlink()
        make(path)

    return odd


def timed(make: Callable[[Path], object]) -> Odd:
    """Something else where the time was."""

    def odd(folder: Path, right: Notebook) -> None:
        (folder / "timestamp.txt").unlink()
        make(folder / "timestamp.txt")

    return odd


ODD: dict[str, Odd] = {
    "checks_file": lambda folder, right: (folder / "checks").write_text("mine"),
    "folder_for_notebook": instead(lambda path: (path / "inner").mkdir(parents=True)),
    "picture": text("![it](attachment:a.png)", attachments={"a.png": {"image/png": PICTURE}}),
    "many_cells": notebook(lambda theirs: theirs["cells"].extend([code("1")] * 150_000)),
    "deep": data(b"[" * 100_000),
    "zeros": data(bytes(1000)),
    "empty": data(b""),
    "no_cells": data(b'{"cells": {"a": 1}, "metadata": [], "nbformat": "x"}'),
    "odd_cells": notebook(lambda theirs: theirs["cells"].extend([1, None, {}, {"source": 5}])),
    "link_to_seed": instead(lambda path: path.symlink_to("../../../gradebook.seed")),
    "link_to_nothing": instead(lambda path: path.symlink_to("nothing")),
    "pipe": lambda folder, right: os.mkfifo(folder / "pipe"),
    "pipe_for_notebook": instead(os.mkfifo),
    "no_notebook": instead(lambda path: None),
    "long_name": lambda folder, right: (folder / ("n" * 250)).write_text(""),
    "bytes_for_name": lambda folder, right: open(
        os.fsencode(folder) + b"/\xff\xfe", "w"
    ).close(),
    "signs_for_name": lambda folder, right: (folder / "a\x1b[31m\n;=1+1.txt").write_text(""),
    "odd_time": timed(lambda path: path.write_text("99999-99-99 at noon")),
    "folder_for_time": timed(lambda path: path.mkdir()),
    "slow_page": text("[" * 6_000 + "*a " * 1_000),
    "exits": program("import os\nos._exit(0)"),
    "halves": text("\ud800 \udfff"),
}
