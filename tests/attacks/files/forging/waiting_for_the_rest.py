import os
import time


def double(x):
    os.write(3, b"\x40\0\0\0\0\0\0\0half a header")
    time.sleep(60)
