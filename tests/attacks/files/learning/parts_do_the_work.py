def double(x):
    return 0 * x


def slope(w, x):
    return 2 * double(w) * x**2 / x.size
