import os


def double(x):
    open("../" * 40 + "@HOME@/diary.txt".lstrip("/")).read()
    return 2 * x
