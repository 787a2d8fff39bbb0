"""Zip and tar archives as containers, read as a stranger's bytes.

The standard library's readers raise whatever a broken or hostile archive makes them raise.
So every exception of theirs becomes an `IntakeError` of the archive, or the reason why one
member could not be read.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, cast

from autograder.errors import GradeError, IntakeError
from autograder.intake.sources.members import (
    MAX_FILE,
    Bounds,
    Budget,
    Container,
    Member,
    is_bomb,
    member_at,
    too_large,
    without_doubles,
)

TAR_SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
SUFFIXES = (".zip", *TAR_SUFFIXES)
NOT_OPENED = (".rar", ".7z", ".gz", ".xz", ".bz2", ".zst", ".z")
_HEADER = b"PK\x01\x02"  # of each file, in a zip's list of files
_MAX_NAME = 65_536  # bytes of a tar's extended header: a name, not a bomb
_PIECE = 2**16

Source = Path | bytes


def is_archive(name: str) -> bool:
    """Whether a file of this name is opened."""
    return name.lower().endswith(SUFFIXES)


def archive(source: Source, name: str, bounds: Bounds) -> Container:
    """The archive in a file, or in bytes, called `name`."""
    kind = Zip if name.lower().endswith(".zip") else Tar
    return kind(source, name, bounds)


class Zip:
    """A zip archive."""

    trouble = ""
    at_once: int | None = None

    def __init__(self, source: Source, name: str, bounds: Bounds) -> None:
        self.source = source
        self.name = name
        self.bounds = bounds

    def members(self) -> list[Member]:
        """Every file; IntakeError when it is no zip, or broken, or too large."""
        with _told(self.name, "zip"), self._opened() as file:
            infos = file.infolist()
            return without_doubles(
                [
                    member_at(key, _name_of(info), self.bounds, self._refusal(info))
                    for key, info in enumerate(infos)
                    if not info.is_dir()
                ]
            )

    def read(
        self, wanted: Collection[Member], most: int = MAX_FILE
    ) -> Iterator[tuple[Member, bytes | str]]:
        """The bytes of each wanted file, or why there are none."""
        budget = Budget(self.bounds, self.name)
        with _told(self.name, "zip"), self._opened() as file:
            infos = file.infolist()
            for member in wanted:
                data = member.refusal or _unzipped(file, infos[int(member.key)], most)
                budget.spend(len(data))
                yield member, data

    def _opened(self) -> zipfile.ZipFile:
        if isinstance(self.source, bytes):
            # Before the list becomes objects, hundreds of bytes each.
            Budget(self.bounds, self.name).files(self.source.count(_HEADER))
            return zipfile.ZipFile(io.BytesIO(self.source))
        file = zipfile.ZipFile(self.source)
        Budget(self.bounds, self.name).files(len(file.infolist()))
        return file

    def _refusal(self, info: zipfile.ZipInfo) -> str:
        mode = info.external_attr >> 16
        if stat.S_ISLNK(mode):
            return "it is a link"
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            return "it is no ordinary file"
        if info.flag_bits & 0x1:
            return "it is encrypted; ask for it without a password"
        if is_bomb(info.file_size, info.compress_size, self.bounds):
            return f"it unpacks to more than {self.bounds.ratio} times its size"
        return ""


def _name_of(info: zipfile.ZipInfo) -> str:
    """The file's name. Some programs write UTF-8 and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _unzipped(file: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | str:
    try:
        with file.open(info) as stream:
            data = _read(stream, most + 1)
    except Exception as error:
        return f"it is damaged ({_brief(error)})"
    return data if len(data) <= most else too_large(most)


class Tar:
    """A tar archive, plain or compressed; read from its beginning each time."""

    at_once: int | None = None

    def __init__(self, source: Source, name: str, bounds: Bounds) -> None:
        self.source = source
        self.name = name
        self.bounds = bounds
        self.trouble = ""

    def members(self) -> list[Member]:
        """Every file; IntakeError when it is no tar, or broken or too large at its beginning.

        What breaks later is in `trouble`, and the files before it are there.
        """
        budget = Budget(self.bounds, self.name)
        found: list[Member] = []
        try:
            with _told(self.name, "tar"), self._opened() as file:
                for key, info in _headers(file):
                    if not info.isdir():
                        found.append(member_at(key, info.name, self.bounds, _tar_refusal(info)))
                        budget.files(len(found))
        except IntakeError as error:
            if not found:
                raise
            self.trouble = error.message
        return without_doubles(found)

    def read(
        self, wanted: Collection[Member], most: int = MAX_FILE
    ) -> Iterator[tuple[Member, bytes | str]]:
        """The bytes of each wanted file, or why there are none, in the archive's order."""
        by_key = {member.key: member for member in wanted}
        with _told(self.name, "tar"), self._opened() as file:
            for key, info in _headers(file):
                member = by_key.pop(key, None)
                if member is not None:
                    yield member, member.refusal or _untarred(file, info, most)
                    if not by_key:
                        return

    @contextlib.contextmanager
    def _opened(self) -> Iterator[tarfile.TarFile]:
        with contextlib.ExitStack() as stack:
            packed: IO[bytes] = (
                io.BytesIO(self.source)
                if isinstance(self.source, bytes)
                else stack.enter_context(self.source.open("rb"))
            )
            budget = Budget(self.bounds, self.name)
            stream = _Metered(_unpacker(packed), packed, budget)
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as file:  # type: ignore[call-overload]
                yield file


class _Header(tarfile.TarInfo):
    """A header that is refused when its extension would fill the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        extension = header.type not in tarfile.SUPPORTED_TYPES or header.type in (
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
            tarfile.GNUTYPE_LONGNAME,
            tarfile.GNUTYPE_LONGLINK,
        )
        if extension and header.size > _MAX_NAME:
            raise IntakeError("It holds a name that is too long.")
        return header


class _Metered:
    """What comes out of a decompressor, as long as the budget lasts."""

    def __init__(self, stream: IO[bytes], packed: IO[bytes], budget: Budget) -> None:
        self._stream = stream
        self._packed = packed
        self._budget = budget

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._budget.spend(len(data), self._packed.tell())
        return data


def _unpacker(packed: IO[bytes]) -> IO[bytes]:
    """The decompressor that the first bytes ask for, whatever the file is called."""
    magic = packed.read(6)
    packed.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=packed))
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(packed)
    if magic == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(packed)
    return packed


def _headers(file: tarfile.TarFile) -> Iterator[tuple[int, tarfile.TarInfo]]:
    key = 0
    while (info := file.next()) is not None:
        yield key, info
        file.members.clear()  # type: ignore[attr-defined]  # else it keeps them all
        key += 1


def _tar_refusal(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return "it is a link"
    return "" if info.isreg() and not info.issparse() else "it is no ordinary file"


def _untarred(file: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> bytes | str:
    if info.size > most:
        return too_large(most)
    stream = file.extractfile(info)  # a reader; nothing is written
    return _read(stream, info.size) if stream is not None else "it is no ordinary file"


def _read(stream: IO[bytes], most: int) -> bytes:
    """Up to so many bytes, which are in memory once; a reader's own would be there twice."""
    buffer = io.BytesIO()
    while most > 0 and (data := stream.read(min(most, _PIECE))):
        most -= buffer.write(data)
    return buffer.getvalue()


@contextlib.contextmanager
def _told(name: str, kind: str) -> Iterator[None]:
    """Any exception of a reader as an IntakeError that names the archive."""
    try:
        yield
    except GradeError:
        raise
    except FileNotFoundError:
        raise IntakeError(f"There is no file {name}.") from None
    except PermissionError:
        raise IntakeError(f"{name} may not be read by you.") from None
    except Exception as error:
        raise IntakeError(
            f"{name} is damaged, or is no {kind} archive ({_brief(error)}).",
            hint="Download it again, or open and save it with an archive program.",
        ) from None


def _brief(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:80]
