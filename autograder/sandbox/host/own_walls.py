"""The grader confines itself, before it runs checks that nobody at the keyboard has named.

Whoever stands in a folder and asks for a check may stand in one that a student handed in, with
a course of its own. Its checks then have no more rights than they need: they read the course
and what Python needs, and change nothing. They start no program, open no socket, and reach no
other process. The sandbox is there already, and goes on as before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox.kernel import landlock, seccomp, syscalls, view

_PACKAGE = Path(__file__).resolve().parents[2]
_SYSTEM = ("/proc", "/sys/devices/system/cpu", "/etc/localtime", "/usr/share")


def confine(read: Iterable[Path]) -> bool:
    """Confine this thread, and all that it starts, for good; False where the system cannot.

    read   files and folders that stay readable beside Python and its packages.

    Call it before a second thread is there, and after the sandbox has been started.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        landlock.version()
        filter_of = seccomp.program(asks_zygote=True)
    except OSError:
        return False
    allowed = (*view.readable(), *view.DEVICES, *_SYSTEM, str(_PACKAGE), *_packages())
    rules = landlock.Grants((*allowed, *(str(path.resolve()) for path in read)), (os.devnull,))
    syscalls.drop_capabilities()
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(rules)
    seccomp.install(filter_of, os.getpid())
    return True


def _packages() -> list[str]:
    """Folders of packages that are installed elsewhere; none that holds homes or a course."""
    homes = Path.home().resolve()
    found = (Path(path).resolve() for path in sys.path if path)
    return [
        str(path)
        for path in found
        if not homes.is_relative_to(path) and not (path / "course.toml").exists()
    ]
