# Three typical mistakes: the sigmoid's derivative for tanh's, a sum for a mean, and a loop
# which starts at 1.
import numpy as np

def layer_sizes(X, Y, hidden_neurons):
    return X.shape[0], hidden_neurons, Y.shape[0]

def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    w1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    w2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": w1, "b1": b1, "W2": w2, "b2": b2}

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def forward_propagation(X, parameters):
    z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    a1 = np.tanh(z1)
    z2 = np.dot(parameters["W2"], a1) + parameters["b2"]
    a2 = sigmoid(z2)
    return a2, {"Z1": z1, "A1": a1, "Z2": z2, "A2": a2}

def compute_cost(a2, Y, parameters):
    return -np.sum(Y * np.log(a2) + (1 - Y) * np.log(1 - a2))

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dz2 = cache["A2"] - Y
    dw2 = np.dot(dz2, cache["A1"].T) / m
    db2 = np.sum(dz2, axis=1, keepdims=True) / m
    dz1 = np.dot(parameters["W2"].T, dz2) * cache["A1"] * (1 - cache["A1"])
    dw1 = np.dot(dz1, X.T) / m
    db1 = np.sum(dz1, axis=1, keepdims=True) / m
    return {"dW1": dw1, "db1": db1, "dW2": dw2, "db2": db2}

def update_parameters(parameters, grads, learning_rate=1.2):
    w1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    w2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return {"W1": w1, "b1": b1, "W2": w2, "b2": b2}

def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, n_h, n_y = layer_sizes(X, Y, n_h)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(1, num_iterations):
        a2, cache = forward_propagation(X, parameters)
        cost = compute_cost(a2, Y, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        if print_cost and i % 1000 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    return parameters

def predict(parameters, X):
    a2, cache = forward_propagation(X, parameters)
    return a2 > 0.5
