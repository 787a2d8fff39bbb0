import os


def double(x):
    """Writes past Python, and leaves the pipe full."""
    os.set_blocking(1, False)
    for _ in range(10_000):
        try:
            os.write(1, b"y" * 60_000)
        except BlockingIOError:
            pass
    return 0 * x
