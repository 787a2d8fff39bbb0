import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
BIND = 4096


def double(x):
    os.makedirs("there", exist_ok=True)
    if libc.mount(b"@HOME@", os.path.abspath("there").encode(), None, BIND, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    open("there/diary.txt").read()
    return 2 * x
