# Functions that are objects of a class with a __call__.
class Relu:
    def __call__(self, x):
        return x * (x > 0)


class Mean:
    def __init__(self, of):
        self.of = of

    def __call__(self, targets, predictions):
        return np.mean(self.of(predictions - targets))


relu = Relu()
mse, mae, mbe = Mean(np.square), Mean(np.abs), Mean(np.positive)
