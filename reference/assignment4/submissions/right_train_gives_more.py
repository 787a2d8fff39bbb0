class MLP(MLP):
    def train(self, patterns, iterations, N=0.5, M=0.1):
        sums = []
        for _ in range(iterations):
            total = 0.0
            for inputs, targets in patterns:
                self.activate(inputs)
                total += self.backPropagate(targets, N, M)
            sums.append(total)
        return sums, self
