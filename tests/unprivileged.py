"""Runs Python as a user without rights, whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autograder.sandbox.kernel import syscalls

NOBODY = 65534


def run(
    program: str, *arguments: str, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a program given as text, as `nobody` where the tests run as root; its output.

    It sees the project's files, this Python wherever it is installed, and a /tmp as usual.
    """
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=Path(__file__).parents[1],
        env={
            **{"PATH": os.defpath, "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            **{name: value for name, value in os.environ.items() if name == "GRADE_ATTACKS"},
        },
        capture_output=True,
        text=True,
        timeout=seconds,
        preexec_fn=_become_nobody if os.geteuid() == 0 else None,
    )


def _become_nobody() -> None:
    syscalls.unshare(syscalls.CLONE_NEWNS)
    syscalls.mount("", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    needed = {sys.base_prefix, sys.prefix, str(Path(__file__).parents[1])}
    inside = {path: os.open(path, os.O_PATH) for path in map(Path, needed)}
    for path, descriptor in sorted(inside.items()):
        _open_the_way(path.resolve(), descriptor)
        os.close(descriptor)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _open_the_way(path: Path, inside: int) -> None:
    """Where a folder above is closed to others, such as root's home, show this one alone."""
    for folder in reversed(path.parents):
        if folder.exists() and not folder.stat().st_mode & 0o001:
            syscalls.mount("way", str(folder), "tmpfs", 0, "mode=755")
    if not path.exists():
        path.mkdir(parents=True)
        syscalls.mount(f"/proc/self/fd/{inside}", str(path), flags=syscalls.MS_BIND)
