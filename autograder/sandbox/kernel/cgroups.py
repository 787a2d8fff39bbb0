"""Control groups: a ceiling on the memory and the threads of all that a guest starts.

Version 1 and version 2, where this process may make groups inside of its own.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from dataclasses import dataclass
from pathlib import Path

_CEILINGS = {
    # controller: its file for version 1, its file for version 2
    "memory": ("memory.limit_in_bytes", "memory.max"),
    "pids": ("pids.max", "pids.max"),
}


@dataclass(frozen=True)
class Hierarchy:
    """A folder in which groups may be made, and what can be limited there."""

    folder: Path
    ceilings: dict[str, str]  # of "memory" and "pids": the file that limits it


class ControlGroups:
    """The groups of one zygote: one for each guest that lives at the same time.

    A group is used again when its guest has gone, since making one takes longer than a fork.
    Raises OSError where there can be none.
    """

    def __init__(self, name: str) -> None:
        self._folders: list[tuple[int, Hierarchy]] = []
        self._free: list[str] = []
        self._count = 0
        self._name = name
        for place in hierarchies():
            folder = place.folder / name
            folder.mkdir(exist_ok=True)
            if "memory" in place.ceilings and "pids" in place.ceilings:
                _write(folder / "cgroup.subtree_control", "+memory +pids")
            self._folders.append((os.open(folder, os.O_DIRECTORY), place))

    def take(self, *, megabytes: int, tasks: int) -> str:
        """A group of nobody's with these ceilings; its name."""
        if not self._free:
            for descriptor, _ in self._folders:
                with contextlib.suppress(FileExistsError):  # from a rehearsal
                    os.mkdir(str(self._count), dir_fd=descriptor)
            self._free.append(str(self._count))
            self._count += 1
        group = self._free.pop()
        amounts = {"memory": megabytes << 20, "pids": tasks}
        for descriptor, place in self._folders:
            for controller, file in place.ceilings.items():
                _write_at(descriptor, f"{group}/{file}", str(amounts[controller]))
        return group

    def enter(self, group: str) -> None:
        """Move this process there."""
        for descriptor, _ in self._folders:
            _write_at(descriptor, f"{group}/cgroup.procs", "0")

    def give_back(self, group: str) -> None:
        """Its guest is gone."""
        self._free.append(group)


def hierarchies(process: Path = Path("/proc/self")) -> tuple[Hierarchy, ...]:
    """The places where a process may make groups. Raises OSError with what is missing."""
    own = _own(process)
    if "memory" in own and "pids" in own:
        found = tuple(Hierarchy(own[name], {name: _CEILINGS[name][0]}) for name in _CEILINGS)
    elif "" in own:
        missing = set(_CEILINGS) - set((own[""] / "cgroup.subtree_control").read_text().split())
        if missing:
            names = " and ".join(sorted(missing))
            raise OSError(errno.ENOTSUP, f"{names} not delegated to groups inside of {own['']}")
        found = (Hierarchy(own[""], {name: _CEILINGS[name][1] for name in _CEILINGS}),)
    else:
        raise OSError(errno.ENOTSUP, "no control groups are mounted")
    for place in found:
        if not os.access(place.folder, os.W_OK):
            raise PermissionError(errno.EACCES, f"not writable: {place.folder}")
    return found


def remove(name: str) -> None:
    """Remove what `ControlGroups(name)` made; its processes are gone or about to go."""
    with contextlib.suppress(OSError):
        for place in hierarchies():
            folder = place.folder / name
            inner = [path for path in folder.iterdir() if path.is_dir()]
            for path in (*inner, folder):
                _remove_folder(path)


def _remove_folder(path: Path) -> None:
    for _ in range(100):
        try:
            path.rmdir()
        except OSError as error:
            if error.errno != errno.EBUSY:  # the kernel has not counted its last process out
                return
            time.sleep(0.01)
        else:
            return


def _own(process: Path) -> dict[str, Path]:
    """Its own group by controller; version 2 has the empty name."""
    mounts: dict[str, Path] = {}
    for line in (process / "mounts").read_text().splitlines():
        _, folder, kind, options, *_ = line.split()
        if kind == "cgroup2":
            mounts[""] = Path(folder)
        elif kind == "cgroup":
            mounts |= {name: Path(folder) for name in options.split(",")}
    found: dict[str, Path] = {}
    for line in (process / "cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        for name in names.split(","):
            if name in mounts:
                found[name] = mounts[name] / path.lstrip("/")
    return found


def _write(path: Path, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def _write_at(folder: int, path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
