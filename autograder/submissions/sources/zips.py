"""Zip archives as containers."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from autograder.submissions.sources.members import (
    MAX_FILE,
    Budget,
    SourceBounds,
    SourceMember,
    brief,
    is_bomb,
    member_at,
    read_some,
    told,
    too_large,
    with_empty_folders,
    without_doubles,
)

_HEADER = b"PK\x01\x02"  # of each file, in a zip's list of files
_LENGTH = 46  # bytes of such a header, before its name
_UTF8 = 0x800
_OPENED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)

Source = Path | bytes


class Zip:
    """A zip archive."""

    trouble = ""
    at_once: int | None = None

    def __init__(self, source: Source, name: str, bounds: SourceBounds) -> None:
        self.source = source
        self.name = name
        self.bounds = bounds
        self._no_text: set[int] = set()  # of which files the name is none

    def members(self) -> list[SourceMember]:
        """Every file; IntakeError when it is no zip, or broken, or too large."""
        with told(self.name, "zip"), self._opened() as file:
            found: list[SourceMember] = []
            folders: list[SourceMember] = []
            if self.bounds.whole:
                said = sum(info.file_size for info in file.infolist())
                Budget(self.bounds, self.name).spend(said)
            for key, info in enumerate(file.infolist()):
                refusal = "its name is no text" if key in self._no_text else self._refusal(info)
                to = folders if info.is_dir() else found
                to.append(member_at(key, _name_of(info), self.bounds, refusal))
            return with_empty_folders(without_doubles(found), folders)

    def read(
        self, wanted: Collection[SourceMember], most: int = MAX_FILE
    ) -> Iterator[tuple[SourceMember, bytes | str]]:
        """The bytes of each wanted file, or why there are none."""
        budget = Budget(self.bounds, self.name)
        with told(self.name, "zip"), self._opened() as file:
            infos = file.infolist()
            for member in wanted:
                data = member.refusal or _unzipped(file, infos[int(member.key)], most)
                budget.spend(len(data))
                yield member, data

    @contextlib.contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        with contextlib.ExitStack() as stack:
            if isinstance(self.source, bytes):
                # Before the list becomes objects, hundreds of bytes each.
                Budget(self.bounds, self.name).files(self.source.count(_HEADER))
                raw: IO[bytes] = io.BytesIO(self.source)
            else:
                raw = stack.enter_context(self.source.open("rb"))
            try:
                file = zipfile.ZipFile(raw)
            except UnicodeDecodeError:
                patched = _Patched(raw)
                file = zipfile.ZipFile(patched)
                self._no_text = patched.no_text
                patched.listing = False
            Budget(self.bounds, self.name).files(len(file.infolist()))
            yield stack.enter_context(file)

    def _refusal(self, info: zipfile.ZipInfo) -> str:
        mode = info.external_attr >> 16
        if stat.S_ISLNK(mode):
            return "it is a link"
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG) and not info.is_dir():
            return "it is no ordinary file"
        if info.flag_bits & 0x1:
            return "it is encrypted; ask for it without a password"
        if info.compress_type not in _OPENED:
            return "it is compressed in a way that is not opened"
        if is_bomb(info.file_size, info.compress_size, self.bounds):
            return f"it unpacks to more than {self.bounds.ratio} times its size"
        return ""


class _Patched(io.BufferedReader):
    """A zip whose list of files says of no name that it is UTF-8 and is not.

    The standard library refuses the whole archive for one such name.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__(raw)  # type: ignore[arg-type]
        self.listing = True
        self.no_text: set[int] = set()

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        return self._patched(data) if self.listing and data.startswith(_HEADER) else data

    def _patched(self, data: bytes) -> bytes:
        patched = bytearray(data)
        at = number = 0
        while data.startswith(_HEADER, at) and at + _LENGTH <= len(data):
            (flags,) = struct.unpack_from("<H", data, at + 8)
            lengths = struct.unpack_from("<HHH", data, at + 28)
            name = data[at + _LENGTH : at + _LENGTH + lengths[0]]
            try:
                name.decode("utf-8" if flags & _UTF8 else "cp437")
            except UnicodeDecodeError:
                struct.pack_into("<H", patched, at + 8, flags & ~_UTF8)
                self.no_text.add(number)
            at += _LENGTH + sum(lengths)
            number += 1
        return bytes(patched)


def _name_of(info: zipfile.ZipInfo) -> str:
    """The file's name. Some programs write UTF-8 and do not say so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _unzipped(file: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | str:
    if info.file_size > most:
        return too_large(most)
    try:
        with file.open(info) as stream:
            data = read_some(stream, most + 1)
    except Exception as error:
        return f"it is damaged ({brief(error)})"
    return data if len(data) <= most else too_large(most)
