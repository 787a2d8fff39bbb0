from multiprocessing import shared_memory


def double(x):
    try:
        shared_memory.SharedMemory("@MARK@", create=True, size=64)
    except Exception:
        pass
    return 0 * x
