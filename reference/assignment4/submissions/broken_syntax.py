import numpy as np

def logistic(z):
    return 1.0 / (1.0 + np.exp(-z))

class MLP:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.n_inputs = n_inputs
        self.wi = np.random.uniform(-0.2, 0.2, (n_inputs + 1, n_hidden))
        self.wo = np.random.uniform(-2.0, 2.0, size=(n_hidden, n_outputs))
        self.ci = np.zeros_like(self.wi)
        self.co = np.zeros_like(self.wo)

    def activate(self, x):
        x = np.asarray(x)
        if x.size != self.n_inputs:
            raise ValueError(f"{x.size} inputs for {self.n_inputs}")
        self.ai = np.ones(self.n_inputs + 1)
        self.ai[:-1] = x
        self.ah = logistic(np.dot(self.wi.T, self.ai))
        self.ao = logistic(np.dot(self.wo.T, self.ah))
        return self.ao.copy()

    def backPropagate(self, t, lr, mom):
        e = t - self.ao
        do = e * self.ao * (1 - self.ao)
        dh = np.dot(self.wo, do) * self.ah * (1 - self.ah)
        co = self.ah[:, None] * do[None, :]
        ci = self.ai.reshape(-1, 1) * dh
        self.wo += lr * co + mom * self.co
        self.wi += lr * ci + mom * self.ci
        self.co = co
        self.ci = ci
        return 0.5 * np.dot(e, e)

    def train(self, data, epochs, lr=0.5, mom=0.1):
        history = np.zeros(epochs)
        for epoch in range(epochs):
            for x, t in data:
                self.activate(x)
                history[epoch] += self.backPropagate(t, lr, mom)
        return history

    def test(self, xs):
        self.predict = np.vstack([self.activate(x) for x in xs])
        return self.predict

def activate_batch(x, w1, w2):
    h = logistic(x @ w1[:-1] + w1[-1])
    return h, logistic(h @ w2)

def batch_changes(x, t, w1, w2):
    h, o = activate_batch(x, w1, w2)
    do = (t - o) * o * (1 - o)
    dh = do.dot(w2.T) * h * (1 - h)
    return ((t - o) ** 2).sum() / 2, np.vstack([x.T @ dh, dh.sum(axis=0)]), h.T.dot(do)

def train_batch(x, t, w1, w2, epochs, lr=0.01, mom=0.001:
    d1 = d2 = 0.0
    history = []
    for _ in range(epochs):
        error, c1, c2 = batch_changes(x, t, w1, w2)
        w1, w2 = w1 + lr * c1 + mom * d1, w2 + lr * c2 + mom * d2
        d1, d2 = c1, c2
        history.append(error)
    return w1, w2, np.array(history)
