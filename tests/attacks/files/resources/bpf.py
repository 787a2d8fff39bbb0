import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
BPF = {"x86_64": 321, "aarch64": 280}


def double(x):
    attributes = (ctypes.c_uint32 * 20)(2, 4, 4, 1)  # an array of one element
    if libc.syscall(BPF[platform.machine()], 0, attributes, 80) < 0:
        raise OSError(ctypes.get_errno(), "bpf")
    return 2 * x
