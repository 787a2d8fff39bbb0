"""The files that a guest may see: Python, its packages and the libraries they need.

Nothing else has a name in a guest's root folder, or can be opened under Landlock: no course,
no reference, no home folder, no other submission.
"""

from __future__ import annotations

import os
import sys

# Where shared libraries are on all kinds of Linux. /etc/alternatives decides between several.
_SYSTEM = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/nix/store",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
)
DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")
# What libraries ask about the machine and about themselves. A small root holds copies.
MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat")
OWN = ("/proc/self", "/sys/devices/system/cpu")


def readable() -> tuple[str, ...]:
    """The folders and files to read: each exists, none is in another one."""
    wanted = {*_SYSTEM, *_of_prefixes(), *_of_loader()}
    found: list[str] = []
    for path in sorted(wanted | set(map(os.path.realpath, wanted))):
        inside = any(path.startswith(f"{other}/") for other in found)
        if not inside and os.path.exists(path):
            found.append(path)
    return tuple(found)


def _of_prefixes() -> list[str]:
    """The library folders of this Python and of its virtual environment."""
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    return [os.path.join(prefix, name) for prefix in prefixes for name in ("lib", "lib64")]


def _of_loader() -> list[str]:
    """The folders of LD_LIBRARY_PATH whose names say that they hold libraries."""
    folders = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    return [
        os.path.normpath(folder)
        for folder in folders
        if os.path.isabs(folder)
        and os.path.basename(os.path.normpath(folder)).startswith("lib")
    ]
