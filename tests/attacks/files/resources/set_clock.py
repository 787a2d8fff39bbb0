import time


def double(x):
    time.clock_settime(time.CLOCK_REALTIME, time.time())
    return 2 * x
