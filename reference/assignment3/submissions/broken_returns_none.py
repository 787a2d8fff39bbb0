def sigmoid(x):
    s = 1 / (1 + np.exp(-x))


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = np.dot(dZ2, cache["A1"].T) / m
    print(dW2)
