"""The confinement of one zygote's guests: what it does before it forks, and each guest after.

What can be done once is done by the zygote: its namespaces and its small root folder, which
guests inherit, and the filter's program. The rest takes a guest one or two milliseconds.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile

from autograder.sandbox import layers, leftovers
from autograder.sandbox.kernel import (
    bpf,
    cgroups,
    landlock,
    namespaces,
    seccomp,
    syscalls,
    view,
)

if sys.platform != "win32":
    import resource  # here and not in `confine`, so that it is done before the fork

LINUX = sys.platform == "linux"
FILE_BYTES = 64 << 20
OPEN_FILES = 256
SCRATCH_MEGABYTES = 256
SCRATCH_INODES = 4096
TASKS = 512  # threads; libraries start as many as there are processors
# Beyond the limit on memory, which counts what is asked for: copies of the zygote's pages,
# and files in the scratch space. A control group counts what is used.
GROUP_MEGABYTES = 512 + SCRATCH_MEGABYTES

_UNSHARED_ONCE = {
    layers.NETWORK: syscalls.CLONE_NEWNET,
    layers.IPC: syscalls.CLONE_NEWIPC,
    layers.HOST_NAME: syscalls.CLONE_NEWUTS,
    layers.ROOT: syscalls.CLONE_NEWNS,
    layers.SCRATCH: syscalls.CLONE_NEWNS,
}


class Enclosure:
    """The layers by name (`layers`), for a zygote with this folder and its guests.

    Used in this order: `unshare_numbers` by the zygote's parent; `enter` by the zygote; for
    each guest, `prepare` by the zygote, `settle` and `confine` by the guest, and `forget` by
    the zygote, when it has gone.
    """

    def __init__(self, names: frozenset[str], folder: str, megabytes: int) -> None:
        self.names = names
        self.scratch = ""
        self._folder = folder
        self._megabytes = megabytes
        self._data_bytes = 0
        self._group = ""
        self._groups: cgroups.ControlGroups | None = None
        self._filter: bpf.Program | None = None
        self._readable: tuple[str, ...] = ()
        self._tasks = self._status = self._own_numbers = -1

    def unshare_numbers(self) -> None:
        """Let the next child, which will be the zygote, be the first of a PID namespace."""
        namespaces.unshare(syscalls.CLONE_NEWPID)

    def enter(self) -> None:
        """Make this process, the zygote, what its guests shall inherit. Raises OSError."""
        if LINUX:
            self._keep_open()
            self._readable = view.readable()
            if layers.GROUP in self.names:
                self._groups = cgroups.ControlGroups(os.path.basename(self._folder))
            if layers.SECCOMP in self.names:
                self._filter = seccomp.program()
        flags = 0
        for name in self.names & _UNSHARED_ONCE.keys():
            flags |= _UNSHARED_ONCE[name]
        if flags:
            namespaces.unshare(flags)
        if layers.HOST_NAME in self.names:
            namespaces.rename_host()
        if flags & syscalls.CLONE_NEWNS:
            namespaces.keep_mounts_private()
        if layers.ROOT in self.names:
            namespaces.enter_small_root(self._folder, self._readable)
            # Libraries write into their homes when they are imported.
            self._folder = namespaces.SCRATCH
            namespaces.mount_scratch(self._folder, SCRATCH_MEGABYTES)
            os.environ["KERAS_HOME"] = os.environ["TMPDIR"] = self._folder

    def threads(self) -> int:
        """The number of threads of the zygote, where the kernel tells, else 1."""
        return len(os.listdir(self._tasks)) if self._tasks >= 0 else 1

    def prepare(self) -> str:
        """Make room for the guest that is forked next; its control group, if any.

        Raises OSError.
        """
        if layers.SCRATCH in self.names:
            self.scratch = self._folder  # where each guest mounts its own
        else:
            self.scratch = tempfile.mkdtemp(dir=self._folder)
        self._data_bytes = self._own_data_bytes()
        if self._groups is not None:
            megabytes = self._megabytes + GROUP_MEGABYTES
            self._group = self._groups.take(megabytes=megabytes, tasks=TASKS)
        if layers.PROCESSES in self.names:
            syscalls.setns(self._own_numbers, syscalls.CLONE_NEWPID)
            syscalls.unshare(syscalls.CLONE_NEWPID)
        return self._group

    def settle(self) -> None:
        """In the guest, as long as it has the zygote's descriptors. Raises OSError."""
        if layers.SESSION in self.names:
            os.setsid()
        if self._groups is not None:
            self._groups.enter(self._group)

    def confine(self, *, megabytes: int, cpu_seconds: int) -> None:
        """Apply every other layer to this process, a guest. Raises OSError.

        megabytes     what it may allocate beyond what it inherited.
        cpu_seconds   processor time, over its whole life; the grader's clock is stricter.
        """
        if layers.SCRATCH in self.names:
            syscalls.unshare(syscalls.CLONE_NEWNS)
            namespaces.mount_scratch(self.scratch, SCRATCH_MEGABYTES, SCRATCH_INODES)
        os.chdir(self.scratch)
        self._limit(megabytes, cpu_seconds)
        if layers.CAPABILITIES in self.names:
            syscalls.drop_capabilities()
        if self.names & {layers.CAPABILITIES, layers.LANDLOCK, layers.SECCOMP}:
            syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
        if layers.LANDLOCK in self.names:
            read = (*self._readable, *view.DEVICES, *view.MACHINE, *view.OWN)
            landlock.restrict(landlock.Grants(read, (self.scratch, os.devnull)))
        if self._filter is not None:
            seccomp.install(self._filter, os.getpid())

    def forget(self, scratch: str, group: str) -> None:
        """The guest that had this folder and this control group is gone."""
        if layers.SCRATCH not in self.names:
            leftovers.remove(scratch)
        if self._groups is not None:
            self._groups.give_back(group)

    def _keep_open(self) -> None:
        """Hold on to what has no name in a small root: the zygote's own /proc."""
        with contextlib.suppress(OSError):
            self._tasks = os.open("/proc/self/task", os.O_RDONLY)
            self._status = os.open("/proc/self/status", os.O_RDONLY)
            self._own_numbers = os.open("/proc/self/ns/pid", os.O_RDONLY)

    def _own_data_bytes(self) -> int:
        if self._status < 0:
            return 0
        _, _, rest = os.pread(self._status, 4096, 0).partition(b"VmData:")
        return int(rest.split()[0]) << 10

    def _limit(self, megabytes: int, cpu_seconds: int) -> None:
        limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: cpu_seconds}
        if layers.FILES in self.names:
            limits[resource.RLIMIT_FSIZE] = FILE_BYTES
            limits[resource.RLIMIT_NOFILE] = OPEN_FILES
        if layers.MEMORY in self.names:
            limits[resource.RLIMIT_DATA] = self._data_bytes + (megabytes << 20)
        for what, amount in limits.items():
            _, hard = resource.getrlimit(what)
            if hard != resource.RLIM_INFINITY:
                amount = min(amount, hard)
            resource.setrlimit(what, (amount, amount))
