"""System calls that Python 3.11 has no functions for. Each raises OSError, as `os` does."""

from __future__ import annotations

import ctypes
import os
from functools import cache

MACHINES = ("x86_64", "aarch64")

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x4_0000
MNT_DETACH = 0x2

PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_MOUNT_ATTR_RDONLY = 0x1
_MOUNT_ATTR_NOSUID = 0x2
_CAPABILITIES_V3 = 0x2008_0522

# Calls without a function in the C library, by machine.
_NUMBERS = {
    "pivot_root": (155, 41),
    "capset": (126, 91),
    "mount_setattr": (442, 442),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
}


@cache
def machine() -> int:
    """This machine's place in `MACHINES`. Raises OSError on any other."""
    try:
        return MACHINES.index(os.uname().machine)
    except ValueError:
        raise OSError(f"is known for {' and '.join(MACHINES)} only") from None


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(what: str, result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _raw(name: str, *arguments: object) -> int:
    syscall = _libc().syscall
    syscall.restype = ctypes.c_long
    number = ctypes.c_long(_NUMBERS[name][machine()])
    return _checked(name, syscall(number, *arguments))


def current_processor() -> int:
    """The processor that this thread runs on."""
    return _checked("sched_getcpu", _libc().sched_getcpu())


def unshare(flags: int) -> None:
    """Move this process (for CLONE_NEWPID: its next child) into new namespaces."""
    _checked("unshare", _libc().unshare(ctypes.c_int(flags)))


def setns(descriptor: int, kind: int) -> None:
    """Move this process (for CLONE_NEWPID: its next child) into a namespace."""
    _checked("setns", _libc().setns(ctypes.c_int(descriptor), ctypes.c_int(kind)))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    result = _libc().mount(
        source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()
    )
    _checked(f"mount {target}", result)


def make_read_only(path: str) -> None:
    """Make a mount and all that is mounted in it read-only, and deaf to set-uid bits."""
    attributes = _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID
    raw = attributes.to_bytes(8, "little") + bytes(24)
    _raw(
        "mount_setattr",
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(path.encode()),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.create_string_buffer(raw, len(raw)),
        ctypes.c_size_t(len(raw)),
    )


def enter_root(path: str) -> None:
    """Make the mount at `path` the root folder, and leave nothing of the former one."""
    os.chdir(path)
    _raw("pivot_root", ctypes.c_char_p(b"."), ctypes.c_char_p(b"."))
    _checked("umount2", _libc().umount2(b".", ctypes.c_int(MNT_DETACH)))
    os.chdir("/")


def prctl(option: int, value: int = 0) -> None:
    """prctl(2) with one argument."""
    none = ctypes.c_ulong(0)
    _checked(f"prctl {option}", _libc().prctl(option, ctypes.c_ulong(value), none, none, none))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def set_filter(program: bytes, instructions: int) -> None:
    """Filter every later system call of this thread by a BPF program, for good."""
    description = _Program(instructions, program)
    mode, none = ctypes.c_ulong(2), ctypes.c_ulong(0)
    result = _libc().prctl(PR_SET_SECCOMP, mode, ctypes.byref(description), none, none)
    _checked("seccomp", result)


def drop_capabilities() -> None:
    """Give every capability up. Programs run with no_new_privs give none back."""
    header = _CAPABILITIES_V3.to_bytes(4, "little") + bytes(4)
    _raw(
        "capset",
        ctypes.create_string_buffer(header, len(header)),
        ctypes.create_string_buffer(24),
    )


def landlock_version() -> int:
    """The version of Landlock's interface that the kernel offers, from 1."""
    none, flag = ctypes.c_size_t(0), ctypes.c_uint(1)
    return _raw("landlock_create_ruleset", ctypes.c_void_p(None), none, flag)


def landlock_create(attributes: bytes) -> int:
    """The descriptor of a new set of rules."""
    return _raw(
        "landlock_create_ruleset",
        ctypes.create_string_buffer(attributes, len(attributes)),
        ctypes.c_size_t(len(attributes)),
        ctypes.c_uint(0),
    )


def landlock_allow(ruleset: int, rights: int, beneath: int) -> None:
    """Allow `rights` to what the descriptor `beneath` stands for, and to all in it."""
    rule = rights.to_bytes(8, "little") + beneath.to_bytes(4, "little")
    _raw(
        "landlock_add_rule",
        ctypes.c_int(ruleset),
        ctypes.c_int(1),
        ctypes.create_string_buffer(rule, len(rule)),
        ctypes.c_uint(0),
    )


def landlock_restrict(ruleset: int) -> None:
    """Apply a set of rules to this thread and all that it starts, for good."""
    _raw("landlock_restrict_self", ctypes.c_int(ruleset), ctypes.c_uint(0))
