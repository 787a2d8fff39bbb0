"""Namespaces: a network, a host name, process numbers and a root folder of one's own.

A process without the right to make them makes a user namespace first, in which it has it.
Its number stays the same there, and it gets no right to anything outside.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable

from autograder.sandbox.kernel import syscalls, view
from autograder.sandbox.kernel.syscalls import MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_REC

SCRATCH = "/box"
HOST_NAME = "sandbox"

_TMPFS = MS_NOSUID | MS_NODEV | MS_NOEXEC


def unshare(flags: int) -> None:
    """Move into new namespaces, inside of a user namespace where that is needed."""
    user, group = os.geteuid(), os.getegid()
    try:
        syscalls.unshare(flags)
    except PermissionError:
        syscalls.unshare(flags | syscalls.CLONE_NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")


def rename_host() -> None:
    """Give the machine another name, in a UTS namespace of one's own."""
    socket.sethostname(HOST_NAME)


def keep_mounts_private() -> None:
    """Let no mount of this process, in a mount namespace of its own, be seen outside."""
    syscalls.mount("", "/", flags=MS_REC | syscalls.MS_PRIVATE)


def enter_small_root(at: str, readable: Iterable[str]) -> None:
    """Make a read-only root of `readable`, a few devices and copies of some of /proc.

    at   any folder; the root is put together there, in a mount namespace of one's own.
    """
    syscalls.mount("root", at, "tmpfs", _TMPFS & ~MS_NOEXEC, "size=4m,nr_inodes=1k,mode=755")
    for path in (*readable, *view.DEVICES):
        _show(path, at + path)
    _write_proc(f"{at}/proc")
    for folder in (SCRATCH, "/tmp"):
        os.makedirs(at + folder, exist_ok=True)
    syscalls.enter_root(at)
    syscalls.make_read_only("/")


def mount_scratch(at: str, megabytes: int, inodes: int = 0) -> None:
    """An empty folder of limited size, gone with its mount namespace; 0 inodes is no limit."""
    options = f"size={megabytes}m,nr_inodes={inodes},mode=700"
    syscalls.mount("scratch", at, "tmpfs", _TMPFS, options)


def _show(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    syscalls.mount(source, target, flags=MS_BIND | MS_REC)


def _write_proc(folder: str) -> None:
    """Write the files of /proc that TensorFlow needs; not everybody can mount a real one."""
    os.makedirs(f"{folder}/self")
    os.symlink(os.path.realpath(sys.executable), f"{folder}/self/exe")
    _write(f"{folder}/self/cmdline", "python\0")
    for path in view.MACHINE:
        with open(path) as file:
            _write(folder + path.removeprefix("/proc"), file.read())


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
