# The bias is kept with the weights, and both are shown as properties that cannot be set.
import numpy as np


class Perceptron:

    def __init__(self, learning_rate: float=0.1, epochs: int=10) -> None:
        self.learning_rate = learning_rate
        self.epochs = epochs

    @property
    def weights(self):
        return self.w_[1:]

    @property
    def bias(self):
        return self.w_[0]

    def net_input(self, X: Array) -> Array:
        return X @ self.weights + self.bias

    def predict(self, X: Array) -> Array:
        return np.where(self.net_input(X) >= 0, 1, -1)

    def fit(self, X: Array, y: Array) -> 'Perceptron':
        self.w_ = np.zeros(1 + X.shape[1])
        self.errors = []
        for _ in range(self.epochs):
            mistakes = 0
            for x, label in zip(X, y, strict=True):
                step = self.learning_rate * (label - self.predict(x))
                self.w_[1:] += step * x
                self.w_[0] += step
                mistakes += int(step != 0)
            self.errors.append(mistakes)
        return self
