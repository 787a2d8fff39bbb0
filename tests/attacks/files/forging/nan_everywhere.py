def double(x):
    return np.full_like(x, np.nan)


def total(x):
    return float("nan")
