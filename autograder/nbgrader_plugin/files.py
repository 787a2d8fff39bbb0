"""The files beside a student's notebook, copied to the graded one.

Names are the student's own: a file may be called as a folder of the course is, and a folder as
the notebook is. That costs the thing itself alone, and is said.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from autograder.wording import plain

_LEFT_BEHIND = (".ipynb_checkpoints", "__pycache__")


def copied(folder: Path, target: Path) -> list[str]:
    """Copy all ordinary files but notebooks, and say what was left out and why.

    What is there already stays. Links are not followed out of the folder.
    """
    remarks: list[str] = []
    for parent, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name not in _LEFT_BEHIND)
        for name in [name for name in names if name.endswith(".ipynb")]:
            names.remove(name)
            remarks.append(
                f"{_shown(Path(parent, name), folder)} is a folder: it was left out."
            )
        for name in sorted(files):
            path = Path(parent, name)
            if path.suffix == ".ipynb" or path.is_symlink() or not path.is_file():
                continue
            to = target / path.relative_to(folder)
            try:
                to.parent.mkdir(parents=True, exist_ok=True)
                if to.is_dir():
                    raise FileExistsError
                if not to.exists():
                    shutil.copyfile(path, to)
            except (FileExistsError, NotADirectoryError):
                shown = _shown(path, folder)
                remarks.append(f"{shown} was left out: the course has something of that name.")
            except OSError as error:
                remarks.append(f"{_shown(path, folder)} was left out: {error.strerror}.")
    return remarks


def _shown(path: Path, folder: Path) -> str:
    return plain(str(path.relative_to(folder)))
