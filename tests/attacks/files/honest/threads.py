from concurrent.futures import ThreadPoolExecutor
import threading


def double(x):
    with ThreadPoolExecutor(4) as pool:
        return np.array(list(pool.map(lambda row: 2 * row, x)))


def total(x):
    found = []
    thread = threading.Thread(target=lambda: found.append(float(np.sum(double(x[None])))))
    thread.start()
    thread.join()
    return found[0]
