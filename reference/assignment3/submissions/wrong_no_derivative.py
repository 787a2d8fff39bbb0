def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    error = cache["A2"] - Y
    hidden = parameters["W2"].T @ error
    return {
        "dW1": hidden @ X.T / m,
        "db1": hidden.sum(axis=1, keepdims=True) / m,
        "dW2": error @ cache["A1"].T / m,
        "db2": error.sum(axis=1, keepdims=True) / m,
    }
