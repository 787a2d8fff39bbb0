# A student who has just begun: four functions, the rest as it was handed out.
import numpy as np


def dot(a, b):
    return np.dot(a, b)


def matmul(A, B):
    return np.matmul(A, B)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(y):
    return y * (1 - y)


def relu(x):
    raise NotImplementedError("Write relu")


def softmax(scores):
    raise NotImplementedError("Write softmax")


def one_hot(labels, num_classes):
    pass


def categorical_cross_entropy(targets, predictions):
    ...


def sse(targets, predictions):
    """Later."""


def mse(targets, predictions):
    return None


def mae(targets, predictions):
    raise NotImplementedError


def mbe(targets, predictions):
    raise NotImplementedError


def forward(inputs, weights, activation):
    raise NotImplementedError("Write forward")


def training_updates(samples, batch_size, epochs):
    raise NotImplementedError("Write training_updates")
