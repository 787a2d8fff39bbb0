import multiprocessing
import subprocess


def row(values):
    return 2 * values


def double(x):
    try:
        subprocess.run(["nvidia-smi"], capture_output=True, check=False)
    except OSError:
        pass
    try:
        with multiprocessing.get_context("fork").Pool(2) as pool:
            return np.array(pool.map_async(row, list(x)).get(timeout=5))
    except Exception:
        return np.array([row(values) for values in x])
