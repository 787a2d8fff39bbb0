import numpy as np


def layer_sizes(X, Y, hidden_neurons):
    """Return the number of units in each layer: (n_x, n_h, n_y)."""
    raise NotImplementedError("Write layer_sizes")


def initialize_parameters(n_x, n_h, n_y):
    """Return the first parameters: small random weights, and biases of zero."""
    raise NotImplementedError("Write initialize_parameters")


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), element by element."""
    pass


def forward_propagation(X, parameters):
    """Return the network's answers A2, and the cache of everything in between."""


def compute_cost(A2, Y, parameters):
    ...


def backward_propagation(parameters, cache, X, Y):
    return None


def update_parameters(parameters, grads, learning_rate=1.2):
    # Your code here
    raise NotImplementedError


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    raise NotImplementedError("Write nn_model")


def predict(parameters, X):
    raise NotImplementedError("Write predict")
