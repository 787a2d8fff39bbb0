def slope(w, x):
    """Right to about five digits, where a derivation is right to fifteen."""
    h, found = 1e-4, np.zeros_like(w)
    cost = lambda w: float(np.mean((w * x) ** 2) + 0 * h)
    for i in range(w.size):
        step = np.zeros_like(w)
        step[i] = h
        found[i] = (cost(w + step) - cost(w)) / h
    return found
