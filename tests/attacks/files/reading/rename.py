import os


def double(x):
    os.rename("@COURSE@/reference/small/solution.py", "@COURSE@/reference/small/@MARK@.py")
    os.rename("@COURSE@/reference/small/@MARK@.py", "@COURSE@/reference/small/solution.py")
    return 2 * x
