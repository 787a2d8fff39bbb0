"""The self-test's submission: each function tries to break one promise of the sandbox.

It returns what it got when it got through, and raises otherwise. This file is read as the
source of a submission, and never imported: `selftest` sends it to guests.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import threading
import time


def answer() -> int:
    """No attack at all."""
    return 42


def loop() -> None:
    """Never return."""
    while True:
        pass


def crash() -> None:
    """End the process from within a library."""
    ctypes.string_at(0)


def flood(characters: int) -> str:
    """Print without an end in sight."""
    print("x" * characters)
    return "printed it all"


def hoard(size: int) -> int:
    """Take more memory than is allowed."""
    return len(bytearray(size))


def read_environment(name: str) -> str:
    """Read a variable of the grader's environment."""
    return os.environ[name]


def find_descriptor() -> str:
    """Find an open file, pipe or socket besides one's own four."""
    for number in range(4, 256):
        try:
            os.fstat(number)
        except OSError:
            continue
        return f"descriptor {number}"
    raise LookupError("none is open")


def read_file(path: str) -> str:
    """Read a file of the grader's."""
    with open(path) as file:
        return file.read()


def find_file(path: str) -> str:
    """Find out whether there is a file, and how large it is."""
    return f"{os.stat(path).st_size} bytes"


def change_file(path: str) -> str:
    """Change a file of the grader's; `open` would write to a scratch folder in its place."""
    os.write(os.open(path, os.O_WRONLY | os.O_APPEND), b"changed")
    return "it is changed"


def find_process(pid: int) -> str:
    """Send a process a signal that only asks whether it is there."""
    os.kill(pid, 0)
    return f"process {pid}"


def connect(port: int) -> str:
    """Reach a server on this machine."""
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return "connected"


def share_memory(key: int) -> str:
    """Find a segment of shared memory by its key."""
    found: int = ctypes.CDLL(None).shmget(key, 0, 0)
    if found < 0:
        raise LookupError("no such segment")
    return "found it"


def name_host(hidden: str) -> str:
    """Learn the machine's name."""
    name = os.uname().nodename
    if name == hidden:
        raise LookupError("it says nothing")
    return name


def use_privilege() -> str:
    """Give the machine a name, though it be its own: nobody but root may."""
    socket.sethostname(os.uname().nodename)
    return "named the machine"


def start_process() -> str:
    """Start another process."""
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "started one"


def start_program() -> str:
    """Become another program."""
    os.execv("/proc/self/exe", ["python", "--version"])
    return "never gets here"


def start_threads(count: int) -> int:
    """Start more threads than are allowed."""
    threading.stack_size(1 << 16)
    wait = threading.Event()
    try:
        for _ in range(count):
            threading.Thread(target=wait.wait, daemon=True).start()
    finally:
        wait.set()
    return count


def write_large_file(size: int) -> int:
    """Write a file of this size into the scratch space."""
    with open("large", "wb") as file:
        for _ in range(0, size, 1 << 20):
            file.write(bytes(1 << 20))
    return size


def write_many_files(count: int) -> int:
    """Write that many files into the scratch space."""
    for number in range(count):
        os.close(os.open(f"file{number}", os.O_CREAT | os.O_WRONLY))
    return count


def end_group() -> None:
    """End every process of this one's group, at once and in spite of its namespace."""
    os.kill(0, signal.SIGKILL)
    time.sleep(0.3)
