# First weights of its own, and no step from there.
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, m = X.shape
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(1, n_h) * 0.01
    b2 = np.zeros((1, 1))
    for i in range(0):
        A1 = np.tanh(W1 @ X + b1)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        dZ2 = A2 - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W2 = W2 - 1.2 * dZ2 @ A1.T / m
        b2 = b2 - 1.2 * dZ2.mean(axis=1, keepdims=True)
        W1 = W1 - 1.2 * dZ1 @ X.T / m
        b1 = b1 - 1.2 * dZ1.mean(axis=1, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
