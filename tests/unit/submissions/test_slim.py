"""A notebook without its pictures: the same code, in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submissions import read
from autograder.submissions.slim import slimmed
from tests.missing import missing

TEXT = st.text(max_size=8) | st.sampled_from(['"outputs": [', "\\", '\\"', "]", "}"])
JSON = st.recursive(
    st.none() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            TEXT | st.sampled_from(["outputs", "attachments", "cells"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


def emptied(value: Any) -> Any:
    """The same data in which what stands below outputs and attachments is empty."""
    if isinstance(value, dict):
        return {
            key: type(one)()
            if key in ("outputs", "attachments", "widgets") and isinstance(one, dict | list)
            else emptied(one)
            for key, one in value.items()
        }
    return [emptied(one) for one in value] if isinstance(value, list) else value


@given(JSON, st.sampled_from([None, 1]))
def test_only_outputs_and_attachments_are_dropped(value: Any, indent: int | None) -> None:
    """Whatever else a notebook holds comes back as it was."""
    data = json.dumps(value, indent=indent).encode()
    assert json.loads(slimmed(data, 0)) == emptied(value)


def test_what_fits_stays_as_it_is() -> None:
    """The bytes of an ordinary notebook are not looked at."""
    data = b'{"outputs": [1]}'
    assert slimmed(data, len(data)) is data


def test_pictures_in_a_text_go_last() -> None:
    """A picture that was written into Markdown is dropped where nothing else helps."""
    data = json.dumps({"source": f"![a](data:image/png;base64,{'A' * 5000}) b"}).encode()
    assert json.loads(slimmed(data, 1000)) == {"source": "![a](data:,) b"}


def notebook(megabytes: int, lines: bool) -> str:
    """One cell with a picture of that size below it, and one pasted into a text."""
    picture = "A" * 76
    count = megabytes * 2**20 // 2 // 79
    shown: Any = [picture] * count if lines else picture * count
    cells = [
        {
            "cell_type": "code",
            "source": "x = 1",
            "outputs": [{"output_type": "display_data", "data": {"image/png": shown}}],
        },
        {"cell_type": "markdown", "source": "y", "attachments": {"a": {"image/png": shown}}},
    ]
    return json.dumps({"cells": cells, "nbformat": 4})


@pytest.mark.parametrize("lines", [False, True])
def test_a_notebook_of_pictures_is_read(tmp_path: Path, lines: bool) -> None:
    """Seven megabytes of outputs cost no line of code."""
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(7, lines))
    assert [cell.source for cell in read(path).cells] == ["x = 1"]


MEASURED = """
import sys
from pathlib import Path
from autograder.submissions import read

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024

before = peak()
assert [cell.source for cell in read(Path(sys.argv[1])).cells] == ["x = 1"]
print(peak() - before)
"""


@pytest.mark.parametrize("lines", [False, True])
def test_the_largest_notebook_takes_little_more_than_its_file(
    tmp_path: Path, lines: bool
) -> None:
    """98 MB of pictures add less than 150 MB to the process that reads them."""
    if not sys.platform.startswith("linux"):
        missing("Linux, which tells how much memory a process has taken")
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(98, lines))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 150
