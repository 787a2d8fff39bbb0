def double(x):
    return np.zeros((1, 1))
