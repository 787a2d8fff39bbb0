class MLP(MLP):
    """A wrong `backPropagate`, which never touches the first weights."""

    def backPropagate(self, targets, N, M):
        errors = np.asarray(targets) - self.ao
        delta_o = errors * sigmoid_slope(self.ao)
        change_o = np.outer(self.ah, delta_o)
        self.wo = self.wo + N * change_o + M * self.co
        self.co = change_o
        return float(0.5 * np.sum(errors**2))
