import os
import signal
import time


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        time.sleep(1)
