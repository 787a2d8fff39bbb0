import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = {"x86_64": 323, "aarch64": 282}


def double(x):
    if libc.syscall(USERFAULTFD[platform.machine()], 1) < 0:
        raise OSError(ctypes.get_errno(), "userfaultfd")
    return 2 * x
