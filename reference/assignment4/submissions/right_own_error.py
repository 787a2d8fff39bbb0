# An own kind of ValueError is a ValueError.
class WrongNumberOfInputs(ValueError):
    def __init__(self, came, needed):
        super().__init__(f"Expected {needed} inputs, but got {came}.")


class MLP(MLP):
    def activate(self, inputs):
        if len(inputs) != self.ni:
            raise WrongNumberOfInputs(len(inputs), self.ni)
        self.ai = np.append(inputs, 1.0)
        self.ah = sigmoid(self.ai @ self.wi)
        self.ao = sigmoid(self.ah @ self.wo)
        return self.ao
