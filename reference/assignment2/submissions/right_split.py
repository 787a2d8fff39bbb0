# NumPy idioms: split, einsum, vecdot, comparisons as numbers.
class Perceptron:
    def __init__(self, learning_rate=0.1, epochs=10):
        self.learning_rate, self.epochs = learning_rate, epochs

    def net_input(self, X):
        return np.einsum("...j,j->...", X, self.weights) + self.bias

    def predict(self, X):
        return 2 * (self.net_input(X) >= 0) - 1

    def fit(self, X, y):
        self.weights, self.bias = np.zeros_like(X[0]), 0
        self.errors = np.zeros(self.epochs, dtype=int)
        for epoch in range(self.epochs):
            for x, label in zip(X, y):
                if self.predict(x) != label:
                    self.weights = self.weights + 2 * self.learning_rate * label * x
                    self.bias += 2 * self.learning_rate * label
                    self.errors[epoch] += 1
        return self

def squared_error(X, y, w, b):
    return np.linalg.norm(y - np.vecdot(X, w) - b) ** 2 / 2

def minibatches(X, y, batch_size, rng):
    order = np.random.default_rng(rng).permutation(len(X))
    rows = np.split(order, range(batch_size, len(X), batch_size))
    return tuple(zip(map(X.__getitem__, rows), map(y.__getitem__, rows)))
