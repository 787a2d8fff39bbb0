class MLP(MLP):
    """Its training prints the sums and returns nothing; a wrong length is noticed, and no more."""

    def activate(self, inputs):
        if len(inputs) != self.ni:
            print("wrong number of inputs!")
        self.ai = np.ones(self.ni + 1)
        for j in range(self.ni):
            self.ai[j] = inputs[j]
        self.ah = sigmoid(self.ai @ self.wi)
        self.ao = sigmoid(self.ah @ self.wo)
        return self.ao

    def train(self, patterns, iterations, N=0.5, M=0.1):
        for i in range(iterations):
            error = 0.0
            for inputs, targets in patterns:
                self.activate(inputs)
                error += self.backPropagate(targets, N, M)
            print("error", error)
