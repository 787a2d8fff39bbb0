def backward_propagation(parameters, cache, X, Y, verbose=False):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - cache["A1"] ** 2)
    return {
        "dZ1": dZ1,
        "dZ2": dZ2,
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.mean(axis=1, keepdims=True),
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": dZ2.mean(axis=1, keepdims=True),
    }


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False, learning_rate=1.2):
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    costs = []
    for _ in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y, parameters))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    parameters["costs"] = costs
    return parameters


def predict(parameters, X, threshold=0.5):
    return forward_propagation(X, parameters)[0] > threshold
