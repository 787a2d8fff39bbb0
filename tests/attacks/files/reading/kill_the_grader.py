import os


def double(x):
    os.kill(int("@PID@"), 9)
    return 2 * x
