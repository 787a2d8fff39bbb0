import numpy as np

class Perceptron:
    def __init__(self, eta=0.1, n_iter=10):
        self.eta = eta
        self.n_iter = n_iter

    def net_input(self, data):
        return np.dot(data, self.weights) + self.bias

    def predict(self, data):
        return np.where(self.net_input(data) >= 0.0, 1, -1)

    def fit(self, data, targets):
        self.weights = np.zeros(data.shape[1])
        self.bias = np.zeros(1)
        self.errors = []
        for _ in range(self.n_iter):
            errors = 0
            for xi, target in zip(data, targets):
                update = self.eta * (target - self.predict(xi))
                self.weights += update * xi
                self.bias += update
                errors += np.sum(update != 0.0)
            self.errors.append(errors)
        return self

def squared_error(data, targets, weights, bias):
    return ((targets - np.dot(data, weights) - bias) ** 2).sum() / 2.0

def squared_error_gradient(data, targets, weights, bias):
    delta = np.dot(data, weights) + bias - targets
    return np.dot(data.T, delta), delta.sum()

class Adaline:
    def __init__(self, eta=0.01, n_iter=50):
        self.eta = eta
        self.n_iter = n_iter

    def net_input(self, data):
        return np.dot(data, self.weights) + self.bias

    def activation(self, z):
        return z

    def predict(self, data):
        return np.where(self.activation(self.net_input(data)) >= 0.0, 1, -1)

    def fit(self, data, targets):
        self.weights = np.zeros(data.shape[1])
        self.bias = 0.0
        self.costs = []
        for _ in range(self.n_iter):
            output = self.activation(self.net_input(data))
            errors = targets - output
            self.weights += self.eta * data.T.dot(errors)
            self.bias += self.eta * errors.sum()
            self.costs.append((errors**2).sum() / 2.0)
        return self

class Bowl:
    def __init__(self, curvature, centre):
        self.curvature = np.asarray(curvature, dtype=float)
        self.centre = np.asarray(centre, dtype=float)

    def height(self, w):
        return float(0.5 * np.sum(self.curvature * (w - self.centre) ** 2))

    def gradient(self, w):
        return self.curvature * (w - self.centre)

def gradient_descent(grad, x0, lr, n):
    x = np.copy(x0)
    for _ in range(n):
        x = x - lr * grad(x)
    return x

def minibatches(data, targets, size, seed):
    rng = np.random.default_rng(seed)
    idx = np.arange(data.shape[0])
    rng.shuffle(idx)
    return [(data[idx[k:k + size]], targets[idx[k:k + size]]) for k in range(0, data.shape[0], size)]

def sgd_step(params, grads, eta):
    return params - eta * grads

def momentum_step(params, velocity, grads, eta, momentum=0.9):
    velocity = momentum * velocity + grads
    params = params - eta * velocity
    return params, velocity
