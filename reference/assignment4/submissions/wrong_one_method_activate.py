class MLP(MLP):
    """A wrong `activate`, over which training runs off to infinity."""

    def activate(self, inputs):
        if len(inputs) != self.ni:
            raise ValueError("wrong length")
        self.ai = np.append(inputs, 1.0)
        self.ah = sigmoid(self.ai @ self.wi)
        self.ao = self.ah @ self.wo
        return self.ao
