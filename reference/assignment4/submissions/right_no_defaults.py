class MLP(MLP):
    """Its training asks for what the text gives defaults to."""

    def train(self, patterns, iterations, rate, momentum):
        sums = []
        for _ in range(iterations):
            sums.append(0.0)
            for inputs, targets in patterns:
                self.activate(inputs)
                sums[-1] += self.backPropagate(targets, rate, momentum)
        return sums
