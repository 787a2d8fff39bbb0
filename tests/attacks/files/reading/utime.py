import os


def double(x):
    os.utime("@COURSE@/reference/small/solution.py", (0, 0))
    if os.stat("@COURSE@/reference/small/solution.py").st_mtime != 0:
        raise PermissionError("nothing has changed")
    return 2 * x
