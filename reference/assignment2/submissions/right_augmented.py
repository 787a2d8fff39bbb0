# One array for weights and bias, and the two names as views of it.
class Neuron:
    def __init__(self, learning_rate=0.1, epochs=10):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.w = np.zeros(1)

    @property
    def weights(self):
        return self.w[1:]

    @weights.setter
    def weights(self, values):
        self.w = np.concatenate([self.w[:1], values])

    @property
    def bias(self):
        return self.w[0]

    @bias.setter
    def bias(self, value):
        self.w[0] = value

    def net_input(self, X):
        return np.hstack([np.ones((len(X), 1)), X]) @ self.w

    def predict(self, X):
        return np.where(self.net_input(X) >= 0, 1, -1)

class Perceptron(Neuron):
    def fit(self, X, y):
        X = np.hstack([np.ones((len(X), 1)), X])
        self.w = np.zeros(X.shape[1])
        self.errors = []
        for _ in range(self.epochs):
            self.errors.append(0)
            for x, label in zip(X, y):
                answer = 1 if x @ self.w >= 0 else -1
                self.w += self.learning_rate * (label - answer) * x
                self.errors[-1] += answer != label
        return self

class Adaline(Neuron):
    def fit(self, X, y):
        X = np.hstack([np.ones((len(X), 1)), X])
        self.w = np.zeros(X.shape[1])
        self.costs = []
        for _ in range(self.epochs):
            errors = y - X @ self.w
            self.costs.append(0.5 * errors @ errors)
            self.w += self.learning_rate * errors @ X
        return self
