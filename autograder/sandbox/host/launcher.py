"""The host's hold on its zygote: start it, have it fork, have it kill."""

from __future__ import annotations

import collections
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from autograder.errors import SandboxFault
from autograder.sandbox import layers, leftovers
from autograder.sandbox.control import ANSWER, DONE, FORK, KILL, LENGTH, LOST, REAP, REQUEST
from autograder.sandbox.host.clock import Clock, clock_of
from autograder.sandbox.layers import SandboxLayer

# On the wall, for what is soon done where the machine is not busy. A zygote that has ended is
# noticed at once.
START_SECONDS = 600.0  # until the first fork: it may import Keras
ANSWER_SECONDS = 120.0

# Not with -I: it would also ignore PYTHONHASHSEED, and the order of a set of strings would
# then change from one grading to the next. The environment is made from nothing anyway.
_OPTIONS = ("-s", "-P", "-B")
_PROGRAM = """
import sys
root = sys.argv[1]
if root not in sys.path:
    sys.path.insert(0, root)
else:
    root = None
from autograder.sandbox.guest import zygote
if root:
    sys.path.remove(root)
zygote.main(sys.argv[2:])
"""
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "HOME": "/",
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "HDF5_USE_FILE_LOCKING": "FALSE",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # One thread each: several guests share the machine, and sums keep their order.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "KERAS_BACKEND": "tensorflow",
    "JOBLIB_MULTIPROCESSING": "0",  # it would warn that it may start no process
}
_KEPT = (
    # Some Pythons do not even start without.
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    # With other kernels than the grader's, the last bits differ: a training over hundreds of
    # steps makes them count.
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "MKL_CBWR",
    "NPY_DISABLE_CPU_FEATURES",
    "NPY_ENABLE_CPU_FEATURES",
)


@dataclass(eq=False)
class Asked:
    """A request to the zygote, whose answer may still be on its way.

    clock   that of the guest which was asked for, where the system has one.
    """

    answer: tuple[int, int] | None = None
    clock: Clock | None = None


class Zygote:
    """One zygote process. Every failure of it is a SandboxFault.

    It answers one request after the other, so that a request may be made long before its
    answer is needed.

    preload   what it imports for its guests; None where only its layers are asked for.
    """

    def __init__(
        self,
        preload: tuple[str, ...] | None,
        *,
        megabytes: int,
        without: frozenset[str],
    ) -> None:
        kept = os.environ if layers.ENVIRONMENT in without else _KEPT
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        # Its guests' folders are in there.
        self.folder = tempfile.mkdtemp(prefix=f"{leftovers.FOLDERS}{os.getpid()}-")
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed in close()
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START_SECONDS)
        self._asked: collections.deque[Asked] = collections.deque()
        root = str(pathlib.Path(__file__).resolve().parents[3])
        settings = {
            "folder": self.folder,
            "preload": preload,
            "megabytes": megabytes,
            "without": sorted(without),
        }
        arguments = [root, str(theirs.fileno()), json.dumps(settings)]
        try:
            self._process = subprocess.Popen(
                [sys.executable, *_OPTIONS, "-c", _PROGRAM, *arguments],
                # Keras writes a file into its home as soon as it is imported.
                env=environment | _ENVIRONMENT | {"KERAS_HOME": self.folder},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C in the terminal is for the host alone
            )
        except OSError as error:
            self._control.close()
            self._errors.close()
            leftovers.remove(self.folder)
            raise SandboxFault(f"The sandbox could not be started: {error}.") from error
        finally:
            theirs.close()

    @cached_property
    def layers(self) -> tuple[SandboxLayer, ...]:
        """The layers that its guests have, and why they have no others."""
        (size,) = LENGTH.unpack(self._receive(LENGTH.size))
        reasons: dict[str, str] = json.loads(self._receive(size))
        return tuple(
            SandboxLayer(name, not reasons.get(name), reasons.get(name) or promise)
            for name, promise in layers.PROMISES.items()
        )

    def fork(self, connection: socket.socket, output: int) -> Asked:
        """Ask for a guest, which will hold its ends of both. The answer is its process id."""
        return self._ask(FORK, 0, [connection.fileno(), output])

    def end(self, pid: int, *, patiently: bool = False) -> Asked:
        """Ask to kill a guest and all that it started. The answer is its wait status.

        patiently   give it a moment to end by itself, when it seems to be on its way.
        """
        return self._ask(REAP if patiently else KILL, pid)

    def answer(self, asked: Asked) -> int:
        """Wait for the answer to a request."""
        self.layers  # noqa: B018  said before any answer
        while asked.answer is None:
            answer, clock = self._received_answer()
            self._control.settimeout(ANSWER_SECONDS)
            first = self._asked.popleft()
            first.answer, first.clock = ANSWER.unpack(answer), clock
        code, result = asked.answer
        if code > DONE:
            raise self._fault(os.strerror(code))
        if code < DONE:
            raise self._fault("an imported library started threads, so it must not fork")
        return result

    def close(self) -> None:
        """End the zygote and its guests."""
        with contextlib.suppress(OSError):  # shutdown reaches copies that a fork has made
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(PermissionError):  # where this process confines itself
                self._process.kill()
            self._process.wait()
        self._errors.close()
        leftovers.remove(self.folder)
        leftovers.remove_groups(self.folder)

    def _receive(self, size: int) -> bytes:
        try:
            received = self._control.recv(size, socket.MSG_WAITALL)
        except OSError as error:
            raise self._fault(str(error)) from error
        return self._whole(received, size)

    def _received_answer(self) -> tuple[bytes, Clock | None]:
        """An answer, and the clock of the process that it tells of."""
        size = ANSWER.size
        try:
            received, descriptors, _, _ = socket.recv_fds(
                self._control, size, 1, socket.MSG_WAITALL
            )
        except OSError as error:
            raise self._fault(str(error)) from error
        clock = None
        for descriptor in descriptors:
            clock = clock_of(descriptor)
            os.close(descriptor)
        return self._whole(received, size), clock

    def _whole(self, received: bytes, size: int) -> bytes:
        if len(received) < size:
            raise self._fault("its process ended")
        return received

    def _ask(self, what: bytes, pid: int, descriptors: Sequence[int] = ()) -> Asked:
        try:
            socket.send_fds(self._control, [REQUEST.pack(what, pid)], descriptors)
        except OSError as error:
            raise self._fault(str(error)) from error
        self._asked.append(Asked())
        return self._asked[-1]

    def _fault(self, why: str) -> SandboxFault:
        with contextlib.suppress(OSError, ValueError):
            self._errors.seek(0)
            told = self._errors.read(65_536).decode("utf-8", "replace").strip()
            if told:
                last = told.splitlines()[-1][:300]
                if last.startswith("ModuleNotFoundError: No module named "):
                    return _not_installed(last.split("'")[1])
                why = f"{why}; it said: {last}"
        return SandboxFault(f"The sandbox failed: {why}.")


def _not_installed(name: str) -> SandboxFault:
    return SandboxFault(
        f"This assignment needs {name}, which is not installed here.",
        hint=f"Install {name} for {sys.executable}, and run the command again.",
    )


def how_it_ended(status: int) -> str:
    """A guest's wait status in words that follow on "Python itself ended:"."""
    code = os.waitstatus_to_exitcode(status)
    if code == LOST:
        return "it closed its connection to the grader"
    if code >= 0:
        return f"it ended its own process with os._exit({code})"
    known = {
        # An abort of the first process in a PID namespace ends in a segmentation fault.
        signal.SIGSEGV: "a library crashed or aborted",
        signal.SIGABRT: "a library crashed or aborted",
        signal.SIGBUS: "bus error",
        signal.SIGFPE: "arithmetic error in a library",
        signal.SIGILL: "illegal instruction",
        signal.SIGKILL: "it was killed",
        signal.SIGXCPU: "it used more processor time than it may",
        signal.SIGSYS: "it called the system in a manner that is not allowed",
    }
    return f"{known.get(signal.Signals(-code), 'it was ended')} (signal {-code})"
