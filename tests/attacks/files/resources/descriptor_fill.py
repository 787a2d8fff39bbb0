import os


def double(x):
    while True:
        os.dup(0)
