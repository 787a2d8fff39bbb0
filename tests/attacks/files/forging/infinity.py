def double(x):
    return np.full_like(x, np.inf)
