"""The content of a folder or an archive: names first, and bytes of the few that are wanted.

Nothing is ever written to disk, so that no name can lead anywhere. What may not be read (a
link, a device, an encrypted file) is listed with the reason, and matters only where it is
somebody's submission.
"""

from __future__ import annotations

import contextlib
import io
import time
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import IO, Protocol

import msgspec

from autograder.errors import GradeError, IntakeError
from autograder.sandbox.text import clean

MAX_FILE = 100 * 2**20  # bytes of one member: a notebook with many pictures at most
MAX_ARCHIVE = 20 * 2**20  # of an archive within a source
MAX_UNPACKED = 90 * 2**20  # of what it holds, read or not
PIECE = 2**16  # bytes that are read at once
LEAVE_ROOM = 2**20  # what compresses well is no bomb as long as it is small


class SourceBounds(msgspec.Struct, frozen=True, kw_only=True):
    """The most that reading one folder or archive may cost.

    ratio  of unpacked to packed bytes, for what unpacks to more than a megabyte.
    whole  whether all of it has to be within them, and not only what is read.
    """

    files: int
    bytes: int
    depth: int
    seconds: float
    ratio: int = 300
    whole: bool = False


A_CLASS = SourceBounds(files=500_000, bytes=32 * 2**30, depth=24, seconds=3600)
A_STUDENT = SourceBounds(files=5_000, bytes=MAX_UNPACKED, depth=24, seconds=30, whole=True)


class SourceMember(msgspec.Struct, frozen=True, gc=False):
    """A file in a folder or an archive, where `key` finds it.

    `path` has "/" between its parts, and neither begins with one nor leads upwards. `refusal`
    says why the file is not read. One that is called "…" stands for several `files`.
    """

    key: str | int
    path: str
    refusal: str = ""
    files: int = 1

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders on the way, and the file's name last."""
        return tuple(self.path.split("/"))

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


class Container(Protocol):
    """A folder, a zip or a tar.

    trouble   why some members could not be listed.
    at_once   of how many people to ask for the files in one go; None for all, where each go
              would read the whole from its beginning.
    """

    trouble: str
    at_once: int | None

    def members(self) -> list[SourceMember]:
        """Every file. IntakeError when it cannot be listed, or is too large to be."""
        ...

    def read(
        self, wanted: Collection[SourceMember], most: int = MAX_FILE
    ) -> Iterator[tuple[SourceMember, bytes | str]]:
        """The bytes of each wanted member, or why there are none, in an order of its own.

        most  bytes of one member. IntakeError when the bounds are met before the end.
        """
        ...


class TooMuch(IntakeError):
    """An archive's content is beyond its bounds."""


class Budget:
    """The rest of the bounds while one container is read."""

    def __init__(self, bounds: SourceBounds, what: str) -> None:
        self.bounds = bounds
        self.what = what
        self.spent = 0
        self.ends = time.monotonic() + bounds.seconds

    def files(self, number: int) -> None:
        """TooMuch when there are more than `number` may be."""
        if number > self.bounds.files:
            raise TooMuch(f"{self.what} holds more than {self.bounds.files:,} files.")

    def spend(self, unpacked: int, packed: int | None = None) -> None:
        """Count bytes that came; `packed` is how many were read for all of them so far."""
        self.spent += unpacked
        if self.spent > self.bounds.bytes:
            raise TooMuch(f"{self.what} unpacks to more than {self.bounds.bytes:,} bytes.")
        if packed is not None and is_bomb(self.spent, packed, self.bounds):
            raise TooMuch(
                f"{self.what} unpacks to more than {self.bounds.ratio} times its size."
            )
        if time.monotonic() > self.ends:
            raise TooMuch(
                f"{self.what} takes longer than {self.bounds.seconds:g} seconds to read."
            )


def is_bomb(unpacked: int, packed: int, bounds: SourceBounds) -> bool:
    """True if so many bytes come out of so few that they are not somebody's work."""
    return unpacked > LEAVE_ROOM and unpacked > bounds.ratio * max(packed, 1)


def too_large(most: int) -> str:
    """The reason to give for a member of more than `most` bytes."""
    return f"it is larger than {most // 2**20} MB"


def member_at(
    key: str | int, written: str, bounds: SourceBounds, refusal: str = ""
) -> SourceMember:
    """The member of that name, with a path that is safe to show and to split."""
    path = written if "/" in written else written.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    kept = [part for part in parts if part != ".."]
    if path.startswith("/") or len(kept) < len(parts) or path[1:3] in (":/", ":\\"):
        refusal = "its path leads out of the archive"
    elif len(kept) > bounds.depth:
        refusal = f"it lies more than {bounds.depth} folders deep"
    return SourceMember(key, "/".join(kept) or "?", refusal)


def without_doubles(members: list[SourceMember]) -> list[SourceMember]:
    """`members`, where a path that occurs twice is refused: which one would count?"""
    times = Counter(member.path for member in members)
    if len(times) == len(members):
        return members
    return [
        msgspec.structs.replace(m, refusal="the archive holds it more than once")
        if times[m.path] > 1
        else m
        for m in members
    ]


def shown(name: str) -> str:
    """A name as it may be shown: one line, composed characters, nothing that controls."""
    return " ".join(clean(unicodedata.normalize("NFC", name), 200).split())


def with_empty_folders(
    found: list[SourceMember], folders: Sequence[SourceMember]
) -> list[SourceMember]:
    """The files of an archive, and a member "…" for each of its folders that is empty."""
    if not folders:
        return found
    above: set[str] = set()
    for member in (*found, *folders):
        parent = member.path.rpartition("/")[0]
        while parent and parent not in above:
            above.add(parent)
            parent = parent.rpartition("/")[0]
    empty = {folder.path: folder for folder in folders if folder.path not in above}
    return found + [
        msgspec.structs.replace(folder, path=f"{path}/…", refusal="its folder is empty")
        for path, folder in empty.items()
    ]


def read_some(stream: IO[bytes], most: int) -> bytes:
    """Up to so many bytes, which are in memory once; a reader's own would be there twice."""
    buffer = io.BytesIO()
    while most > 0 and (data := stream.read(min(most, PIECE))):
        most -= buffer.write(data)
    return buffer.getvalue()


@contextlib.contextmanager
def told(name: str, kind: str) -> Iterator[None]:
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
            f"{name} is damaged, or is no {kind} archive ({brief(error)}).",
            hint="Download it again, or open and save it with an archive program.",
        ) from None


def brief(error: Exception) -> str:
    """The first line of what an exception says."""
    return (str(error) or type(error).__name__).splitlines()[0][:80]
