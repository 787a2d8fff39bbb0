import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def double(x):
    parameters = ctypes.create_string_buffer(120)
    if libc.syscall(425, 8, parameters) < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    return 2 * x
