"""A class's submissions in the layouts of the systems that hand them out.

Each maker writes one download for `items`, which are (student, file name, bytes, late), and
returns its path. The same student may occur again: then a later attempt replaces an earlier
one, where the layout can hold both.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

Item = tuple[str, str, bytes, bool]
DAY = "2026-03-{day:02}"


def zipped(path: Path, files: Sequence[tuple[str, bytes]]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: Sequence[tuple[str, bytes]]) -> Path:
    """A tar of these files, compressed as its name says."""
    compression = {"gz": "gz", "tgz": "gz", "xz": "xz", "bz2": "bz2"}.get(path.suffix[1:], "")
    with tarfile.open(path, f"w:{compression}") as archive:
        for name, data in files:
            header = tarfile.TarInfo(name)
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    return path


def zip_bytes(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip in memory, as a student hands one in."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def make_folders(folder: Path, items: Sequence[Item]) -> Path:
    """A folder for each student."""
    root = folder / "submissions"
    for student, name, data, _ in items:
        path = root / student / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def make_files(folder: Path, items: Sequence[Item]) -> Path:
    """One folder, with a file for each student."""
    root = folder / "files"
    root.mkdir(parents=True, exist_ok=True)
    for student, name, data, _ in items:
        (root / f"{student}{Path(name).suffix}").write_bytes(data)
    return root


def make_nbgrader_tree(folder: Path, items: Sequence[Item], assignment: str = "small") -> Path:
    """nbgrader's `submitted/`, with `timestamp.txt`: the 1st of March, or the 20th if late."""
    root = folder / "submitted"
    for student, name, data, late in items:
        path = root / student / assignment / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        day = DAY.format(day=20 if late else 1)
        (path.parent / "timestamp.txt").write_text(f"{day} 12:00:00.500000 UTC")
    return root


def make_canvas(folder: Path, items: Sequence[Item]) -> Path:
    """Canvas: loose files in a zip; a file of the same name again gets a number."""
    numbers: dict[str, int] = {}
    times: dict[tuple[str, str], int] = {}
    files = []
    for position, (student, name, data, late) in enumerate(items):
        number = numbers.setdefault(student, 1000 + len(numbers))
        again = times.get((student, name), 0)
        times[student, name] = again + 1
        stem, dot, ending = name.rpartition(".")
        kept = f"{stem}-{again}{dot}{ending}" if again else name
        marker = "LATE_" if late else ""
        files.append((f"{student}_{marker}{number}_{50_000 + position}_{kept}", data))
    return zipped(folder / "canvas.zip", files)


def make_moodle(folder: Path, items: Sequence[Item]) -> Path:
    """Moodle: a zip with a folder for each student."""
    numbers: dict[str, int] = {}
    files = {}
    for student, name, data, _ in items:
        number = numbers.setdefault(student, 2000 + len(numbers))
        files[f"{student}_{number}_assignsubmission_file/{name}"] = data
    return zipped(folder / "moodle.zip", list(files.items()))


def make_blackboard(folder: Path, items: Sequence[Item]) -> Path:
    """Blackboard: loose files in a zip, every attempt, each with a text about it."""
    files = []
    for position, (student, name, data, late) in enumerate(items):
        day = 20 if late else 1
        hour, minute = divmod(position, 60)
        stamp = f"{DAY.format(day=day)}-{hour % 24:02}-{minute:02}-00"
        head = f"Homework 1_{student}_attempt_{stamp}"
        weekday = "Friday" if late else "Sunday"
        files.append((f"{head}_{name}", data))
        files.append(
            (
                f"{head}.txt",
                (
                    f"Name: {student.capitalize()} Student ({student})\n"
                    "Assignment: Homework 1\n"
                    f"Date Submitted: {weekday}, March {day}, 2026 "
                    f"{(hour - 1) % 12 + 1}:{minute:02}:00 {'AM' if hour % 24 < 12 else 'PM'} "
                    "GMT\n"
                    "Current Grade: Needs Grading\n\n"
                    "Submission Field:\nThere is no student submission text data.\n\n"
                    "Comments:\nThere are no student comments for this assignment.\n\n"
                    f"Files:\n\tOriginal filename: {name}\n\tFilename: {head}_{name}\n"
                ).encode(),
            )
        )
    return zipped(folder / "gradebook_DL1_Homework201_2026-03-21-10-00-00.zip", files)


def make_gradescope(folder: Path, items: Sequence[Item]) -> Path:
    """Gradescope: a zip with a folder for each submission, and one file about all of them."""
    files = []
    metadata = ["---"]
    for position, (student, name, data, late) in enumerate(items):
        submission = f"submission_{300_000 + position}"
        files.append((f"assignment_77_export/{submission}/{name}", data))
        day = DAY.format(day=20 if late else 1)
        metadata += [
            f"{submission}:",
            "  :submitters:",
            f"  - :name: {student.capitalize()} Student",
            f"    :sid: '{student}'",
            f"    :email: {student}@example.edu",
            f"  :created_at: {day} 12:{position // 60 % 60:02}:{position % 60:02}.000000000 Z",
            "  :score: 0.0",
            "  :status: processed",
            "  :results:",
            "    output: |-",
            "      :submitters:",
            "      - :sid: 'somebody else'",
        ]
    metadata_text = "\n".join(metadata).encode() + b"\n"
    files.append(("assignment_77_export/submission_metadata.yml", metadata_text))
    return zipped(folder / "gradescope.zip", files)
