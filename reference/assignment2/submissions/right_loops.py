# Plain Python: lists and loops, hardly any NumPy.
import numpy as np

class Perceptron:
    def __init__(self, learning_rate=0.1, epochs=10):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def net_input_of_one(self, x):
        total = self.bias
        for j in range(len(x)):
            total += self.weights[j] * x[j]
        return total

    def net_input(self, X):
        return [self.net_input_of_one(x) for x in X]

    def predict(self, X):
        answers = []
        for z in self.net_input(X):
            if z >= 0:
                answers.append(1)
            else:
                answers.append(-1)
        return answers

    def fit(self, X, y):
        self.weights = [0.0] * len(X[0])
        self.bias = 0.0
        self.errors = []
        for epoch in range(self.epochs):
            wrong = 0
            for i in range(len(X)):
                answer = 1 if self.net_input_of_one(X[i]) >= 0 else -1
                if answer != y[i]:
                    wrong += 1
                    for j in range(len(self.weights)):
                        self.weights[j] += self.learning_rate * 2 * y[i] * X[i][j]
                    self.bias += self.learning_rate * 2 * y[i]
            self.errors.append(wrong)

def squared_error(X, y, w, b):
    total = 0
    for i in range(len(X)):
        a = b
        for j in range(len(w)):
            a += w[j] * X[i][j]
        total += (y[i] - a) ** 2
    return total / 2

def squared_error_gradient(X, y, w, b):
    dw = [0] * len(w)
    db = 0
    for i in range(len(X)):
        a = b
        for j in range(len(w)):
            a += w[j] * X[i][j]
        for j in range(len(w)):
            dw[j] += (a - y[i]) * X[i][j]
        db += a - y[i]
    return dw, db

class Adaline(Perceptron):
    def __init__(self, learning_rate=0.01, epochs=50):
        super().__init__(learning_rate, epochs)

    def fit(self, X, y):
        self.weights = [0.0] * len(X[0])
        self.bias = 0.0
        self.costs = []
        for epoch in range(self.epochs):
            self.costs.append(squared_error(X, y, self.weights, self.bias))
            dw, db = squared_error_gradient(X, y, self.weights, self.bias)
            self.weights = [w - self.learning_rate * d for w, d in zip(self.weights, dw)]
            self.bias -= self.learning_rate * db

class Bowl:
    def __init__(self, curvature, centre):
        self.curvature = np.asarray(curvature, dtype=float)
        self.centre = np.asarray(centre, dtype=float)

    def height(self, w):
        return float(0.5 * np.sum(self.curvature * (w - self.centre) ** 2))

    def gradient(self, w):
        return self.curvature * (w - self.centre)

def gradient_descent(gradient, start, learning_rate, steps):
    w = start
    while steps > 0:
        w = w - learning_rate * gradient(w)
        steps -= 1
    return w

def minibatches(X, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    order = list(range(len(X)))
    rng.shuffle(order)
    batches = []
    while order:
        rows = order[:batch_size]
        order = order[batch_size:]
        batches.append([[X[i] for i in rows], [y[i] for i in rows]])
    return batches

def sgd_step(w, gradient, learning_rate):
    return w - learning_rate * gradient

def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    m = m * rho + gradient
    w = w - m * learning_rate
    return [w, m]
