import ctypes
import os

ATTACH = 16
libc = ctypes.CDLL(None, use_errno=True)


def double(x):
    for process in (int("@PID@"), os.getppid()):
        if process and libc.ptrace(ATTACH, process, 0, 0) == 0:
            return 2 * x
    raise OSError(ctypes.get_errno(), "ptrace")
