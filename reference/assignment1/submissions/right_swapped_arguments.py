# The task's names for the arguments, in the order of another library.
def categorical_cross_entropy(predictions, targets):
    return -np.mean(np.sum(targets * np.log(predictions), axis=1))


def mbe(predictions, targets):
    return np.mean(predictions - targets)


def forward(inputs, activation, weights):
    for W in weights:
        inputs = inputs @ W
        if activation == "sigmoid":
            inputs = sigmoid(inputs)
        elif activation == "relu":
            inputs = relu(inputs)
    return inputs
