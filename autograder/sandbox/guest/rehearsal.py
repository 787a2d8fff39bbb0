"""The layers that hold on this machine: each is applied to a process that then ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping

from autograder.sandbox import layers, leftovers
from autograder.sandbox.guest.enclosure import Enclosure

_MEGABYTES = 64
_NOT_HERE = "only Linux has it"
_PORTABLE = frozenset({layers.ENVIRONMENT, layers.DESCRIPTORS, layers.SESSION, layers.FILES})
_SEPARATE: tuple[frozenset[str], ...] = (
    layers.NAMESPACES,
    frozenset({layers.CAPABILITIES}),
    frozenset({layers.GROUP}),
    frozenset({layers.LANDLOCK}),
    frozenset({layers.SECCOMP}),
)


def rehearse(folder: str, without: frozenset[str]) -> Mapping[str, str]:
    """The reason why each layer that can be left out is not there; empty for those that are.

    folder    a zygote's, still empty.
    without   the layers that are left out by choice.
    """
    reasons = dict.fromkeys(layers.SWITCHES, "")
    if sys.platform != "linux":
        reasons |= dict.fromkeys(layers.SWITCHES - _PORTABLE, _NOT_HERE)
    elif attempt(lambda: _whole(layers.SWITCHES - without, folder)):
        leftovers.remove_groups(folder)
        for some in _SEPARATE:
            if names := some - without:
                reasons |= dict.fromkeys(names, attempt(lambda: _whole(names, folder)))
        leftovers.remove_groups(folder)
    return reasons | dict.fromkeys(without, "left out")


def attempt(act: Callable[[], None]) -> str:
    """Do something in a child process; why it failed, or nothing."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act()
            status = 0
        except OSError as error:
            os.write(write, (error.strerror or str(error)).encode())
        finally:
            os._exit(status)
    os.close(write)
    with open(read, "rb") as told:
        why = told.read().decode("utf-8", "replace")
    _, status = os.waitpid(pid, 0)
    return why or (f"it ended with status {status}" if status else "")


def _whole(names: frozenset[str], folder: str) -> None:
    """The whole way of a zygote and of a guest, except what they import."""
    enclosure = Enclosure(names, folder, _MEGABYTES)

    def guest() -> None:
        enclosure.settle()
        enclosure.confine(megabytes=_MEGABYTES, cpu_seconds=10)

    def zygote() -> None:
        enclosure.enter()
        enclosure.prepare()
        _must(guest)

    if layers.PROCESSES in names:
        enclosure.unshare_numbers()
    _must(zygote)


def _must(act: Callable[[], None]) -> None:
    if why := attempt(act):
        raise OSError(errno.EPERM, why)
