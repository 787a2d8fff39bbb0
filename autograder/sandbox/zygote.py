"""A program that imports what guests need, and then forks one guest per request.

It holds nothing secret, runs no student code, and stays single-threaded: a fork copies
only the thread that asks for it, and whatever lock another one holds stays locked. It
answers requests on its control socket, and ends, together with its guests, when that
socket does.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import os
import signal
import socket
import sys
import tempfile
import time
from typing import NoReturn

from autograder.sandbox import confinement, guest
from autograder.sandbox.control import (
    ANSWER,
    DONE,
    FORK,
    LOST,
    REAP,
    REQUEST,
    TOO_MANY_THREADS,
)

# A process that ended by itself closes its socket some time before it can be waited for.
REAP_SECONDS = 0.25


def main(arguments: list[str]) -> None:
    """Serve the control socket.

    arguments   its descriptor, the folder of the guests' folders, the modules to import.
    """
    control = socket.socket(fileno=int(arguments[0]))
    control.set_inheritable(False)
    folder = arguments[1]
    for name in arguments[2:]:
        importlib.import_module(name)
    confinement.adopt_orphans()
    guest.rehearse()
    gc.collect()
    gc.freeze()  # so that a guest's collections do not copy the pages of what is here
    guests: dict[int, str] = {}
    try:
        while request := _receive(control):
            what, pid, descriptors = request
            if what == FORK:
                control.sendall(ANSWER.pack(*_fork(control, guests, descriptors, folder)))
            elif pid in guests:
                if what == REAP:
                    _wait(pid, REAP_SECONDS)
                control.sendall(ANSWER.pack(DONE, _end(pid, guests)))
            else:
                control.sendall(ANSWER.pack(errno.ESRCH, 0))
    except OSError:
        pass  # the host is gone
    finally:
        for pid in tuple(guests):
            _end(pid, guests)
        confinement.remove(folder)  # for a host that could not do it itself


def _receive(control: socket.socket) -> tuple[bytes, int, list[int]] | None:
    message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 2)
    if len(message) < REQUEST.size:
        return None
    what, pid = REQUEST.unpack(message)
    return what, pid, descriptors


def _fork(
    control: socket.socket, guests: dict[int, str], descriptors: list[int], folder: str
) -> tuple[int, int]:
    if confinement.threads() != 1:
        return TOO_MANY_THREADS, 0
    zygote = os.getpid()
    try:
        scratch = tempfile.mkdtemp(dir=folder)
        pid = os.fork()
    except OSError as error:
        return error.errno or errno.EAGAIN, 0
    finally:
        if os.getpid() == zygote:
            for descriptor in descriptors:
                os.close(descriptor)
    if pid == 0:
        _become_guest(control, descriptors, zygote, scratch)
    guests[pid] = scratch
    return DONE, pid


def _become_guest(
    control: socket.socket, descriptors: list[int], zygote: int, scratch: str
) -> NoReturn:
    try:
        os.setsid()
        confinement.die_with_parent(zygote)
        control.detach()
        connection, output = descriptors
        os.dup2(output, 1)
        os.dup2(output, 2)
        if connection != 3:
            os.dup2(connection, 3)
        os.closerange(4, 65_536)
        guest.serve(socket.socket(fileno=3), scratch)
    finally:
        os._exit(LOST)


def _wait(pid: int, seconds: float) -> bool:
    """Whether `pid` ended by itself within `seconds`; leaves it to be waited for."""
    deadline = time.monotonic() + seconds
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.001)
    return True


def _end(pid: int, guests: dict[int, str]) -> int:
    """Kill a guest, its session and what it left behind; its wait status."""
    scratch = guests.pop(pid)
    for kill in (os.kill, os.killpg):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    # A process that left the guest's session has become this one's child (adopt_orphans);
    # once it is gone its own children follow, hence the loop.
    while orphans := [p for p in confinement.children(os.getpid()) if p not in guests]:
        for orphan in orphans:
            os.kill(orphan, signal.SIGKILL)
        for orphan in orphans:
            os.waitpid(orphan, 0)
    confinement.remove(scratch)
    return status


if __name__ == "__main__":
    main(sys.argv[1:])
