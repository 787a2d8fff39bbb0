def layer_sizes(X, Y, hidden_neurons):
    return X.shape[1], hidden_neurons, Y.shape[0]
