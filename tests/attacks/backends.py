"""The confinements under which each attack runs: our own tiers, and bubblewrap's instead.

Under bubblewrap the zygote is started by `bwrap`, with none of our own layers but limits.
What both stop in the same way is not stopped by an accident of ours.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.course.course import Settings
from autograder.model import Tier
from autograder.sandbox.host.sandbox import Sandbox
from tests.attacks.catalogue import ROOT
from tests.missing import missing

# Tier D is what runs in bubblewrap, so that it is not repeated where time is short.
BACKENDS = ("A", "C", "bwrap") if os.environ.get("CI") else ("A", "C", "bwrap", "D")
_PROBE = "--ro-bind / / --unshare-all --dev /dev --proc /proc true"


@contextlib.contextmanager
def opened(backend: str, folder: Path, settings: Settings) -> Iterator[Sandbox]:
    """A sandbox of that backend for an assignment, with its guests' folders in `folder`.

    Where the backend does not work, the test is skipped; with CI set, it fails.
    """
    tier = Tier.D if backend == "bwrap" else Tier(backend)
    before = sys.executable, tempfile.tempdir
    tempfile.tempdir = str(folder)
    if backend == "bwrap":
        sys.executable = str(_launcher(folder))
    try:
        with Sandbox(limits=settings.limits, preload=settings.preload, tier=tier) as sandbox:
            if sandbox.tier is not tier:
                missing(f"this machine gives tier {sandbox.tier}, not {tier}; see grade doctor")
            yield sandbox
    finally:
        sys.executable, tempfile.tempdir = before


def _launcher(folder: Path) -> Path:
    """A program that is called as Python is, and runs it in bubblewrap."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        missing("bubblewrap is not installed: apt-get install bubblewrap")
    if os.spawnvp(os.P_WAIT, "bwrap", ["bwrap", *_PROBE.split()]) != 0:
        missing("bubblewrap does not work here: it needs user namespaces")
    words = [
        *("--unshare-all", "--unshare-user", "--die-with-parent", "--cap-drop", "ALL"),
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--chdir", "/"),
    ]
    for path in ("/usr", "/bin", "/lib", "/lib64", sys.base_prefix, sys.prefix):
        words += ["--ro-bind-try", path, path]
    package = str(ROOT / "autograder")
    words += ["--ro-bind", package, package, "--bind", str(folder), str(folder)]
    launcher = folder / "python-in-bwrap"
    launcher.write_text(
        f'#!/bin/sh\nexec {shlex.join(["bwrap", *words])} {sys.executable} "$@"\n'
    )
    launcher.chmod(0o755)
    return launcher
