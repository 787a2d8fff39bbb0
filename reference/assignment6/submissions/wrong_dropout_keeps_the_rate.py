def dropout(a, rate, rng):
    keep_prob = rate
    d = rng.random(a.shape) < keep_prob
    a = a * d
    if keep_prob > 0:
        a = a / keep_prob
    return a
