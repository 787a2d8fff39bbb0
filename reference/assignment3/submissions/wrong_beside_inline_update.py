# The derivative is wrong; the training that draws and updates by itself is not.
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2, A1, A2 = parameters["W2"], cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = W2.T @ dZ2 * (1 - A1)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.mean(axis=1, keepdims=True),
        "dW2": dZ2 @ A1.T / m,
        "db2": dZ2.mean(axis=1, keepdims=True),
    }


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    W1, b1 = np.random.randn(n_h, X.shape[0]) * 0.01, np.zeros((n_h, 1))
    W2, b2 = np.random.randn(1, n_h) * 0.01, np.zeros((1, 1))
    for i in range(num_iterations):
        parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        W1 = W1 - 1.2 * grads["dW1"]
        b1 = b1 - 1.2 * grads["db1"]
        W2 = W2 - 1.2 * grads["dW2"]
        b2 = b2 - 1.2 * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
