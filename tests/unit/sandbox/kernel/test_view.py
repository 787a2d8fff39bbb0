"""What a guest may see of the machine's files."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import pytest

from autograder.sandbox.kernel import view


def test_python_and_its_packages_are_in_view() -> None:
    """Under the names that they have, and under their real ones."""
    seen = view.readable()
    for name in ("stdlib", "purelib", "platlib"):
        path = sysconfig.get_path(name)
        for one in (path, os.path.realpath(path)):
            assert any(one.startswith(f"{folder}/") for folder in seen)


def test_nothing_else_is_in_view(root: Path) -> None:
    """No home folder, no course, no folder with programs, and no path twice."""
    seen = view.readable()
    hidden = {Path.home(), Path(sys.prefix), root, Path("/usr"), Path("/etc"), Path("/")}
    assert not hidden & set(map(Path, seen))
    for path in hidden:
        assert not any(str(path).startswith(f"{folder}/") for folder in seen)
    assert not any(a != b and a.startswith(f"{b}/") for a in seen for b in seen)


def test_only_folders_of_libraries_are_taken_from_the_loader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LD_LIBRARY_PATH may name anything, a home folder too."""
    (tmp_path / "lib64").mkdir()
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{tmp_path}/lib64/:{tmp_path}::lib:{tmp_path}/lib9")
    seen = view.readable()
    assert f"{tmp_path}/lib64" in seen
    assert str(tmp_path) not in seen
    assert f"{tmp_path}/lib9" not in seen
