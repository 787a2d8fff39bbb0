class Perceptron:
    def __init__(self, learning_rate=0.1, epochs=10):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def net_input(self, X):
        return X @ self.weights + self.bias

    def predict(self, X):
        return np.where(self.net_input(X) >= 0, 1, -1)

    def fit(self, X, y):
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        self.errors = []
        for _ in range(self.epochs):
            mistakes = 0
            for x, label in zip(X, y):
                step = self.learning_rate * (label - self.predict(x))
                self.weights += step * x
                self.bias += step
                mistakes += int(step != 0)
            self.errors.append(mistakes)
        return self.errors


class Adaline:
    def __init__(self, learning_rate=0.01, epochs=50):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def net_input(self, X):
        return X @ self.weights + self.bias

    def predict(self, X):
        return np.where(self.net_input(X) >= 0, 1, -1)

    def fit(self, X, y):
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        self.costs = []
        for _ in range(self.epochs):
            errors = y - self.net_input(X)
            self.costs.append(0.5 * np.sum(errors**2))
            self.weights = self.weights + self.learning_rate * X.T @ errors
            self.bias = self.bias + self.learning_rate * np.sum(errors)
        return self.weights, self.bias
