import functools


@functools.lru_cache(maxsize=None)
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def double(x):
    return depth(300) / 150 * x
