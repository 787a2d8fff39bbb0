"""`submissions.read`: what is read, and what is said when it cannot be."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import GradeError, IntakeError, UsageError
from autograder.submissions import read
from autograder.submissions.reader import MAX_BYTES, MAX_CODE


def written(folder: Path, name: str, data: bytes | str) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refusal(path: Path) -> GradeError:
    """The error that reading `path` ends in; every one names the file."""
    with pytest.raises((IntakeError, UsageError)) as caught:
        read(path)
    assert path.name in caught.value.message
    return caught.value


READ_UNPRIVILEGED = """
import os, sys
from pathlib import Path
from autograder.errors import GradeError, IntakeError, UsageError
from autograder.submissions import read
if os.geteuid() == 0:
    os.setuid(65534)
try:
    read(Path(sys.argv[1]))
except IntakeError as error:
    print(error.message, error.hint, sep="\\n")
"""


def refusal_to_others(folder: Path, name: str) -> tuple[str, str]:
    """The message and the hint for a user who is not root, who may read every file.

    The name is relative to `folder`, since the folders above it may be closed to others.
    """
    folder.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", READ_UNPRIVILEGED, name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    message, hint = done.stdout.splitlines()
    return message, hint


def test_a_script_is_one_cell_without_a_label(tmp_path: Path) -> None:
    """A script's text comes back unchanged, with the digest of its bytes."""
    path = written(tmp_path, "hw3.py", "x = 1\r\n\tprint 'é'\n")
    submission = read(path)
    assert submission.name == "hw3.py"
    assert [(cell.label, cell.source) for cell in submission.cells] == [
        ("", "x = 1\r\n\tprint 'é'\n")
    ]
    assert submission.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert submission.notes == ()


def test_the_source_is_never_executed_or_parsed(tmp_path: Path) -> None:
    """A text that would harm or stop a parser is read like any other."""
    bomb = "(" * 100_000 + f"\nopen({str(tmp_path / 'ran')!r}, 'w')\n"
    assert read(written(tmp_path, "bomb.py", bomb)).cells[0].source == bomb
    assert not (tmp_path / "ran").exists()


def test_a_mark_of_utf8_is_dropped(tmp_path: Path) -> None:
    """The byte order mark that Windows editors write is not part of the source."""
    path = written(tmp_path, "a.py", b"\xef\xbb\xbfx = 1\n")
    assert read(path).cells[0].source == "x = 1\n"
    assert read(path).notes == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_its_mark_is_read_with_a_note(tmp_path: Path, encoding: str) -> None:
    """UTF-16 is recognised by its mark alone, and the student is told to save as UTF-8."""
    submission = read(written(tmp_path, "a.py", "\ufeffx = 'é'\n".encode(encoding)))
    assert submission.cells[0].source == "x = 'é'\n"
    assert "UTF-16" in submission.notes[0]


def test_a_coding_comment_does_not_change_how_the_bytes_are_read(tmp_path: Path) -> None:
    """Only UTF-8 is honoured, whatever a coding line claims."""
    text = "# -*- coding: rot13 -*-\nx = 'é'\n"
    assert read(written(tmp_path, "a.py", text)).cells[0].source == text


def test_a_text_file_is_read_as_a_script_with_a_note(tmp_path: Path) -> None:
    """`.txt` counts as a script, and the note tells to rename it."""
    submission = read(written(tmp_path, "hw3.py.txt", "x = 1\n"))
    assert submission.cells[0].source == "x = 1\n"
    assert ".py" in submission.notes[0]


def test_a_missing_file_suggests_the_near_name(tmp_path: Path) -> None:
    """A slip in the name is answered with the name that is there."""
    written(tmp_path, "planar_network.py", "x = 1\n")
    written(tmp_path, "other.ipynb", "{}")
    assert "planar_network.py?" in refusal(tmp_path / "planer_network.py").hint
    assert "planar_network.py?" in refusal(tmp_path / "Planar_Network.ipynb").hint


def test_a_missing_file_without_a_near_name_lists_the_folder(tmp_path: Path) -> None:
    """Failing that, the scripts and notebooks of the folder are named."""
    written(tmp_path, "week1.py", "x = 1\n")
    assert "week1.py" in refusal(tmp_path / "zzz.ipynb").hint


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """When the folder is not there either, the path is what to look at."""
    assert "no folder" in refusal(tmp_path / "nowhere" / "a.py").hint


def test_a_file_used_as_a_folder_is_a_missing_file(tmp_path: Path) -> None:
    """A path that goes through a file ends in the same kind sentence."""
    inside = written(tmp_path, "a.py", "x = 1\n") / "b.py"
    assert "no file" in refusal(inside).message


def test_a_folder_lists_the_files_to_choose_from(tmp_path: Path) -> None:
    """A folder is refused, with the scripts and notebooks in it."""
    written(tmp_path, "a.py", "x = 1\n")
    written(tmp_path, "b.ipynb", "{}")
    written(tmp_path, "notes.md", "no")
    error = refusal(tmp_path)
    assert "folder" in error.message
    assert "a.py, b.ipynb" in error.hint
    assert "notes.md" not in error.hint


def test_a_folder_with_one_script_names_its_path(tmp_path: Path) -> None:
    """With a single candidate the hint is the path to copy."""
    path = written(tmp_path, "a.py", "x = 1\n")
    assert str(path) in refusal(tmp_path).hint


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    """A folder without scripts and notebooks has nothing to suggest."""
    assert "no .py or .ipynb" in refusal(tmp_path).hint


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.py", "a.ipynb"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    """Nothing, or nothing but white space, is empty."""
    assert "is empty" in refusal(written(tmp_path, name, data)).message


def test_bytes_that_are_not_utf8_are_read_as_latin1(tmp_path: Path) -> None:
    """The note says the offset, the line and the byte; Windows' quotation marks are letters."""
    submission = read(written(tmp_path, "a.py", b"x = 1\ny = '\x93caf\xe9\x81'\n"))
    assert submission.cells[0].source == "x = 1\ny = '“café\x81'\n"
    assert "byte 11, in line 2, is 0x93" in submission.notes[0]
    assert "read as Latin-1" in submission.notes[0]


def test_the_offset_counts_the_mark(tmp_path: Path) -> None:
    """The offset of a bad byte is the file's, with a byte order mark counted."""
    submission = read(written(tmp_path, "a.py", b"\xef\xbb\xbfx = '\xe9'\n"))
    assert "byte 8, in line 1, is 0xe9" in submission.notes[0]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "koi8-r", "shift_jis", "gb2312"])
def test_a_script_is_read_as_it_declares(tmp_path: Path, encoding: str) -> None:
    """In one of its first two lines, as Python reads it; there is nothing to remark."""
    letter = {"koi8-r": "ж", "shift_jis": "あ", "gb2312": "中"}.get(encoding, "é")
    text = f"#!/usr/bin/env python\n# -*- coding: {encoding} -*-\nx = '{letter}'\n"
    submission = read(written(tmp_path, "a.py", text.encode(encoding)))
    assert submission.cells[0].source == text
    assert submission.notes == ()


@pytest.mark.parametrize("claim", ["ascii", "nonsense", "unicode_escape", "zlib", "\xff"])
def test_a_false_declaration_costs_nothing(tmp_path: Path, claim: str) -> None:
    """UTF-8 is tried next, and codecs that are no alphabet are not asked at all."""
    text = f"# coding: {claim}\nx = 'é\\x41'\n"
    assert read(written(tmp_path, "a.py", text)).cells[0].source == text


def test_a_broken_utf16_file_is_refused(tmp_path: Path) -> None:
    """An odd number of bytes behind the mark is no UTF-16."""
    assert "UTF-16" in refusal(written(tmp_path, "a.py", b"\xff\xfex\0y")).message


def test_a_binary_file_is_no_text(tmp_path: Path) -> None:
    """Compiled code under a script's name is told apart from a wrong encoding."""
    assert "not a text file" in refusal(written(tmp_path, "a.py", b"\xa7\r\0\0\xe3")).message


def test_a_nul_character_is_named_by_its_line(tmp_path: Path) -> None:
    """A NUL is refused, with the line that holds it."""
    assert "line 3" in refusal(written(tmp_path, "a.py", "x = 1\n\ny\0 = 2\n")).message


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    """Five megabytes are still read, of which three are code."""
    path = written(tmp_path, "a.py", b"#" * MAX_CODE)
    assert len(read(path).cells[0].source) == MAX_CODE
    whole = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}], "more": "%s"}'
    path = written(tmp_path, "a.ipynb", whole % ("y" * (MAX_BYTES - len(whole) + 2)))
    assert path.stat().st_size == MAX_BYTES
    assert read(path).cells[0].source == "x = 1"


def test_more_code_than_a_sandbox_takes_is_refused(tmp_path: Path) -> None:
    """It is said while the file is read, and no fault of the grader's later on."""
    error = refusal(written(tmp_path, "a.py", "é" * (MAX_CODE // 2) + "x"))
    assert "more than 3 MB of code" in error.message


@pytest.mark.parametrize(("name", "size", "most"), [("a.py", 50, 5), ("a.ipynb", 101, 100)])
def test_a_file_above_the_limit_is_refused(
    tmp_path: Path, name: str, size: int, most: int
) -> None:
    """A sparse file is refused by its size, before it is read."""
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(size * 2**20)
    error = refusal(path)
    assert f"{most} MB" in error.message
    assert "code alone" in error.hint


@pytest.mark.parametrize("name", ["a.docx", "a.PDF", "a.zip", "a.png"])
def test_a_document_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    """What is plainly no source is refused, with the two kinds that are graded."""
    assert ".py and .ipynb" in refusal(written(tmp_path, name, b"PK\x03\x04")).message


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    """Other languages' files are not read as Python."""
    assert "script or a notebook" in refusal(written(tmp_path, "a.java", "class A {}")).message


def test_a_fifo_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    """Opening a FIFO does not block the grader."""
    path = tmp_path / "a.py"
    os.mkfifo(path)
    assert "not an ordinary file" in refusal(path).message


def test_a_device_is_refused() -> None:
    """An endless device is not read."""
    assert "not an ordinary file" in refusal(Path("/dev/zero")).message


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket in the folder is no file to read."""
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.py")
        assert "not an ordinary file" in refusal(Path("a.py")).message


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    """The hint says how to give oneself the permission."""
    written(tmp_path, "a.py", "x = 1\n").chmod(0)
    message, hint = refusal_to_others(tmp_path, "a.py")
    assert "a.py may not be read" in message
    assert "chmod u+r a.py" in hint


def test_a_file_in_a_closed_folder_is_refused(tmp_path: Path) -> None:
    """The permission that is missing is the folder's, and the hint names it."""
    folder = tmp_path / "closed"
    folder.mkdir()
    written(folder, "a.py", "x = 1\n")
    folder.chmod(0)
    try:
        message, hint = refusal_to_others(tmp_path, "closed/a.py")
    finally:
        folder.chmod(0o700)
    assert "a.py may not be read" in message
    assert "chmod u+rx closed" in hint


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    """A path that no system call takes ends in a sentence too."""
    with pytest.raises(IntakeError, match="not the name of a file"):
        read(tmp_path / "a\0.py")


def test_a_name_that_is_no_utf_8_is_told_as_an_escape(tmp_path):
    """An old disk has such names; whatever is written of them can be encoded."""
    path = tmp_path / os.fsdecode(b"m\xff.py")
    path.write_text("x = 1\n")
    assert read(path).name == "m\\udcff.py"
