def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (np.matrix(parameters[key]) for key in ("W1", "b1", "W2", "b2"))
    Z1 = W1 * X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 * A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
