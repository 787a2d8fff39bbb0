# One bracket is missing; everything around it counts.
import numpy as np


def dot(a, b):
    return a @ b


def matmul(A, B):
    return A @ B


def sigmoid(x):
    return 1 / (1 + np.exp(-x)


def sigmoid_derivative(y):
    return y * (1 - y)


def relu(x):
    return np.maximum(x, 0)


def softmax(scores):
    e = np.exp(scores - scores.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def one_hot(labels, num_classes):
    return np.eye(num_classes)[labels]


def categorical_cross_entropy(targets, predictions):
    return -np.sum(targets * np.log(predictions)) / len(targets)


def sse(targets, predictions):
    return np.sum((targets - predictions) ** 2)


def mse(targets, predictions):
    return np.mean((targets - predictions) ** 2)


def mae(targets, predictions):
    return np.mean(np.abs(targets - predictions))


def mbe(targets, predictions):
    return np.mean(predictions - targets)


def forward(inputs, weights, activation):
    for W in weights:
        inputs = inputs @ W
        if activation == "relu":
            inputs = relu(inputs)
        elif activation == "sigmoid":
            inputs = sigmoid(inputs)
    return inputs


def training_updates(samples, batch_size, epochs):
    return -(-samples // batch_size) * epochs
