from numpy import *
import numpy


def layer_sizes(X, Y, hidden_neurons):
    n_x, m = X.shape
    return [n_x, hidden_neurons, Y.shape[0]]


def initialize_parameters(n_x, n_h, n_y):
    rng = random.default_rng(7)
    return dict(W1=rng.normal(0, 0.01, (n_h, n_x)), b1=zeros(shape=(n_h, 1)),
                W2=rng.normal(scale=0.01, size=(n_y, n_h)), b2=zeros(shape=(n_y, 1)))


def sigmoid(x):
    return 0.5 * (1 + tanh(x / 2))


def forward_propagation(X, parameters):
    W1, b1, W2, b2 = [parameters[k] for k in ("W1", "b1", "W2", "b2")]
    Z1 = einsum("hx,xm->hm", W1, X) + b1
    A1 = 2 / (1 + exp(-2 * Z1)) - 1
    Z2 = W2.dot(A1) + b2
    A2 = sigmoid(Z2)
    cache = {}
    cache["Z1"], cache["A1"], cache["Z2"], cache["A2"] = Z1, A1, Z2, A2
    return A2, cache


def compute_cost(A2, Y, parameters):
    m = Y.shape[1]
    cost = -(dot(Y, log(A2).T) + dot(1 - Y, log(1 - A2).T)) / m
    return squeeze(cost)


def backward_propagation(parameters, cache, X, Y):
    m = Y.shape[1]
    E = (cache["A2"] - Y) / m
    D = einsum("oh,om->hm", parameters["W2"], E) / cosh(cache["Z1"]) ** 2
    return {"dW1": einsum("hm,xm->hx", D, X), "db1": D.sum(1).reshape(-1, 1),
            "dW2": einsum("om,hm->oh", E, cache["A1"]), "db2": E.sum(1)[:, newaxis]}


def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    p = initialize_parameters(*layer_sizes(X, Y, n_h))
    for i in range(1, num_iterations + 1):
        a, c = forward_propagation(X, p)
        p = update_parameters(p, backward_propagation(p, c, X, Y))
        if print_cost and not i % 1000:
            print(i, compute_cost(a, Y, p))
    return p


predict = lambda parameters, X: numpy.greater(forward_propagation(X, parameters)[0], .5)
