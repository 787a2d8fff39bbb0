"""Landlock, with every version of its interface up to this kernel's."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox.guest.rehearsal import attempt
from autograder.sandbox.host import confinement
from autograder.sandbox.kernel import landlock, syscalls
from autograder.sandbox.kernel.landlock import Grants

pytestmark = pytest.mark.skipif(not confinement.LINUX, reason="only Linux has Landlock")


@pytest.fixture(params=range(1, 8))
def restricted(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[], object]], str]:
    """Does something where `read` may be read and `change` changed; why it could not."""
    if request.param > landlock.version():
        pytest.skip(f"this kernel has version {landlock.version()} of Landlock")
    monkeypatch.setattr(landlock, "version", lambda: request.param)
    for name in ("read", "change", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("text")
    rules = Grants((str(tmp_path / "read"), "/nonexistent"), (str(tmp_path / "change"),))

    def do(act: Callable[[], object]) -> str:
        def confined() -> None:
            syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
            landlock.restrict(rules)
            act()

        return attempt(confined)

    return do


def test_what_is_listed_can_be_used(restricted, tmp_path: Path) -> None:
    """Read there, and everything there."""
    change = tmp_path / "change"

    def act() -> None:
        assert (tmp_path / "read" / "file").read_text() == "text"
        (change / "new").write_text("1")
        (change / "new").rename(change / "newer")
        (change / "newer").unlink()
        (change / "folder").mkdir()

    assert restricted(act) == ""


def test_what_is_not_listed_cannot(restricted, tmp_path: Path) -> None:
    """Neither by its own name, nor through a link, nor by moving it."""
    link = tmp_path / "change" / "link"
    for act in (
        lambda: (tmp_path / "other" / "file").read_text(),
        lambda: os.listdir(tmp_path / "other"),
        lambda: (tmp_path / "read" / "file").write_text(""),
        lambda: (link.symlink_to(tmp_path / "other" / "file"), link.read_text()),
        lambda: (tmp_path / "other" / "file").unlink(),
    ):
        assert restricted(act) == "Permission denied"
        link.unlink(missing_ok=True)
    moved = tmp_path / "change" / "moved"
    assert restricted(lambda: os.rename(tmp_path / "other" / "file", moved))
    assert not moved.exists()
