def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X.T) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parametres["W1"] - learning_rate * grads["dW1"]
    return {"W1": W1}
