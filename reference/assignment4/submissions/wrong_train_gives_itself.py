class MLP:
    def __init__(self, ni, nh, no):
        self.ni, self.nh, self.no = ni, nh, no
        self.wi = np.random.uniform(-0.2, 0.2, (ni + 1, nh))
        self.wo = np.random.uniform(-2.0, 2.0, (nh, no))
        self.ci = np.zeros((ni + 1, nh))
        self.co = np.zeros((nh, no))

    def activate(self, inputs):
        if len(inputs) != self.ni:
            raise ValueError(f"Expected {self.ni} inputs, but got {len(inputs)}.")
        self.ai = np.append(inputs, 1.0)
        self.ah = sigmoid(self.ai @ self.wi)
        self.ao = sigmoid(self.ah @ self.wo)
        return self.ao

    def backPropagate(self, targets, N, M):
        errors = targets - self.ao
        delta_o = errors * sigmoid_slope(self.ao)
        delta_h = self.wo @ delta_o * sigmoid_slope(self.ah)
        change_o = np.outer(self.ah, delta_o)
        change_i = np.outer(self.ai, delta_h)
        self.wo = self.wo + N * change_o + M * self.co
        self.wi = self.wi + N * change_i + M * self.ci
        self.co, self.ci = change_o, change_i
        return 0.5 * np.sum(errors**2)

    def train(self, patterns, iterations, N=0.5, M=0.1):
        self.errors = []
        for _ in range(iterations):
            total = 0.0
            for inputs, targets in patterns:
                self.activate(inputs)
                total += self.backPropagate(targets, N, M)
            self.errors.append(total)
        return self

    def test(self, patterns):
        self.predict = np.array([self.activate(inputs) for inputs in patterns])
        return self
