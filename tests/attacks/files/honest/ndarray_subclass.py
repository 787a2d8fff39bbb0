class Tensor(np.ndarray):
    """An array with a gradient."""

    grad = None


def double(x):
    return 2 * x.view(Tensor)


def slope(w, x):
    return np.asmatrix(2 * w * x**2 / x.size).A1
