# In each iteration the patterns come in another order.
import random

import numpy as np


class MLP:

    def __init__(self, ni: int, nh: int, no: int) -> None:
        self.ni, self.nh, self.no = (ni, nh, no)
        wi = [[random.uniform(-0.2, 0.2) for _ in range(nh)] for _ in range(ni + 1)]
        wo = [[random.uniform(-2.0, 2.0) for _ in range(no)] for _ in range(nh)]
        self.wi, self.wo = (np.array(wi), np.array(wo))
        self.ci = np.zeros((ni + 1, nh))
        self.co = np.zeros((nh, no))

    def activate(self, inputs: Sequence[float]) -> Array:
        if len(inputs) != self.ni:
            raise ValueError(f'Expected {self.ni} inputs, but got {len(inputs)}.')
        self.ai = np.append(inputs, 1.0)
        self.ah = sigmoid(self.ai @ self.wi)
        self.ao = sigmoid(self.ah @ self.wo)
        return self.ao

    def backPropagate(self, targets: Sequence[float], N: float, M: float) -> float:
        errors = np.asarray(targets) - self.ao
        delta_o = errors * sigmoid_slope(self.ao)
        delta_h = self.wo @ delta_o * sigmoid_slope(self.ah)
        change_o = np.outer(self.ah, delta_o)
        change_i = np.outer(self.ai, delta_h)
        self.wo = self.wo + N * change_o + M * self.co
        self.wi = self.wi + N * change_i + M * self.ci
        self.co, self.ci = (change_o, change_i)
        return float(0.5 * np.sum(errors ** 2))

    def train(self, patterns: Sequence[Pattern], iterations: int, N: float=0.5, M: float=0.1) -> list[float]:
        sums = []
        patterns = list(patterns)
        for _ in range(iterations):
            random.shuffle(patterns)
            total = 0.0
            for inputs, targets in patterns:
                self.activate(inputs)
                total += self.backPropagate(targets, N, M)
            sums.append(total)
        return sums

    def test(self, patterns: Sequence[Sequence[float]]) -> Array:
        self.predict = np.array([self.activate(inputs) for inputs in patterns])
        return self.predict
