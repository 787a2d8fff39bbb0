"""A command in a fork of a Python that has imported all that it may ask for.

Most of what a short command costs is the start of Python, NumPy and SQLAlchemy; of nbgrader's,
a second and more. The process is real: it has a working folder, an environment, output and an
exit code of its own.
"""

from __future__ import annotations

import atexit
import importlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 100.0
# By program: what is imported before it forks, and where its `main` is.
PROGRAMS = {
    "grade": ("tests.warm.everything", "autograder.cli"),
    "nbgrader": ("nbgrader.apps.nbgraderapp", "nbgrader.apps.nbgraderapp"),
}


def grade(
    words: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `grade` with these words in a folder, as `subprocess.run` would."""
    return forked("grade", words, cwd, environment)


def forked(
    program: str,
    words: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    seconds: float = SECONDS,
    *,
    in_one: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs; the first of a process decides for which it is warm.

    in_one   whether what it says on stderr stands in its output.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PROGRAMS[program][0]])
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder, name) for name in ("stdout", "stdout" if in_one else "stderr")]
        given = program, words, cwd, dict(environment), outputs
        process = context.Process(target=_run, args=given)
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(words, seconds)
        code, said = process.exitcode, [path.read_text("utf-8") for path in outputs]
        process.close()
    return subprocess.CompletedProcess(words, code, *said)


def _run(
    program: str,
    words: Sequence[str],
    cwd: Path,
    environment: dict[str, str],
    outputs: Sequence[Path],
) -> None:
    preloaded, home = PROGRAMS[program]
    assert preloaded in sys.modules
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(outputs, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
    sys.argv = [program, *words]
    try:
        importlib.import_module(home).main()
    finally:
        atexit._run_exitfuncs()  # which multiprocessing leaves out
