import ctypes

libc = ctypes.CDLL(None, use_errno=True)
PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}


def double(x):
    import platform

    attributes = (ctypes.c_uint32 * 32)(0, 128)
    found = libc.syscall(PERF_EVENT_OPEN[platform.machine()], attributes, 0, -1, -1, 0)
    if found < 0:
        raise OSError(ctypes.get_errno(), "perf_event_open")
    return 2 * x
