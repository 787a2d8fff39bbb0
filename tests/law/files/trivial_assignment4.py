class MLP:
    def __init__(self, ni, nh, no):
        self.ni, self.nh, self.no = ni + 1, nh, no
        self.wi, self.wo = V(ni + 1, nh), V(nh, no)
        self.ci, self.co = V(ni + 1, nh), V(nh, no)
        self.ai, self.ah, self.ao = V(ni + 1), V(nh), V(no)

    def activate(self, inputs):
        self.ai, self.ah, self.ao = V(self.ni), V(self.nh), V(self.no)
        return self.ao

    def backPropagate(self, targets, N, M):
        return float(V())

    def train(self, patterns, iterations, N=0.5, M=0.1):
        return list(V(iterations))

    def test(self, patterns):
        self.predict = V(len(patterns), self.no)
        return self.predict


def activate_batch(X, wi, wo):
    return V(X.shape[0], wi.shape[1]), V(X.shape[0], wo.shape[1])


def batch_changes(X, T, wi, wo):
    return float(V()), V(*wi.shape), V(*wo.shape)


def train_batch(X, T, wi, wo, iterations, N=0.5, M=0.1):
    return V(*wi.shape), V(*wo.shape), list(V(iterations))
