"""The saves of one file, each read as it is handed in: a process of its own tells of them.

The grader of `grade watch` may have confined itself for the checks of a course that was found,
and can then neither wait for a change nor read a file elsewhere. This process runs nothing of a
course or of a student.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from autograder.model import Submission

STEP = 20  # milliseconds without a change, after which a save is complete
_ROOT = str(Path(__file__).parents[2])
_PROGRAM = """
import sys
sys.path.append(sys.argv.pop(1))
from autograder.cli.saves import main
main()
"""
_LENGTH = struct.Struct("<I")


class Saved(msgspec.Struct, frozen=True):
    """The file after one save.

    submission   None where it cannot be read; `said` then tells why.
    time         when it was written, in seconds of the epoch.
    """

    submission: Submission | None
    time: float
    said: str = ""


class Saves:
    """The texts saved to `path` from now on, after what it holds now. Close it when done.

    extra   patterns of the files beside it that come along.
    """

    def __init__(self, path: Path, extra: Sequence[str]) -> None:
        there = os.path.abspath(path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, _ROOT, there, *extra],
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the grader, whose end is noticed
        )

    def __enter__(self) -> Saves:
        return self

    def __exit__(self, *exception: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def __iter__(self) -> Iterator[Saved]:
        """The newest save, whenever there is one. It ends when the process does."""
        while (found := self._next()) is not None:
            while self.waiting():
                found = self._next() or found
                if self._process.poll() is not None:
                    break
            yield found

    def waiting(self) -> bool:
        """True if there is a newer one."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout.fileno()], [], [], 0)[0])

    def _next(self) -> Saved | None:
        size = self._read(_LENGTH.size)
        if len(size) < _LENGTH.size:
            return None
        return msgspec.msgpack.decode(self._read(*_LENGTH.unpack(size)), type=Saved)

    def _read(self, size: int) -> bytes:
        """So many bytes, and none ahead: what waits is seen by `select`."""
        assert self._process.stdout is not None
        found = b""
        while len(found) < size:
            piece = os.read(self._process.stdout.fileno(), size - len(found))
            if not piece:
                return b""
            found += piece
        return found


def read(path: Path, extra: Sequence[str]) -> Saved:
    """The file as it is now."""
    from autograder import submissions
    from autograder.errors import GradeError
    from autograder.sandbox.text import encodable

    try:
        return Saved(submissions.read(path, extra), path.stat().st_mtime)
    except GradeError as error:
        said = f"{error.message}\n{error.hint or ''}".strip()
    except OSError as error:
        said = f"{path.name} cannot be read: {error.strerror}."
    return Saved(None, 0.0, encodable(said))


def tell(path: Path, extra: Sequence[str]) -> None:
    """Write each save to stdout, until stdin ends."""
    import watchfiles

    ended = threading.Event()

    def wait() -> None:
        sys.stdin.buffer.read()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    # Once each second it looks without being told: some file systems tell nothing.
    changes = watchfiles.watch(
        path.parent,
        watch_filter=lambda change, name: Path(name).name == path.name or bool(extra),
        recursive=False,
        step=STEP,
        rust_timeout=1000,
        yield_on_timeout=True,
        stop_event=ended,
        raise_interrupt=False,
    )
    said, seen = None, None
    for changed in itertools.chain([set()], changes):
        state = _state(path)
        if said is not None and not changed and state == seen:
            continue
        now, seen = read(path, extra), state
        if now != said:
            said = now
            data = msgspec.msgpack.encode(now)
            sys.stdout.buffer.write(_LENGTH.pack(len(data)) + data)
            sys.stdout.buffer.flush()


def _state(path: Path) -> tuple[int, int, int]:
    """Three numbers of a file that nearly always differ after a save."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino


def main() -> None:
    """Tell of the saves of the file that the command line names."""
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        tell(Path(sys.argv[1]), sys.argv[2:])
