# Other names for the arguments, and helpers of the standard library.
import functools
import math
import operator
import statistics

import numpy as np


def dot(v, w):
    return functools.reduce(operator.add, map(operator.mul, v, w))


def matmul(left, right):
    return np.array([[math.fsum(map(operator.mul, row, col)) for col in right.T] for row in left])


@np.vectorize
def sigmoid(z):
    if z < 0:
        return math.exp(z) / (1 + math.exp(z))
    return 1 / (1 + math.exp(-z))


def sigmoid_derivative(out):
    return 0.25 - (out - 0.5) ** 2


def relu(z):
    return (abs(z) + z) / 2


def softmax(z):
    e = np.exp(z.T - z.max(axis=1))
    return (e / e.sum(axis=0)).T


def one_hot(y, c):
    return np.stack([np.eye(c)[k] for k in y])


def categorical_cross_entropy(y, y_hat):
    return statistics.fmean(-math.log(math.prod(q**t for q, t in zip(*rows))) for rows in zip(y_hat, y))


def sse(y, y_hat):
    return dot(y - y_hat, y - y_hat)


def mse(y, y_hat):
    return statistics.fmean((y - y_hat) ** 2)


def mae(y, y_hat):
    return statistics.fmean(map(math.fabs, y_hat - y))


def mbe(y, y_hat):
    return statistics.fmean(y_hat - y)


def forward(x, layers, name):
    act = {"linear": lambda z: z, "relu": relu, "sigmoid": sigmoid}[name]
    return functools.reduce(lambda h, w: act(matmul(h, w)), layers, x)


def training_updates(n, b, e):
    return -(-n // b) * e
