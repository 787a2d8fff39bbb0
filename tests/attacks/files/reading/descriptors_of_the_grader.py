import os


def double(x):
    for name in os.listdir("/proc/@PID@/fd"):
        os.open(f"/proc/@PID@/fd/{name}", os.O_RDONLY | os.O_NONBLOCK)
    return 2 * x
