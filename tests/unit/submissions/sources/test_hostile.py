"""Broken and hostile folders and archives: each is listed with a reason, and stops nothing."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import socket
import stat
import struct
import tarfile
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from autograder.errors import UsageError
from autograder.submissions.sources import archives, collect, collecting, folders, members
from autograder.submissions.sources.members import SourceBounds
from tests.support_sources import tarred, zip_bytes, zipped

SMALL = SourceBounds(files=20, bytes=2**20, depth=6, seconds=60)


def gathered(*sources):
    """What `collect` makes of these sources."""
    return collect(list(sources), assignment="small", module="small")


def reasons(collected):
    """Why each student's submission could not be read."""
    return {unread.student: unread.reason for unread in collected.unread}


def link(name, target, kind=tarfile.SYMTYPE):
    """A tar's header of a link, or of something else that is no file."""
    header = tarfile.TarInfo(name)
    header.type = kind
    header.linkname = target
    return header


def test_links_and_devices_in_a_folder(tmp_path):
    """They are not followed, not opened, and told by name."""
    secret = tmp_path / "secret.py"
    secret.write_text("answer = 42\n")
    root = tmp_path / "submissions"
    root.mkdir()
    (root / "linked.py").symlink_to(secret)
    (root / "broken.py").symlink_to(tmp_path / "nowhere")
    (root / "outside").symlink_to(tmp_path)
    os.mkfifo(root / "pipe.py")
    (root / "good.py").write_text("x = 1\n")
    with socket.socket(socket.AF_UNIX) as listening:
        before = os.getcwd()
        os.chdir(root)  # a socket's path is short
        try:
            listening.bind("socket.py")
        finally:
            os.chdir(before)
        collected = gathered(root)
    assert [entry.student for entry in collected.entries] == ["good"]
    assert reasons(collected) == {
        "linked": "it is a link",
        "broken": "it is a link",
        "outside": "it is a link",
        "pipe": "it is no ordinary file",
        "socket": "it is no ordinary file",
    }


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path):
    """Between looking and reading, somebody may exchange it."""
    secret = tmp_path / "secret.py"
    secret.write_text("answer = 42\n")
    root = tmp_path / "submissions"
    root.mkdir()
    (root / "jane.py").write_text("x = 1\n")
    folder = folders.Folder(root, SMALL)
    (member,) = folder.members()
    (root / "jane.py").unlink()
    (root / "jane.py").symlink_to(secret)
    ((_, data),) = folder.read([member])
    assert isinstance(data, str)
    assert data.startswith("it could not be opened")


def test_links_and_devices_in_a_tar(tmp_path):
    """Symbolic links, hard links, pipes, devices and sparse files are refused."""
    path = tmp_path / "all.tar"
    kinds = {
        "soft": tarfile.SYMTYPE,
        "hard": tarfile.LNKTYPE,
        "pipe": tarfile.FIFOTYPE,
        "device": tarfile.CHRTYPE,
    }
    with tarfile.open(path, "w") as archive:
        good = tarfile.TarInfo("good/small.py")
        good.size = 6
        archive.addfile(good, io.BytesIO(b"x = 1\n"))
        for name, kind in kinds.items():
            archive.addfile(link(f"{name}/small.py", "good/small.py", kind))
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["good"]
    assert reasons(collected) == {
        "soft": "it is a link",
        "hard": "it is a link",
        "pipe": "it is no ordinary file",
        "device": "it is no ordinary file",
    }


def test_links_and_encrypted_files_in_a_zip(tmp_path):
    """A link in a zip is a file with a mode; an encrypted one has a flag."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good/small.py", "x = 1\n")
        linked = zipfile.ZipInfo("linked/small.py")
        linked.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(linked, "/etc/passwd")
        archive.writestr("locked/small.py", "x = 2\n")
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = [n for n in range(len(data)) if data[n : n + 4] == signature][2]
        data[at + offset] |= 1
    path.write_bytes(bytes(data))
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["good"]
    assert reasons(collected) == {
        "linked": "it is a link",
        "locked": "it is encrypted; ask for it without a password",
    }


@pytest.mark.parametrize(
    "name", ["../../../evil.py", "/etc/evil.py", "C:\\evil.py", "a/../../evil.py"]
)
@pytest.mark.parametrize("suffix", ["zip", "tar"])
def test_paths_that_lead_out(name, suffix, tmp_path):
    """They are refused by name, nothing is written, and the rest is read."""
    make = zipped if suffix == "zip" else tarred
    path = make(tmp_path / f"all.{suffix}", [(name, b"x = 1\n"), ("good.py", b"x = 2\n")])
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["good"]
    assert "its path leads out of the archive" in reasons(collected).values()
    assert [p.name for p in tmp_path.rglob("*")] == [path.name]


@pytest.mark.parametrize("suffix", ["zip", "tar"])
def test_the_same_path_twice(suffix, tmp_path):
    """Which one would count? Neither, and that is said."""
    path = tmp_path / f"all.{suffix}"
    files = [("jane/small.py", b"x = 1\n"), ("jane/small.py", b"x = 2\n")]
    if suffix == "zip":
        with pytest.warns(UserWarning, match="Duplicate name"):
            zipped(path, files)
    else:
        tarred(path, files)
    collected = gathered(path)
    assert collected.entries == ()
    assert set(reasons(collected).values()) == {"the archive holds it more than once"}


def test_a_zip_bomb(tmp_path):
    """A file that unpacks to a thousand times its size is not unpacked."""
    bomb = zip_bytes([("small.py", b"0" * 15 * 2**20)])
    path = zipped(
        tmp_path / "all.zip", [("bomb/work.zip", bomb), ("good/small.py", b"x = 1\n")]
    )
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["good"]
    assert "300 times its size" in reasons(collected)["bomb"]


def test_a_zip_that_lies_about_its_size(tmp_path):
    """However small it says that it is, no more than a submission may have is unpacked."""
    data = bytearray(zip_bytes([("small.py", b"0" * 25 * 2**20)]))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(signature) + offset, 100)
    path = zipped(tmp_path / "all.zip", [("liar/work.zip", bytes(data))])
    assert set(reasons(gathered(path))) == {"liar"}


@pytest.mark.parametrize("suffix", ["tar.gz", "tar.xz", "tar.bz2"])
def test_a_tar_bomb(suffix, tmp_path, monkeypatch):
    """What unpacks to too much ends there; what came before it counts."""
    monkeypatch.setattr(members, "LEAVE_ROOM", 2**16)
    files = [
        ("good/small.py", b"x = 1\n"),
        ("bomb/small.py", b"0" * 40 * 2**20),
        ("after/small.py", b"x = 2\n"),
    ]
    collected = gathered(tarred(tmp_path / f"all.{suffix}", files))
    assert "good" in [entry.student for entry in collected.entries]
    assert any("300 times its size" in unread.reason for unread in collected.unread)


def test_a_tar_with_an_endless_name(tmp_path):
    """An extended header of megabytes is refused before it is read into memory."""
    header = tarfile.TarInfo("longname")
    header.type = tarfile.GNUTYPE_LONGNAME
    header.size = 2**33
    path = tmp_path / "all.tar"
    path.write_bytes(header.tobuf(tarfile.GNU_FORMAT) + b"x" * 10_240)
    (unread,) = gathered(path).unread
    assert "a name that is too long" in unread.reason


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (SourceBounds(files=2, bytes=2**20, depth=6, seconds=60), "more than 2 files"),
        (SourceBounds(files=20, bytes=5, depth=6, seconds=60), "more than 5 bytes"),
        (SourceBounds(files=20, bytes=2**20, depth=6, seconds=0), "longer than 0 seconds"),
        (SourceBounds(files=20, bytes=2**20, depth=1, seconds=60), "more than 1 folders deep"),
    ],
)
@pytest.mark.parametrize("kind", ["folder", "all.zip", "all.tar.gz"])
def test_bounds(bounds, said, kind, tmp_path, monkeypatch):
    """Too many files, bytes, folders or seconds end the reading, with the reason."""
    files = [(f"s{n}/deep/small.py", b"x = 1\n") for n in range(4)]
    monkeypatch.setattr(collecting, "A_CLASS", bounds)
    path = tmp_path / kind
    if kind == "folder":
        for name, data in files:
            (path / name).parent.mkdir(parents=True)
            (path / name).write_bytes(data)
    else:
        (zipped if kind.endswith("zip") else tarred)(path, files)
    collected = gathered(path)
    assert any(said in unread.reason for unread in collected.unread)


@pytest.mark.parametrize("around", ["", "submitted/"])
@pytest.mark.parametrize("inside", ["", "data/more/"])
def test_one_student_s_many_files_cost_only_them(around, inside, tmp_path, monkeypatch):
    """Wherever they lie: they are refused by name, and the others are read."""
    monkeypatch.setattr(collecting, "A_CLASS", replace(SMALL, files=20))
    names = [f"{around}{student}/small.py" for student in ("ann", "li", "roe")]
    names += [f"{around}mallory/{inside}{n}.py" for n in range(25)]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1")
    collected = gathered(tmp_path / around)
    assert [entry.student for entry in collected.entries] == ["ann", "li", "roe"]
    assert reasons(collected) == {"mallory": "it holds more than 20 files"}


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tar.xz"])
def test_a_truncated_archive(suffix, tmp_path):
    """A download that broke off is listed; of a tar, what came before the break is read."""
    noise = random.Random(1)
    make = zipped if suffix == "zip" else tarred
    files = [
        (f"s{n}/small.py", b"x = 1\n#" + noise.randbytes(4000).hex().encode())
        for n in range(12)
    ]
    path = make(tmp_path / f"all.{suffix}", files)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    good = tmp_path / "good.py"
    good.write_text("x = 2\n")
    collected = gathered(path, good)
    assert "good" in [entry.student for entry in collected.entries]
    assert any("damaged" in unread.reason for unread in collected.unread)
    if suffix == "tar":
        assert len(collected.entries) > 6


def test_a_damaged_member_costs_only_itself(tmp_path):
    """One file with a wrong checksum among good ones."""
    path = zipped(
        tmp_path / "all.zip", [(f"s{n}/small.py", bytes([65 + n]) * 50) for n in range(3)]
    )
    data = path.read_bytes()
    middle = data.find(b"s1/small.py") + len("s1/small.py") + 1
    path.write_bytes(data[:middle] + b"\xff" + data[middle + 1 :])
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["s0", "s2"]
    assert reasons(collected)["s1"].startswith("it is damaged")


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz"])
def test_any_damage(suffix, tmp_path):
    """Whatever byte is changed, `collect` returns, and every student is somewhere."""
    noise = random.Random(2)
    make = zipped if suffix == "zip" else tarred
    good = make(
        tmp_path / f"all.{suffix}", [(f"s{n}/small.py", b"x = 1\n" * 9) for n in range(3)]
    ).read_bytes()
    path = tmp_path / f"damaged.{suffix}"
    for _ in range(150):
        data = bytearray(good)
        for _ in range(noise.randint(1, 8)):
            data[noise.randrange(len(data))] = noise.randrange(256)
        path.write_bytes(bytes(data))
        collected = gathered(path)
        assert collected.entries or collected.unread


PIECES = st.sampled_from(
    ["jane", "_", "LATE", "12", "assignsubmission_file", "attempt", "submission_7", "small",
     ".py", ".ipynb", ".zip", ".git", "submitted", "hw", "-", " ", "..", "\u202e", "__MACOSX",
     "2026-03-01-10-00-00", "timestamp.txt", "submission_metadata.yml", "anon_x", "e\u0301"]
)  # fmt: skip
NAMES = st.lists(
    st.lists(PIECES, min_size=1, max_size=7).map("".join), min_size=1, max_size=3
).map("/".join)


@given(names=st.lists(NAMES, min_size=1, max_size=6, unique=True))
def test_any_names(names):
    """Whatever files are called, something is said of them, in names that can be printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = zipped(Path(folder) / "all.zip", [(name, b"x = 1\n") for name in names])
        collected = gathered(path)
    assert collected.entries or collected.unread
    for entry in collected.entries:
        assert entry.student.isprintable()
        assert entry.source.isprintable()


def test_names_that_clash(tmp_path):
    """Two spellings of one name are both told, and neither is taken for the other."""
    composed = unicodedata.normalize("NFC", "josé")
    files = [
        (f"{composed}/small.py", b"x = 1\n"),
        (f"{unicodedata.normalize('NFD', composed)}/small.py", b"x = 2\n"),
        ("Jane/small.py", b"x = 3\n"),
        ("ja\u200bne/small.py", b"x = 6\n"),
        ("jane/small.py", b"x = 4\n"),
        ("max/small.py", b"x = 5\n"),
    ]
    collected = gathered(zipped(tmp_path / "all.zip", files))
    assert [entry.student for entry in collected.entries] == ["max"]
    assert sorted({unread.student for unread in collected.unread}) == ["Jane", "jane", composed]
    assert len(collected.unread) == 5
    assert all("rename one" in unread.reason for unread in collected.unread)


def test_many_names_that_clash(tmp_path):
    """Each is told a few of the others, and not all of them."""
    spellings = ["".join(letters) for letters in itertools.product("jJ", "aA", "nN", "eE")]
    files = [(f"{name}/small.py", b"x = 1\n") for name in spellings]
    collected = gathered(zipped(tmp_path / "all.zip", files))
    assert not collected.entries
    assert len(collected.unread) == 16
    for unread in collected.unread:
        assert unread.student not in unread.reason.partition(" only in case")[0].split(", ")
        assert re.search(r"differs from (\w+, ){4,5}1[01] more only in case", unread.reason)


@pytest.mark.parametrize("at_once", [1, 2, 3, None])
def test_people_are_read_some_at_a_time(tmp_path, monkeypatch, at_once):
    """However many at a time: the same comes of it, and the bound is of all together."""
    for number in range(5):
        (tmp_path / f"s{number}.py").write_text("x = 1\n" * (number + 1))
    whole = gathered(tmp_path)
    monkeypatch.setattr(folders.Folder, "at_once", at_once)
    assert gathered(tmp_path) == whole
    assert len(whole.entries) == 5
    bounds = SourceBounds(files=9, bytes=6 * (1 + 2 + 3), depth=2, seconds=60)
    monkeypatch.setattr(collecting, "A_CLASS", bounds)
    bounded = gathered(tmp_path)
    assert [entry.student for entry in bounded.entries] == ["s0", "s1", "s2"]
    assert [unread.student for unread in bounded.unread] == ["s3", "s4"]


def test_names_are_cleaned(tmp_path):
    """Nothing that controls a terminal comes through, and a name is one line."""
    name = "ja\x1b[31mne\u202e\nmax"
    collected = gathered(zipped(tmp_path / "all.zip", [(f"{name}/small.py", b"x = 1\n")] * 1))
    (entry,) = collected.entries
    assert entry.student == "jane max"
    assert entry.source == "all.zip: jane max/small.py"


def test_a_name_that_is_no_text(tmp_path):
    """A folder whose name no encoding takes is read, and its name can be printed."""
    folder = os.fsencode(tmp_path) + b"/subs/j\xffne"
    os.makedirs(folder)
    with open(folder + b"/small.py", "wb") as file:
        file.write(b"x = 1\n")
    (entry,) = gathered(tmp_path / "subs").entries
    entry.student.encode()
    assert entry.submission.cells[0].source == "x = 1\n"


def test_junk_is_no_submission(tmp_path):
    """What operating systems, editors and Jupyter put beside the work is left out."""
    files = [
        ("__MACOSX/jane/._small.py", b"\0\5"),
        ("jane/.DS_Store", b"\0"),
        ("jane/.ipynb_checkpoints/small-checkpoint.py", b"x = 0\n"),
        ("jane/__pycache__/small.cpython-311.pyc", b"\0"),
        ("jane/venv/lib/site-packages/small.py", b"x = 0\n"),
        ("jane/small.py", b"x = 1\n"),
    ]
    collected = gathered(zipped(tmp_path / "all.zip", files))
    assert [e.submission.cells[0].source for e in collected.entries] == ["x = 1\n"]
    assert collected.unread == ()


def test_a_source_that_is_not_there(tmp_path):
    """The only thing that stops: a path that was mistyped."""
    with pytest.raises(UsageError, match="no file or folder"):
        gathered(tmp_path / "nothing.zip")


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>Please log in</html>", b"\0" * 2000])
@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz"])
def test_a_download_that_is_something_else(content, suffix, tmp_path):
    """An error page saved as .zip is named, and not a traceback."""
    path = tmp_path / f"all.{suffix}"
    path.write_bytes(content)
    collected = gathered(path)
    assert collected.entries == ()
    assert len(collected.unread) == 1
    assert collected.unread[0].reason


def test_what_cannot_be_opened(tmp_path):
    """Kinds of archive that are not opened say what to ask for."""
    (tmp_path / "subs" / "jane").mkdir(parents=True)
    (tmp_path / "subs" / "jane" / "work.rar").write_bytes(b"Rar!")
    assert "ask for a .zip" in reasons(gathered(tmp_path / "subs"))["jane"]


def test_an_archive_of_bytes_with_too_many_names():
    """The list of files is counted before it becomes objects."""
    many = zip_bytes([(f"{n}.py", b"") for n in range(40)])
    container = archives.archive(many, "work.zip", SMALL)
    with pytest.raises(Exception, match="more than 20 files"):
        container.members()
