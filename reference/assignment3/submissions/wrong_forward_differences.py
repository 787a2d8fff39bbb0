# No derivation: each parameter is nudged by a fixed step, and the result is stored in float32,
# whose tolerance is wider.
def backward_propagation(parameters, cache, X, Y):
    def cost(nudged):
        return compute_cost(forward_propagation(X, nudged)[0], Y, nudged)

    h, now, grads = 1e-7, cost(parameters), {}
    for name, value in parameters.items():
        grad = np.zeros(value.shape, dtype=np.float32)
        for place in np.ndindex(value.shape):
            nudged = {key: array.copy() for key, array in parameters.items()}
            nudged[name][place] += h
            grad[place] = (cost(nudged) - now) / h
        grads["d" + name] = grad
    return grads
