"""Landlock: which files, ports and processes this process may still reach.

Its interface has grown since Linux 5.13; what a kernel does not know yet is left out of the
rules, and the seccomp filter denies the parts that matter.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from autograder.sandbox.kernel import syscalls

_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_REMOVE_DIR = 1 << 4
_REMOVE_FILE = 1 << 5
_MAKE_DIR = 1 << 7
_MAKE_REG = 1 << 8
_MAKE_FIFO = 1 << 10
_MAKE_SYM = 1 << 12
_REFER = 1 << 13  # rename and link from one folder to another
_TRUNCATE = 1 << 14

_READ = _READ_FILE | _READ_DIR
_CHANGE = (
    _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_FIFO | _MAKE_SYM
)  # neither programs, nor sockets, nor devices
_OF_A_FILE = _READ_FILE | _WRITE_FILE | _TRUNCATE

_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # from a version on: how many there are
_TCP_VERSION, _TCP = 4, 0b11  # bind and connect
_SCOPE_VERSION, _SCOPES = 6, 0b11  # abstract sockets and signals, to others than itself


@dataclass(frozen=True)
class Grants:
    """The paths that may be read, and those that may be changed as well, each with its content.

    Paths that are not there are passed over.
    """

    read: tuple[str, ...]
    change: tuple[str, ...]


@cache
def version() -> int:
    """The kernel's version of Landlock, from 1. Raises OSError where there is none."""
    return syscalls.landlock_version()


def restrict(rules: Grants) -> None:
    """Apply `rules` to this process, for good; it must have set no_new_privs."""
    handled = _file_rights()
    tcp = _TCP if version() >= _TCP_VERSION else 0
    scopes = _SCOPES if version() >= _SCOPE_VERSION else 0
    attributes = b"".join(word.to_bytes(8, "little") for word in (handled, tcp, scopes))
    ruleset = syscalls.landlock_create(attributes)
    try:
        _allow(ruleset, rules.read, _READ)
        _allow(ruleset, rules.change, handled & (_READ | _CHANGE | _REFER | _TRUNCATE))
        syscalls.landlock_restrict(ruleset)
    finally:
        os.close(ruleset)


def _file_rights() -> int:
    count = max(count for since, count in _FILE_RIGHTS.items() if since <= version())
    return (1 << count) - 1


def _allow(ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            only = rights if os.path.isdir(path) else rights & _OF_A_FILE
            syscalls.landlock_allow(ruleset, only, descriptor)
        finally:
            os.close(descriptor)
