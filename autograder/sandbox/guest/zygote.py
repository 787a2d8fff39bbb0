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
import json
import os
import signal
import socket
import sys
import time
import traceback
from dataclasses import dataclass
from typing import Any, NoReturn

from autograder.sandbox import layers, leftovers
from autograder.sandbox.control import (
    ANSWER,
    DONE,
    FORK,
    LENGTH,
    LOST,
    REAP,
    REQUEST,
    TOO_MANY_THREADS,
)
from autograder.sandbox.guest import rehearsal
from autograder.sandbox.guest.enclosure import Enclosure

# A process that ended by itself closes its socket some time before it can be waited for.
REAP_SECONDS = 0.25

# New objects between two collections: a guest has few that need one, and parses a file, whose
# tree alone would cause dozens.
FEW_COLLECTIONS = 20_000


def main(arguments: list[str]) -> None:
    """Serve the control socket.

    arguments   its descriptor, and the settings: see `launcher`.
    """
    control = socket.socket(fileno=int(arguments[0]))
    control.set_inheritable(False)
    settings = json.loads(arguments[1])
    folder = settings["folder"]
    try:
        reasons = rehearsal.rehearse(folder, frozenset(settings["without"]))
        told = json.dumps(reasons).encode()
        control.sendall(LENGTH.pack(len(told)) + told)
        names = frozenset(name for name, why in reasons.items() if not why)
        enclosure = Enclosure(names, folder, settings["megabytes"])
        if settings["preload"] is None:
            pass  # nobody will ask for a guest
        elif layers.PROCESSES in names:
            enclosure.unshare_numbers()
            _serve_in_child(control, enclosure, settings)
        else:
            _serve(control, enclosure, settings)
    finally:
        leftovers.remove(folder)  # for a host that could not do it itself
        leftovers.remove_groups(folder)
    os._exit(0)  # Python's own end takes apart all that was imported, module by module


def _serve_in_child(
    control: socket.socket, enclosure: Enclosure, settings: dict[str, Any]
) -> None:
    parent = os.getpid()
    if pid := os.fork():
        control.close()
        os.waitpid(pid, 0)
        return
    try:
        leftovers.die_with_parent(parent)
        _serve(control, enclosure, settings)
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(0)


def _serve(control: socket.socket, enclosure: Enclosure, settings: dict[str, Any]) -> None:
    # NumPy, among others: after the layers were told, and while all files are still there.
    from autograder.sandbox.guest import server
    from autograder.sandbox.guest.preloading import preload

    enclosure.enter()
    os.environ["MPLBACKEND"] = "agg"  # there is no screen
    preload(settings["preload"])
    leftovers.adopt_orphans()
    server.rehearse()
    gc.collect()
    gc.freeze()  # so that a guest's collections do not copy the pages of what is here
    gc.set_threshold(FEW_COLLECTIONS)
    guests: dict[int, _Kept] = {}
    try:
        while request := _receive(control):
            what, pid, descriptors = request
            if what == FORK:
                _tell_of_fork(control, *_fork(control, guests, descriptors, enclosure))
            elif pid in guests:
                if what == REAP:
                    _wait(pid, REAP_SECONDS)
                control.sendall(ANSWER.pack(DONE, _end(pid, guests, enclosure)))
            else:
                control.sendall(ANSWER.pack(errno.ESRCH, 0))
    except OSError:
        pass  # the host is gone
    finally:
        for pid in tuple(guests):
            _end(pid, guests, enclosure)


@dataclass(frozen=True)
class _Kept:
    """The things that a guest leaves to its zygote."""

    scratch: str
    group: str


def _receive(control: socket.socket) -> tuple[bytes, int, list[int]] | None:
    message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 2)
    if len(message) < REQUEST.size:
        return None
    what, pid = REQUEST.unpack(message)
    return what, pid, descriptors


def _fork(
    control: socket.socket,
    guests: dict[int, _Kept],
    descriptors: list[int],
    enclosure: Enclosure,
) -> tuple[int, int]:
    if enclosure.threads() != 1:
        return TOO_MANY_THREADS, 0
    zygote = os.getpid()
    pid = -1
    try:
        group = enclosure.prepare()
        pid = os.fork()
    except OSError as error:
        return error.errno or errno.EAGAIN, 0
    finally:
        if pid != 0:  # and not by its number: each may be the first of its namespace
            for descriptor in descriptors:
                os.close(descriptor)
    if pid == 0:
        _become_guest(control, descriptors, zygote, enclosure)
    guests[pid] = _Kept(enclosure.scratch, group)
    return DONE, pid


def _tell_of_fork(control: socket.socket, code: int, pid: int) -> None:
    """Answer, and hand over a descriptor by which the host finds the guest's clock.

    The guest's number here means nothing to a host in another PID namespace.
    """
    descriptors = []
    if code == DONE and hasattr(os, "pidfd_open"):
        with contextlib.suppress(OSError):
            descriptors.append(os.pidfd_open(pid))
    try:
        socket.send_fds(control, [ANSWER.pack(code, pid)], descriptors)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _become_guest(
    control: socket.socket, descriptors: list[int], zygote: int, enclosure: Enclosure
) -> NoReturn:
    try:
        from autograder.sandbox.guest import server

        leftovers.die_with_parent(zygote)
        enclosure.settle()
        connection, output = descriptors
        os.dup2(output, 1)
        os.dup2(output, 2)
        if layers.DESCRIPTORS in enclosure.names:
            control.detach()
            if connection != 3:
                os.dup2(connection, 3)
            os.closerange(4, 65_536)
            connection = 3
        server.serve(socket.socket(fileno=connection), enclosure)
    finally:
        os._exit(LOST)


def _wait(pid: int, seconds: float) -> bool:
    """True if `pid` ended by itself within `seconds`; leaves it to be waited for."""
    deadline = time.monotonic() + seconds
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.001)
    return True


def _end(pid: int, guests: dict[int, _Kept], enclosure: Enclosure) -> int:
    """Kill a guest, its session and what it left behind; its wait status."""
    kept = guests.pop(pid)
    for kill in (os.kill, os.killpg):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    # A process that left the guest's session has become this one's child (adopt_orphans).
    leftovers.end_orphans(but=set(guests))
    enclosure.forget(kept.scratch, kept.group)
    return status


if __name__ == "__main__":
    main(sys.argv[1:])
