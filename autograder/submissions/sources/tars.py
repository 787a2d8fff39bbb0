"""Tar archives as containers, plain or compressed.

The standard library's reader ends without a word where a header is damaged or the archive
breaks off, believes every size, and unfolds sparse files in memory. Here each of these is said,
and costs what the archive has in bytes.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any, cast

from autograder.errors import IntakeError
from autograder.submissions.sources.members import (
    MAX_FILE,
    PIECE,
    Budget,
    SourceBounds,
    SourceMember,
    TooMuch,
    member_at,
    read_some,
    told,
    too_large,
    with_empty_folders,
    without_doubles,
)

_MAX_NAME = 65_536  # bytes of an extended header: a name, not a bomb
_MAX_EXTENSIONS = 8  # of them for one file
_MAX_GLOBALS = 100  # keywords that hold for all files
_XZ_MEMORY = 80 * 2**20  # bytes, as what `xz -9` writes needs

Source = Path | bytes


class Tar:
    """A tar archive; read from its beginning each time."""

    at_once: int | None = None

    def __init__(self, source: Source, name: str, bounds: SourceBounds) -> None:
        self.source = source
        self.name = name
        self.bounds = bounds
        self.trouble = ""

    def members(self) -> list[SourceMember]:
        """Every file; IntakeError when it is no tar, or broken or too large at its beginning.

        What breaks later is in `trouble`, and the files before it are there.
        """
        budget = Budget(self.bounds, self.name)
        found: list[SourceMember] = []
        folders: list[SourceMember] = []
        try:
            with told(self.name, "tar"), self._opened() as file:
                for key, info in _headers(file):
                    to = folders if info.isdir() else found
                    to.append(member_at(key, info.name, self.bounds, _refusal(info)))
                    budget.files(len(found) + len(folders))
                _end(file)
        except IntakeError as error:
            if not found or (self.bounds.whole and isinstance(error, TooMuch)):
                raise
            self.trouble = error.message
        return with_empty_folders(without_doubles(found), folders)

    def read(
        self, wanted: Collection[SourceMember], most: int = MAX_FILE
    ) -> Iterator[tuple[SourceMember, bytes | str]]:
        """The bytes of each wanted file, or why there are none, in the archive's order."""
        by_key = {member.key: member for member in wanted}
        with told(self.name, "tar"), self._opened() as file:
            for key, info in _headers(file):
                member = by_key.pop(key, None)
                if member is not None:
                    yield member, member.refusal or _bytes_of(file, info, most)
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
    """A header that says when it is damaged, and never unfolds what is sparse."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Header:
        depth = getattr(tarfile_, "depth", 0)
        if depth > _MAX_EXTENSIONS or len(tarfile_.pax_headers) > _MAX_GLOBALS:
            raise tarfile.ReadError("it has too many headers for one file")
        tarfile_.depth = depth + 1  # type: ignore[attr-defined]
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise  # two blocks of zeros, as each tar ends
        except tarfile.EmptyHeaderError:  # type: ignore[attr-defined]
            raise tarfile.ReadError("it breaks off: its end is missing") from None
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"a header is damaged: {error}") from None
        finally:
            tarfile_.depth = depth  # type: ignore[attr-defined]

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
            raise tarfile.ReadError("it holds a name that is too long")
        return header

    def _proc_sparse(self, file: Any) -> _Header:
        """Go past the list of a sparse file's pieces."""
        _, more, _ = self._sparse_structs  # type: ignore[attr-defined]
        while more:
            block = file.fileobj.read(tarfile.BLOCKSIZE)
            if len(block) < tarfile.BLOCKSIZE:
                raise tarfile.ReadError("it breaks off")
            more = bool(block[504])
        self.sparse: Any = []
        self.offset_data = file.fileobj.tell()
        file.offset = self.offset_data + self._block(self.size)  # type: ignore[attr-defined]
        return self

    def _is_sparse(self, header: Any, *_: object) -> None:
        header.sparse = []

    _proc_gnusparse_00 = _proc_gnusparse_01 = _proc_gnusparse_10 = _is_sparse


class _Metered:
    """The output of a decompressor, as long as the budget lasts."""

    def __init__(self, stream: IO[bytes], packed: IO[bytes], budget: Budget) -> None:
        self._stream = stream
        self._packed = packed
        self._budget = budget
        self._empty = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._budget.spend(len(data), self._packed.tell())
        self._empty = 0 if data else self._empty + 1
        if self._empty > 3:  # a size that is not there would be read without end
            raise tarfile.ReadError("it breaks off")
        return data


class _Unxz:
    """The contents of an xz file, in bounded memory; its header could ask for gigabytes."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._inner = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def read(self, size: int) -> bytes:
        while not self._inner.eof:
            piece = self._packed.read(PIECE) if self._inner.needs_input else b""
            if self._inner.needs_input and not piece:
                raise EOFError("it breaks off")
            data = self._inner.decompress(piece, size)
            if data:
                return data
        return b""


def _unpacker(packed: IO[bytes]) -> IO[bytes]:
    """The decompressor that the first bytes ask for, whatever the file is called."""
    magic = packed.read(6)
    packed.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=packed))
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(packed)
    if magic == b"\xfd7zXZ\x00":
        return cast("IO[bytes]", _Unxz(packed))
    return packed


def _headers(file: tarfile.TarFile) -> Iterator[tuple[int, tarfile.TarInfo]]:
    key = 0
    while (info := file.next()) is not None:
        yield key, info
        file.members.clear()  # type: ignore[attr-defined]  # else it keeps them all
        key += 1


def _end(file: tarfile.TarFile) -> None:
    """Raises ReadError where something follows the end, as where zeros overwrote a header."""
    stream = cast("IO[bytes]", file.fileobj)
    while data := stream.read(PIECE):
        if data.count(0) < len(data):
            raise tarfile.ReadError("something follows its end")


def _refusal(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return "it is a link"
    if info.issparse():
        return "it is stored as a sparse file"
    return "" if info.isreg() or info.isdir() else "it is no ordinary file"


def _bytes_of(file: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> bytes | str:
    if info.size > most:
        return too_large(most)
    stream = file.extractfile(info)  # a reader; nothing is written
    return read_some(stream, info.size) if stream is not None else "it is no ordinary file"
