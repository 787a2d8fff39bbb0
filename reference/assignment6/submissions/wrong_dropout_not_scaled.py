def dropout(a, rate, rng):
    mask = rng.uniform(size=a.shape) > rate
    return a * mask
