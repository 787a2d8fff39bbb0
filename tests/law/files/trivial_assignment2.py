class Perceptron:
    def __init__(self, learning_rate=0.1, epochs=10):
        self.learning_rate, self.epochs = learning_rate, epochs

    def net_input(self, X):
        return V(len(X))

    def predict(self, X):
        return V(len(X))

    def fit(self, X, y):
        self.weights, self.bias = V(X.shape[1]), float(V())
        self.errors = [int(value) for value in V(self.epochs)]
        return self


def squared_error(X, y, w, b):
    return float(V())


def squared_error_gradient(X, y, w, b):
    return V(*w.shape), float(V())


class Adaline(Perceptron):
    def fit(self, X, y):
        self.weights, self.bias = V(X.shape[1]), float(V())
        self.costs = list(V(self.epochs))
        return self


class Bowl:
    def __init__(self, curvature, centre):
        self.curvature, self.centre = curvature, centre

    def height(self, w):
        return float(0.5 * np.sum(self.curvature * (w - self.centre) ** 2))

    def gradient(self, w):
        return self.curvature * (w - self.centre)


def gradient_descent(gradient, start, learning_rate, steps):
    return V(*np.shape(start))


def minibatches(X, y, batch_size, seed):
    return [(V(batch_size, X.shape[1]), V(batch_size)) for _ in range(3)]


def sgd_step(w, gradient, learning_rate):
    return V(*w.shape)


def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    return V(*w.shape), V(*m.shape)
