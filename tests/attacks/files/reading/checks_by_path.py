def double(x):
    open("@COURSE@/assignments/small/checks.py").read()
    return 2 * x
