def double(x):
    return np.broadcast_to(0.0, (10**6, 10**6))
