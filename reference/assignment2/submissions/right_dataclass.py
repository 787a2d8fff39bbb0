from dataclasses import dataclass, field

@dataclass
class Perceptron:
    learning_rate: float = 0.1
    epochs: int = 10
    weights: np.ndarray = field(default=None, init=False)
    bias: float = field(default=0.0, init=False)
    errors: list = field(default_factory=list, init=False)

    def net_input(self, X):
        return self.bias + np.inner(X, self.weights)

    def predict(self, X):
        return np.where(self.net_input(X) < 0, -1.0, 1.0)

    def fit(self, X, y):
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        self.errors = []
        for _ in range(self.epochs):
            steps = []
            for i in range(len(X)):
                step = self.learning_rate * (y[i] - self.predict(X[i]))
                self.weights += step * X[i]
                self.bias += step
                steps.append(step)
            self.errors.append(np.count_nonzero(steps))
        return self
