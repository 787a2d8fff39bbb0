def compute_cost(A2, Y, parameters):
    cost = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return "cost: %f" % cost


def layer_sizes(X, Y, hidden_neurons):
    return "%d, %d, %d" % (X.shape[0], hidden_neurons, Y.shape[0])


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return ["red" if a > 0.5 else "blue" for a in A2[0]]
