"""Archives that lie or are damaged: said, at the cost of the bytes that they have."""

from __future__ import annotations

import gzip
import io
import lzma
import random
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from autograder.submissions.sources import Collected, collect
from tests.support_sources import tarred, zip_bytes, zipped

BLOCK = tarfile.BLOCKSIZE
FILES = [(f"s{n}/small.py", b"x = 1\n") for n in range(3)]


def gathered(source: Path) -> Collected:
    """What `collect` makes of a source."""
    return collect([source], assignment="small", module="small")


def reasons(source: Path) -> dict[str, str]:
    """Why what is not read is not."""
    return {one.student: one.reason for one in gathered(source).unread}


def header(name: str, **fields: object) -> tarfile.TarInfo:
    """A tar's header of a file."""
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def with_work(folder: Path, name: str, data: bytes) -> Path:
    """A class of two, of whom one hands in an archive."""
    return zipped(folder / "all.zip", [(f"evil/{name}", data), ("good/small.py", b"x = 1\n")])


@pytest.mark.parametrize("suffix", ["tar", "tar.gz"])
@pytest.mark.parametrize("damage", ["cut", "checksum", "zeros"])
def test_a_class_that_is_cut_or_damaged_between_two_files(damage, suffix, tmp_path):
    """At a file's border as well: those before it are read, and it is said."""
    data = bytearray(tarred(tmp_path / "good.tar", FILES).read_bytes())
    second = 2 * BLOCK
    if damage == "cut":
        del data[second:]
    elif damage == "checksum":
        data[second + 10] ^= 1
    else:
        data[second : second + BLOCK] = bytes(BLOCK)
    path = tmp_path / f"all.{suffix}"
    path.write_bytes(gzip.compress(data) if suffix == "tar.gz" else data)
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["s0"]
    assert [one.source for one in collected.unread] == [str(path)]
    assert "damaged" in collected.unread[0].reason


@pytest.mark.parametrize("size", [99 * 2**40, 2**62])
@pytest.mark.parametrize("packed", [False, True])
def test_a_size_that_is_not_there(size, packed, tmp_path):
    """It costs what the archive has, and the class as well as a student's own are told."""
    lying = header("evil/small.py", size=size).tobuf(tarfile.GNU_FORMAT) + b"x" * 3 * BLOCK
    data = gzip.compress(lying) if packed else lying
    path = tmp_path / ("all.tar.gz" if packed else "all.tar")
    path.write_bytes(data)
    assert any("breaks off" in reason for reason in reasons(path).values())
    assert "larger than" in reasons(with_work(tmp_path, path.name, data))["evil"]


def sparse_by_map(entries: int) -> bytes:
    """A tar whose one file is said to have so many pieces, listed in front of its data."""
    pieces = random.Random(1).choices([b"%d\n1\n" % n for n in range(1000)], k=entries)
    listed = b"".join([b"%d\n" % entries, *pieces])  # which does not shrink like a bomb
    info = header("small.py", size=len(listed))
    info.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.realsize": str(2**40),
    }
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info, io.BytesIO(listed))
    return buffer.getvalue()


def sparse_of_old(blocks: int) -> bytes:
    """The same, in GNU's older form: a chain of blocks that lists pieces."""
    first = bytearray(header("small.py", type=tarfile.GNUTYPE_SPARSE, size=0).tobuf())
    first[482] = 1
    first[148:156] = b" " * 8
    first[148:156] = b"%06o\0 " % sum(first)
    numbers = [b"%011o\0" % n for n in random.Random(1).choices(range(2**30), k=1000)]
    listed = (random.Random(n).choices(numbers, k=42) for n in range(blocks))
    pieces = b"".join(b"".join(some) + b"\1" + bytes(7) for some in listed)
    return bytes(first) + pieces + bytes(BLOCK) + bytes(2 * BLOCK)


@pytest.mark.parametrize("work", [sparse_by_map(500_000), sparse_of_old(6_000)])
def test_sparse_files_are_not_unfolded(work, tmp_path):
    """They are refused by name, in the memory that their bytes take."""
    path = with_work(tmp_path, "work.tar", work)
    tracemalloc.start()
    collected = gathered(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [entry.student for entry in collected.entries] == ["good"]
    assert "it is stored as a sparse file" in collected.unread[0].reason
    assert peak < 24 * 2**20


def test_a_sparse_member_of_a_class_costs_only_itself(tmp_path):
    """Who comes after it is read."""
    path = tarred(tmp_path / "all.tar", FILES)
    old = sparse_of_old(2)[: -2 * BLOCK]
    old = old.replace(b"small.py", b"tiny.py\0", 1)
    first = bytearray(old[:BLOCK])
    first[148:156] = b" " * 8
    first[148:156] = b"%06o\0 " % sum(first)
    data = path.read_bytes()
    path.write_bytes(data[: 2 * BLOCK] + bytes(first) + old[BLOCK:] + data[2 * BLOCK :])
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["s0", "s1", "s2"]
    assert [one.reason for one in collected.unread] == ["it is stored as a sparse file"]


def test_headers_upon_headers(tmp_path):
    """A thousand extensions of one file are refused, and not followed."""
    extension = header("x", type=tarfile.XHDTYPE, size=0).tobuf()
    data = extension * 1000 + header("small.py").tobuf() + bytes(2 * BLOCK)
    assert "too many headers" in reasons(with_work(tmp_path, "work.tar", data))["evil"]


def test_an_xz_that_asks_for_much_memory(tmp_path):
    """A dictionary of a gigabyte is refused."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**30}]
    encoder = lzma.LZMACompressor(lzma.FORMAT_XZ, filters=[{**filters[0], "dict_size": 2**16}])
    data = bytearray(encoder.compress(b"x" * 9999) + encoder.flush())
    assert data[14:17] == b"\x21\x01\x08"  # the filter, one byte: the dictionary's size
    data[16] = 36  # a gigabyte
    import zlib

    length = (data[12] + 1) * 4
    data[12 + length - 4 : 12 + length] = zlib.crc32(bytes(data[12 : 8 + length])).to_bytes(
        4, "little"
    )
    reason = reasons(with_work(tmp_path, "work.tar.xz", bytes(data)))["evil"]
    assert "Memory usage limit" in reason


@pytest.mark.parametrize(
    "work",
    [
        ("work.zip", zip_bytes([])),
        ("work.zip", zip_bytes([("__MACOSX/small.py", b"x = 1\n")])),
        ("work.tar", bytes(20 * BLOCK)),
        ("work.tar", b""),
    ],
)
def test_archives_without_work_in_a_class(work, tmp_path):
    """Each is listed with a reason, and the others are read."""
    name, data = work
    collected = gathered(with_work(tmp_path, name, data))
    assert [entry.student for entry in collected.entries] == ["good"]
    assert [one.student for one in collected.unread] == ["evil"]
    assert collected.unread[0].reason.startswith(("work.zip", "work.tar", "there is nothing"))


def test_one_name_that_is_no_utf_8(tmp_path):
    """That one is refused, and the others of its archive are read."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("jös/small.py", "x = 0\n")
        archive.writestr("good/small.py", "x = 1\n")
    path.write_bytes(path.read_bytes().replace("jös".encode(), b"j\xffss"))
    collected = gathered(path)
    assert [entry.student for entry in collected.entries] == ["good"]
    assert [one.reason for one in collected.unread] == ["its name is no text"]


def test_a_zip_compressed_with_lzma(tmp_path):
    """Its memory is what it asks for, so that it is not opened."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("small.py", "x = 1\n")
    path = with_work(tmp_path, "work.zip", buffer.getvalue())
    assert "in a way that is not opened" in reasons(path)["evil"]


def test_empty_folders_of_an_archive(tmp_path):
    """A student whose folder is empty is listed."""
    path = zipped(tmp_path / "all.zip", [("empty/", b""), ("a/", b""), ("a/small.py", b"x\n")])
    assert reasons(path) == {"empty": "its folder is empty"}
