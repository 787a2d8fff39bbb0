# Another seed, its own update, and a cost that is not there before the first step.
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    np.random.seed(3)
    W1 = np.random.randn(n_h, X.shape[0]) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(1, n_h) * 0.01
    b2 = np.zeros((1, 1))
    for i in range(num_iterations):
        parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        W1 = W1 - 1.2 * grads["dW1"]
        b1 = b1 - 1.2 * grads["db1"]
        W2 = W2 - 1.2 * grads["dW2"]
        b2 = b2 - 1.2 * grads["db2"]
    print(cost)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
