# NumPy's new generators, column vectors inside, and a bias that is added as a row of wi.
class MLP:
    def __init__(self, ni, nh, no):
        rng = np.random.default_rng()
        self.ni = ni
        self.wi = rng.uniform(-0.2, 0.2, (ni + 1, nh))
        self.wo = 4 * rng.random((nh, no)) - 2
        self.ci = self.wi * 0
        self.co = self.wo * 0

    def activate(self, inputs):
        inputs = np.asarray(inputs, dtype=float)
        if inputs.shape != (self.ni,):
            raise ValueError(f"shape {inputs.shape}")
        self.ai = np.r_[inputs, 1]
        self.ah = sigmoid(inputs @ self.wi[:-1] + self.wi[-1])
        self.ao = sigmoid(self.ah @ self.wo)
        return self.ao

    def backPropagate(self, targets, N, M):
        error = targets - self.ao
        delta_o = (error * sigmoid_slope(self.ao)).reshape(-1, 1)
        delta_h = (self.wo @ delta_o) * sigmoid_slope(self.ah).reshape(-1, 1)
        old_i, old_o = self.ci, self.co
        self.ci = self.ai.reshape(-1, 1) @ delta_h.T
        self.co = self.ah.reshape(-1, 1) @ delta_o.T
        self.wi = self.wi + N * self.ci + M * old_i
        self.wo = self.wo + N * self.co + M * old_o
        return np.sum(error**2) / 2

    def train(self, patterns, iterations, N=0.5, M=0.1):
        return [sum(self.one(x, t, N, M) for x, t in patterns) for _ in range(iterations)]

    def one(self, inputs, targets, N, M):
        self.activate(inputs)
        return self.backPropagate(targets, N, M)

    def test(self, patterns):
        self.predict = activate_batch(np.array(patterns), self.wi, self.wo)[1]
        return self.predict
