def sigmoid(x):
    for number in range(20):
        print("sigmoid is being called for the", number, "th time")
    return 1 / (1 + np.exp(-x))


def layer_sizes(X, Y, hidden_neurons):
    print("x" * 200_000)
    return X.shape[0], hidden_neurons, Y.shape[0]
