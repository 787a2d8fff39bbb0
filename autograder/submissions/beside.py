"""Files that a student hands in beside the submission: modules to import, data to open.

The course names which files may come along (`extra_files` in assignment.toml). They are bytes
from a stranger and are never run here; in the sandbox they lie in the submission's own folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from autograder.model import Submission

MAX_FILES = 20
MAX_BYTES = 2 * 1024 * 1024  # of all together
MAX_NAMES = 1000  # of a folder that are looked at
# A name alone: no path, nothing hidden, nothing that a shell or a system reads otherwise.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,80}")
_FORMS = (".py", ".ipynb")  # in which the submission itself may lie there once more
_PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".joblib")
_NOT_THEIRS = frozenset({"timestamp.txt", "submission_secret.txt"})
_LIBRARIES = frozenset(
    {"keras", "matplotlib", "numpy", "pandas", "scipy", "sklearn", "tensorflow", "torch"}
)
_RUNS = re.compile(r"""^[ \t]*%run[ \t]+(?:-\w+[ \t]+)*["']?(?:\./)?([\w.-]+)""", re.MULTILINE)
_IMPORTS = re.compile(r"^[ \t]*(?:from|import)[ \t]+(\w+)", re.MULTILINE)


def wanted(names: Iterable[str], submission: str, patterns: Sequence[str]) -> list[str]:
    """Those of the names beside the file `submission` that may come along, in order."""
    stem = os.path.splitext(submission)[0].lower()
    return sorted(
        name
        for name in names
        if _NAME.fullmatch(name)
        and name not in _NOT_THEIRS
        and not name.lower().endswith(_PICKLES)
        and (os.path.splitext(name)[0].lower() != stem or not name.lower().endswith(_FORMS))
        and any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)
    )


def with_files(
    submission: Submission, names: Collection[str], files: Mapping[str, bytes | str]
) -> Submission:
    """The submission and its files; what is said of those that are left out is true.

    names   of everything that was handed in beside it.
    files   the bytes of those that may come along, or why there are none.
    """
    kept: list[tuple[str, bytes]] = []
    notes: list[str] = []
    left = MAX_BYTES
    for name in sorted(files):
        data = files[name]
        if isinstance(data, str):
            notes.append(f"{name} was left out: {data}.")
        elif len(kept) == MAX_FILES or len(data) > left:
            notes.append(
                f"{name} was left out: {MAX_FILES} files and {MAX_BYTES // 2**20} MB are the "
                "most beside your own."
            )
        else:
            kept.append((name, data))
            left -= len(data)
    used = {
        f"{found}.py" for cell in submission.cells for found in _IMPORTS.findall(cell.source)
    }
    for found in (each for cell in submission.cells for each in _RUNS.findall(cell.source)):
        used |= {found, f"{found}.py"}
    notes += [
        _beside(name)
        for name in sorted(set(names))
        if _NAME.fullmatch(name) and name in used and (name not in files or _hides(name))
    ]
    texts = "\n".join(cell.source for cell in submission.cells)
    notes += [
        _pickled(each) for each in sorted(set(names)) if _is_pickled(each) and each in texts
    ]
    if not kept and not notes:
        return submission
    digest = hashlib.sha256(submission.digest.encode())
    for name, data in kept:
        digest.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return msgspec.structs.replace(
        submission,
        files=tuple(kept),
        digest=digest.hexdigest() if kept else submission.digest,
        notes=(*submission.notes, *notes[:MAX_FILES]),
    )


def _hides(name: str) -> bool:
    """True if a program beside it gets this file in place of a library."""
    stem = name.removesuffix(".py")
    return stem in sys.stdlib_module_names or stem in _LIBRARIES


def _is_pickled(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name.lower().endswith(_PICKLES)


def _pickled(name: str) -> str:
    return (
        f"{name} was left out: such a file is a pickle, which runs code when it is read. Save "
        "arrays with safetensors, and hand that file in."
    )


def _beside(name: str) -> str:
    if _hides(name):
        return (
            f"{name} beside your file has a library's name. When you run your file, Python "
            "takes yours in its place, and here it does not: give it another name."
        )
    return (
        f"{name} is beside your file, but this assignment takes one file: copy what you need "
        "into it."
    )


def with_folder(
    submission: Submission, folder: Path, name: str, patterns: Sequence[str]
) -> Submission:
    """The submission in the file `name` of a folder, and the files beside it."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry, _ in zip(entries, range(MAX_NAMES), strict=False)]
    except OSError:
        return submission
    others = [other for other in names if other != name]
    files = {other: _bytes_of(folder / other) for other in wanted(others, name, patterns)}
    return with_files(submission, others, files)


def _bytes_of(path: Path) -> bytes | str:
    """An ordinary file's bytes; a link is not followed, and nothing is waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as error:
        return f"it could not be opened ({error.strerror})"
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return "it is no ordinary file"
        return file.read(MAX_BYTES + 1)
