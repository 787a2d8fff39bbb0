"""Read one file, as a student handed it in, into a `Submission`.

This runs in the grader's own process, so it treats the file as bytes from a stranger: it
is bounded before it is read, decoded strictly, and its Python is left to the guest, since
a hostile text can bring down a parser.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shlex
import stat
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from autograder.errors import GradeError, IntakeError, UsageError
from autograder.model import Cell, Submission
from autograder.sandbox.text import encodable
from autograder.submissions.beside import with_folder
from autograder.submissions.encoding import decoded
from autograder.submissions.notebook import cells_of
from autograder.submissions.slim import slimmed

MAX_BYTES = 5 * 1024 * 1024  # of a script, or of a notebook without its pictures
MAX_NOTEBOOK = 100 * 1024 * 1024  # with them
MAX_CODE = 3 * 1024 * 1024  # of UTF-8, which one frame to the sandbox holds with ease
SCRIPTS = (".py",)
NOTEBOOKS = (".ipynb",)
UNUSUAL = (".txt", ".json", "")  # browsers save "hw3.ipynb.txt" and "hw3.ipynb.json"
DOCUMENTS = (
    ".doc", ".docx", ".odt", ".rtf", ".pdf", ".html", ".htm",
    ".png", ".jpg", ".jpeg", ".heic", ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz",
    ".pyc", ".h5", ".keras", ".npy", ".npz", ".csv", ".xlsx",
)  # fmt: skip


def read(path: Path, extra: Sequence[str] = ()) -> Submission:
    """Read a script (`.py`) or a notebook (`.ipynb`).

    Any other text is read as whichever it looks like, and a note says so.

    A script is one cell with an empty label. A notebook's code cells are labelled
    "cell 1", "cell 2", …, counting code cells only, from the top of the page: these are
    the boxes with a margin number, and the count does not change with the text between.

    extra   patterns of the files beside it that come along.

    `UsageError` suggests another path when there is no such file, or a folder of that name.
    `IntakeError` names the file and what to do when it is no regular file, is empty, larger
    than 5 MB (a notebook: without its pictures), not text, or not a notebook.
    """
    path = Path(path)
    submission = parse(_bytes_of(path), encodable(path.name))
    return with_folder(submission, path.parent, path.name, extra)


def parse(data: bytes, name: str) -> Submission:
    """The submission in `data`, the bytes of a file called `name`, read as `read` does.

    `IntakeError` when it is empty, too large, not text, no notebook, or when its name says
    that it is neither a script nor a notebook.
    """
    _refuse_documents(name)
    suffix = os.path.splitext(name)[1].lower()
    notes: list[str] = []
    text = decoded(small(data, name), name, notes)
    if not text.strip():
        raise IntakeError(
            f"{name} is empty.",
            hint="Save your work in the editor, then check that this is the file you mean.",
        )
    is_notebook = suffix in (*NOTEBOOKS, ".json") or _looks_like_a_notebook(text)
    if suffix not in SCRIPTS + NOTEBOOKS or is_notebook != (suffix in NOTEBOOKS):
        kind, ending = ("notebook", ".ipynb") if is_notebook else ("script", ".py")
        notes.append(
            f"{name} was read as a {kind}; rename it to end in {ending} to hand it in."
        )
    cells = cells_of(text, name, notes) if is_notebook else (Cell(text),)
    _refuse_nul(cells, name)
    _refuse_much_code(cells, name)
    return Submission(
        name=name,
        cells=cells,
        digest=hashlib.sha256(data).hexdigest(),
        notes=tuple(notes),
    )


def small(data: bytes, name: str, size: int = MAX_BYTES) -> bytes:
    """The bytes of the file `name`, without the pictures of a notebook that has many.

    `IntakeError` when that is still larger than `size`.
    """
    if len(data) > most(name):
        raise _too_large(name, most(name))
    if len(data) > size:
        data = slimmed(data, size)
    if len(data) > size:
        raise _too_large(name, size)
    return data


def most(name: str) -> int:
    """The number of bytes that a file of that name may have."""
    return MAX_NOTEBOOK if name.lower().endswith((*NOTEBOOKS, ".json")) else MAX_BYTES


def _looks_like_a_notebook(text: str) -> bool:
    return text.lstrip().startswith("{") and '"nbformat"' in text and '"cell_type"' in text


def _bytes_of(path: Path) -> bytes:
    """The file's bytes; opened without blocking, so that a FIFO cannot hold the grader."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _cannot_open(path, error) from None
    except ValueError:  # a NUL in the name
        raise IntakeError(f"{str(path)!r} is not the name of a file.") from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _is_a_folder(path)
        if not stat.S_ISREG(status.st_mode):
            raise _is_not_ordinary(path)
        _refuse_documents(path.name)
        data, bound = b"", most(path.name)
        if status.st_size <= bound:
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(bound + 1)
    finally:
        os.close(descriptor)
    if status.st_size > bound or len(data) > bound:
        raise _too_large(path.name, bound)
    return data


def _too_large(name: str, size: int) -> IntakeError:
    without = ", its outputs and pictures left out" if size < most(name) else ""
    return IntakeError(
        f"{name} is larger than {size // 2**20} MB{without}.",
        hint="Hand in the code alone, and leave data in files of their own.",
    )


def _cannot_open(path: Path, error: OSError) -> GradeError:
    if isinstance(error, IsADirectoryError):
        return _is_a_folder(path)
    if isinstance(error, PermissionError):
        reachable = os.access(path.parent, os.X_OK)
        mode, target = ("u+r", path) if reachable else ("u+rx", path.parent)
        return IntakeError(
            f"{path.name} may not be read by you.",
            hint=f"Give yourself the permission: chmod {mode} {shlex.quote(str(target))}",
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UsageError(f"There is no file {path}.", hint=_near(path))
    if error.errno == errno.ENXIO:  # a socket
        return _is_not_ordinary(path)
    return IntakeError(f"{path.name} could not be opened: {error.strerror}.")


def _is_not_ordinary(path: Path) -> IntakeError:
    return IntakeError(
        f"{path.name} is not an ordinary file.",
        hint="Give the path of a .py or .ipynb file.",
    )


def _near(path: Path) -> str:
    """Suggest the path that the writer of a wrong one may have meant."""
    folder = path.parent
    if not os.path.isdir(folder):  # unlike Path.is_dir, False where one may not look
        return f"There is no folder {folder} either; check the path."
    names = _sources_in(folder)
    lowered = {name.lower(): name for name in names}
    close = get_close_matches(path.name.lower(), list(lowered), n=1, cutoff=0.6)
    if close:
        return f"Did you mean {folder / lowered[close[0]]}?"
    if names:
        return f"In that folder there are: {_listed(names)}."
    return "There is no .py or .ipynb file in that folder; check the path."


def _is_a_folder(path: Path) -> UsageError:
    names = _sources_in(path)
    if len(names) == 1:
        hint = f"Did you mean {path / names[0]}?"
    elif names:
        hint = f"Choose one of its files: {_listed(names)}."
    else:
        hint = "There is no .py or .ipynb file in it."
    return UsageError(f"{path} is a folder.", hint=hint)


def _sources_in(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted(
        name
        for name in names
        if name.lower().endswith(SCRIPTS + NOTEBOOKS) and not name.startswith(".")
    )


def _listed(names: list[str], most: int = 6) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _refuse_documents(name: str) -> None:
    suffix = os.path.splitext(name)[1].lower()
    if suffix in DOCUMENTS:
        raise IntakeError(
            f"{name} is a {suffix} file, and only .py and .ipynb files can be graded.",
            hint=(
                "Take the .py or .ipynb file out of it first."
                if suffix in (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
                else "Hand in the script or the notebook that you wrote the code in."
            ),
        )
    if suffix not in SCRIPTS + NOTEBOOKS + UNUSUAL:
        raise IntakeError(
            f"{name} does not look like a script or a notebook.",
            hint="Give a .py or .ipynb file; if it is Python, rename it to end in .py.",
        )


def _refuse_much_code(cells: tuple[Cell, ...], name: str) -> None:
    if sum(len(cell.source.encode()) for cell in cells) > MAX_CODE:
        raise IntakeError(
            f"{name} has more than {MAX_CODE // 2**20} MB of code.",
            hint="Hand in the code alone, and leave data in files of their own.",
        )


def _refuse_nul(cells: tuple[Cell, ...], name: str) -> None:
    for cell in cells:
        position = cell.source.find("\0")
        if position >= 0:
            line = cell.source.count("\n", 0, position) + 1
            where = f"{cell.label}, line {line}" if cell.label else f"line {line}"
            raise IntakeError(
                f"{name} has a NUL character in {where}.",
                hint="Retype that line: the file was damaged, or is not a text file.",
            )
