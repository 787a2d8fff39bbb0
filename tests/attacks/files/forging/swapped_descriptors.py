import os


def double(x):
    os.dup2(1, 3)
    return 2 * x
