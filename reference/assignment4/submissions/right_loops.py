# The textbook's loops, with lists and the math module.
import math
import random
import numpy as np

def make_matrix(rows, columns, fill=0.0):
    return [[fill] * columns for _ in range(rows)]

def rand(a, b):
    return (b - a) * random.random() + a

def squash(x):
    return 1 / (1 + math.exp(-x))

class MLP:
    def __init__(self, ni, nh, no):
        self.ni = ni + 1
        self.nh = nh
        self.no = no
        self.ai = [1.0] * self.ni
        self.ah = [1.0] * self.nh
        self.ao = [1.0] * self.no
        self.wi = make_matrix(self.ni, self.nh)
        self.wo = make_matrix(self.nh, self.no)
        for i in range(self.ni):
            for j in range(self.nh):
                self.wi[i][j] = rand(-0.2, 0.2)
        for j in range(self.nh):
            for k in range(self.no):
                self.wo[j][k] = rand(-2.0, 2.0)
        self.ci = make_matrix(self.ni, self.nh)
        self.co = make_matrix(self.nh, self.no)

    def activate(self, inputs):
        if len(inputs) != self.ni - 1:
            raise ValueError("wrong number of inputs")
        for i in range(self.ni - 1):
            self.ai[i] = inputs[i]
        for j in range(self.nh):
            total = 0.0
            for i in range(self.ni):
                total = total + self.ai[i] * self.wi[i][j]
            self.ah[j] = squash(total)
        for k in range(self.no):
            total = 0.0
            for j in range(self.nh):
                total = total + self.ah[j] * self.wo[j][k]
            self.ao[k] = squash(total)
        return self.ao[:]

    def backPropagate(self, targets, N, M):
        output_deltas = [0.0] * self.no
        for k in range(self.no):
            error = targets[k] - self.ao[k]
            output_deltas[k] = self.ao[k] * (1 - self.ao[k]) * error
        hidden_deltas = [0.0] * self.nh
        for j in range(self.nh):
            error = 0.0
            for k in range(self.no):
                error = error + output_deltas[k] * self.wo[j][k]
            hidden_deltas[j] = self.ah[j] * (1 - self.ah[j]) * error
        for j in range(self.nh):
            for k in range(self.no):
                change = output_deltas[k] * self.ah[j]
                self.wo[j][k] = self.wo[j][k] + N * change + M * self.co[j][k]
                self.co[j][k] = change
        for i in range(self.ni):
            for j in range(self.nh):
                change = hidden_deltas[j] * self.ai[i]
                self.wi[i][j] = self.wi[i][j] + N * change + M * self.ci[i][j]
                self.ci[i][j] = change
        error = 0.0
        for k in range(len(targets)):
            error = error + 0.5 * (targets[k] - self.ao[k]) ** 2
        return error

    def train(self, patterns, iterations, N=0.5, M=0.1):
        errors = []
        for i in range(iterations):
            error = 0.0
            for p in patterns:
                self.activate(p[0])
                error = error + self.backPropagate(p[1], N, M)
            errors.append(error)
            if i % 5 == 0:
                print("error in iteration %d : %-.5f" % (i, error))
        return errors

    def test(self, patterns):
        self.predict = np.empty([len(patterns), self.no])
        for i, p in enumerate(patterns):
            self.predict[i] = self.activate(p)
        return self.predict

def activate_batch(X, wi, wo):
    hidden, output = [], []
    for x in X:
        a = list(x) + [1.0]
        h = [squash(sum(a[i] * wi[i][j] for i in range(len(a)))) for j in range(len(wi[0]))]
        hidden.append(h)
        output.append([squash(sum(h[j] * wo[j][k] for j in range(len(h)))) for k in range(len(wo[0]))])
    return hidden, output

def batch_changes(X, T, wi, wo):
    net = MLP(len(wi) - 1, len(wo), len(wo[0]))
    net.wi, net.wo = wi.copy(), wo.copy()
    error, change_i, change_o = 0.0, 0.0, 0.0
    for x, t in zip(X, T):
        net.activate(x)
        error += net.backPropagate(t, 0.0, 0.0)
        change_i = change_i + np.array(net.ci)
        change_o = change_o + np.array(net.co)
    return error, change_i, change_o

def train_batch(X, T, wi, wo, iterations, N=0.01, M=0.001):
    errors = []
    ci, co = 0, 0
    for _ in range(iterations):
        error, di, do = batch_changes(X, T, wi, wo)
        wi = wi + N * di + M * ci
        wo = wo + N * do + M * co
        ci, co = di, do
        errors.append(error)
    return wi, wo, errors
