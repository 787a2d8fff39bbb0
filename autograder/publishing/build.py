"""Build an assignment's files, and tell which are no longer what their source gives."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import CourseError
from autograder.publishing.forms import handout, notebook, stub
from autograder.publishing.source import student_cells


def build(reference: Path, *, name: str, title: str, module: str) -> dict[str, str]:
    """The files that students get, as file name -> text. Writes nothing.

    reference  the instructor's source, `reference/NAME/solution.py`.
    name       the assignment's name, as in ``grade check NAME``.
    title      the title that a student reads.
    module     the stub's file name without its suffix.

    The same source gives the same bytes. Raises CourseError where a solution could leak.
    """
    try:
        cells = student_cells(reference)
        return {
            f"{module}.py": stub(cells, name=name, title=title),
            f"{module}.ipynb": notebook(cells, name=name, module=module),
            "README.md": handout(cells, name=name, title=title, module=module),
        }
    except ModuleNotFoundError as error:
        raise CourseError(
            f"Building an assignment needs {error.name}, which is not installed.",
            hint="Install it with: pip install 'deep-learning-autograder[author]'",
            slug="author-extra",
        ) from None


def build_assignment(
    reference_file: Path, folder: Path, *, name: str, title: str, module: str
) -> list[Path]:
    """Build into `folder` and return the paths written; arguments as for `build`."""
    written = []
    for file, text in build(reference_file, name=name, title=title, module=module).items():
        path = folder / file
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def stale(
    reference_file: Path, folder: Path, *, name: str, title: str, module: str
) -> list[str]:
    """The names of the files in `folder` that are missing or differ from their source."""
    files = build(reference_file, name=name, title=title, module=module)
    return [file for file, text in files.items() if _bytes(folder / file) != text.encode()]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
