"""Folders and files whose names whoever runs the course has given."""

from __future__ import annotations

import pytest

from autograder.submissions.sources import collect


@pytest.mark.parametrize("hidden", [".gitignore", ".zshrc"])
def test_a_hidden_file_hides_nobody(tmp_path, hidden):
    """Files after one that is nobody's are still somebody's."""
    for name in (hidden, "jane.py", "max.py"):
        (tmp_path / name).write_text("x = 1\n")
    found = collect([tmp_path], assignment="small", module="small")
    assert [entry.student for entry in found.entries] == ["jane", "max"]
