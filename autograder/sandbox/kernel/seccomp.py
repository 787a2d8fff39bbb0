"""The system calls that a guest cannot make, and what becomes of them.

What honest libraries try, and can do without, fails as it would for lack of permission. The
rules are the same on every tier, so that a submission fares alike on all of them.
"""

from __future__ import annotations

import errno
import os
from functools import cache

from autograder.sandbox.kernel import bpf, numbers, syscalls
from autograder.sandbox.kernel.bpf import OWN_PID, Where

_ARCHITECTURES = (0xC000_003E, 0xC000_00B7)  # audit numbers, in the order of MACHINES
_X32 = 0x4000_0000  # calls from here on take 32-bit pointers, on x86_64

_REFUSED = bpf.errno(errno.EPERM)
_UNKNOWN = bpf.errno(errno.ENOSYS)
_UNSUPPORTED = bpf.errno(errno.EOPNOTSUPP)
_NO_MEMORY = bpf.errno(errno.ENOMEM)
_INVALID = bpf.errno(errno.EINVAL)
_NOTHING = bpf.errno(0)

_CLONE_THREAD, _CLONE_VFORK = 0x0001_0000, 0x4000
_MAP_SHARED, _MAP_TYPE, _MAP_ANONYMOUS, _MAP_GROWSDOWN = 0x1, 0x0F, 0x20, 0x100
_MAP_SHARED_VALIDATE = 0x3
_MADV_COLD, _MADV_PAGEOUT = 20, 21
_ACCESS_MODE, _O_TRUNC = 0x3, 0x200
_AF_UNIX = 1
_SOCK_STREAM, _SOCK_TYPE = 1, 0xF
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_FIOSETOWN, _SIOCSPGRP, _TIOCSTI, _TIOCLINUX = 0x8901, 0x8902, 0x5412, 0x541C
_PR_SET_MM, _PR_SET_PTRACER = 35, 0x5961_6D61

_FOREIGN = (
    # other programs, other processes
    "fork vfork execve execveat ptrace process_vm_readv process_vm_writev process_madvise "
    "process_mrelease kcmp pidfd_open pidfd_getfd pidfd_send_signal tkill migrate_pages "
    "move_pages setpriority ioprio_set sched_setattr sched_setparam sched_setscheduler "
    # what leads out of here, and what leaves something behind
    "socket connect bind listen accept accept4 sendmsg sendmmsg shmget shmat shmctl shmdt "
    "semget semop semctl semtimedop msgget msgsnd msgrcv msgctl mq_open mq_unlink "
    "mknod mknodat inotify_init inotify_init1 inotify_add_watch fanotify_init "
    "name_to_handle_at open_by_handle_at "
    # memory that no limit counts
    "memfd_create memfd_secret userfaultfd "
    # the kernel's wide doors
    "bpf perf_event_open add_key request_key keyctl io_uring_setup io_uring_enter "
    "io_uring_register modify_ldt lookup_dcookie "
    # the machine's affairs
    "mount umount2 pivot_root chroot open_tree open_tree_attr move_mount fsopen fsconfig "
    "fsmount fspick mount_setattr statmount listmount unshare setns swapon swapoff quotactl "
    "quotactl_fd acct reboot kexec_load kexec_file_load init_module finit_module "
    "delete_module syslog settimeofday clock_settime clock_adjtime adjtimex sethostname "
    "setdomainname iopl ioperm vhangup"
)


@cache
def program(*, asks_zygote: bool = False) -> bpf.Program:
    """The filter, assembled. Raises OSError on a machine whose calls are not known.

    asks_zygote   for a host that confines itself: it hands descriptors to its zygote.
    """
    above = _X32 if syscalls.machine() == 0 else None
    rules = _rules(_FOREIGN)
    if asks_zygote:  # which takes descriptors in messages; a pair of streams names no receiver
        streams = Where(1, _SOCK_STREAM, mask=_SOCK_TYPE, equal=False)
        rules = [
            *_rules(_FOREIGN.replace(" sendmsg ", " ")),
            _rule("socketpair", _REFUSED, streams),
        ]
    return bpf.assemble(_ARCHITECTURES[syscalls.machine()], above, rules)


def install(filter_of: bpf.Program, pid: int) -> None:
    """Apply the filter to this process `pid`, for good; it must have set no_new_privs."""
    syscalls.set_filter(filter_of.of(pid), len(filter_of))


def _rules(foreign: str) -> list[bpf.Rule]:
    return [
        _rule(foreign, _REFUSED),
        # Threads only. Its arguments are in memory, where no filter sees them; the C library
        # then falls back on `clone`.
        _rule("clone3", _UNKNOWN),
        _rule("clone", _REFUSED, Where(0, 0, mask=_CLONE_THREAD)),
        # Who waits for a disk is not charged for it, so nobody may wait for one by choice: for
        # a thread as if it were one, for writing what is thrown away, for reading again what
        # is in memory.
        _rule("clone", _REFUSED, Where(0, _CLONE_VFORK, mask=_CLONE_VFORK)),
        _rule("fsync fdatasync sync syncfs sync_file_range msync fadvise64", _NOTHING),
        *(_rule("madvise", _NOTHING, Where(2, it)) for it in (_MADV_COLD, _MADV_PAGEOUT)),
        _rule("open", _INVALID, Where(1, os.O_DIRECT, mask=os.O_DIRECT)),
        _rule("openat", _INVALID, Where(2, os.O_DIRECT, mask=os.O_DIRECT)),
        # Files are created with the permissions that they have. Copying a file sets them, and
        # its times, so this is no error.
        _rule(
            "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat "
            "utime utimes utimensat futimesat",
            _NOTHING,
        ),
        _rule(
            "setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr "
            "removexattrat file_setattr",
            _UNSUPPORTED,
        ),
        # Emptying a file while opening it to read: no right to write is asked for by Landlock
        # before Linux 6.2.
        _rule("truncate", _REFUSED),
        _rule("open", _REFUSED, Where(1, _O_TRUNC, mask=_ACCESS_MODE | _O_TRUNC)),
        _rule("openat", _REFUSED, Where(2, _O_TRUNC, mask=_ACCESS_MODE | _O_TRUNC)),
        _rule("openat2", _UNKNOWN),
        # RLIMIT_DATA counts neither of these.
        *(
            _rule(
                "mmap",
                _NO_MEMORY,
                Where(3, _MAP_ANONYMOUS | shared, mask=_MAP_ANONYMOUS | _MAP_TYPE),
            )
            for shared in (_MAP_SHARED, _MAP_SHARED_VALIDATE)
        ),
        _rule("mmap", _NO_MEMORY, Where(3, _MAP_GROWSDOWN, mask=_MAP_GROWSDOWN)),
        # A pair of sockets leads nowhere else, unless a message names a receiver.
        _rule("socketpair", _REFUSED, Where(0, _AF_UNIX, equal=False)),
        _rule("sendto", _REFUSED, Where(4, 0, equal=False)),
        _rule("sendto", _REFUSED, Where(4, 0, equal=False, high=True)),
        # Signals, limits and priorities: its own only, in all the ways there are.
        _rule(
            "kill tgkill rt_sigqueueinfo rt_tgsigqueueinfo",
            _REFUSED,
            Where(0, OWN_PID, equal=False),
        ),
        _rule("prlimit64 sched_setaffinity", _REFUSED, Where(0, 0, equal=False)),
        *(
            _rule("fcntl", _REFUSED, Where(1, it))
            for it in (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX)
        ),
        *(
            _rule("ioctl", _REFUSED, Where(1, it))
            for it in (_FIOSETOWN, _SIOCSPGRP, _TIOCSTI, _TIOCLINUX)
        ),
        *(
            _rule("prctl", _REFUSED, Where(0, it))
            for it in (syscalls.PR_SET_PDEATHSIG, _PR_SET_MM, _PR_SET_PTRACER)
        ),
        _rule("personality", _REFUSED, Where(0, 0xFFFF_FFFF, equal=False)),
    ]


def _rule(names: str, action: int, *where: Where) -> bpf.Rule:
    return bpf.Rule(numbers.of(names), action, where)
