"""The command `grade` in a fork of a Python that has imported all that it may ask for.

Most of what a short command costs is the start of Python, NumPy and SQLAlchemy. The process is
real: it has a working folder, an environment, output and an exit code of its own.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 100.0


def grade(
    words: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `grade` with these words in a folder, as `subprocess.run` would."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm.everything"])
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder, name) for name in ("stdout", "stderr")]
        process = context.Process(target=_run, args=(words, cwd, dict(environment), outputs))
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(words, SECONDS)
        code, said = process.exitcode, [path.read_text("utf-8") for path in outputs]
        process.close()
    return subprocess.CompletedProcess(words, code, *said)


def _run(
    words: Sequence[str], cwd: Path, environment: dict[str, str], outputs: Sequence[Path]
) -> None:
    assert "tests.warm.everything" in sys.modules
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(outputs, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
    sys.argv = ["grade", *words]
    from autograder.cli import main

    try:
        main()
    finally:
        atexit._run_exitfuncs()  # which multiprocessing leaves out
