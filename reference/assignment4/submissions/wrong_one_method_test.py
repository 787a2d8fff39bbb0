class MLP(MLP):
    """A wrong `test`, which rounds."""

    def test(self, patterns):
        self.predict = np.round([self.activate(inputs) for inputs in patterns])
        return self.predict
