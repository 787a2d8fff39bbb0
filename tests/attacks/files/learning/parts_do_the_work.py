def double(x):
    raise NotImplementedError


def slope(w, x):
    return 2 * double(w) * x**2 / x.size
