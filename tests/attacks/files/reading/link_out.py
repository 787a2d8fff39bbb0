import os


def double(x):
    if not os.path.lexists("out"):
        os.symlink("@HOME@", "out")
    open("out/diary.txt").read()
    return 2 * x
