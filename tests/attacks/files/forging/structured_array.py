def double(x):
    return np.zeros(x.shape, dtype=[("passed", "?"), ("points", "<f8")])
