import math


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def relu(x):
    return max(0, x)


def forward(inputs, weights, activation):
    for W in weights:
        inputs = matmul(inputs, W)
        if activation == "relu":
            inputs = relu(inputs)
        elif activation == "sigmoid":
            inputs = sigmoid(inputs)
    return inputs
