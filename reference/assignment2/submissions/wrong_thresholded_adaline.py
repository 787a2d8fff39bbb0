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
            self.costs.append(squared_error(X, y, self.weights, self.bias))
            errors = y - self.predict(X)
            self.weights += self.learning_rate * X.T @ errors
            self.bias += self.learning_rate * errors.sum()
        return self
