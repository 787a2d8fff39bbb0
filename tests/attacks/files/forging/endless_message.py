class Odd(Exception):
    def __str__(self):
        while True:
            pass


def double(x):
    raise Odd
