# Everything with loops and plain lists; NumPy is not imported at all.
import math


def dot(a, b):
    total = 0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def matmul(A, B):
    result = []
    for i in range(len(A)):
        row = []
        for j in range(len(B[0])):
            entry = 0
            for k in range(len(B)):
                entry = entry + A[i][k] * B[k][j]
            row.append(entry)
        result.append(row)
    return result


def sigmoid(x):
    if hasattr(x, "__len__"):
        return [sigmoid(entry) for entry in x]
    return 1.0 / (1.0 + math.exp(-x))


def sigmoid_derivative(y):
    if hasattr(y, "__len__"):
        return [sigmoid_derivative(entry) for entry in y]
    return y * (1.0 - y)


def relu(x):
    if hasattr(x, "__len__"):
        return [relu(entry) for entry in x]
    return x if x > 0 else 0.0


def softmax(scores):
    result = []
    for row in scores:
        top = max(row)
        powers = [math.exp(score - top) for score in row]
        result.append([power / sum(powers) for power in powers])
    return result


def one_hot(labels, num_classes):
    return [[1 if column == label else 0 for column in range(num_classes)] for label in labels]


def categorical_cross_entropy(targets, predictions):
    loss = 0
    for t, p in zip(targets, predictions):
        for j in range(len(t)):
            if t[j] == 1:
                loss -= math.log(p[j])
    return loss / len(targets)


def sse(targets, predictions):
    return sum((p - t) ** 2 for t, p in zip(targets, predictions))


def mse(targets, predictions):
    return sum((p - t) ** 2 for t, p in zip(targets, predictions)) / len(targets)


def mae(targets, predictions):
    return sum(abs(p - t) for t, p in zip(targets, predictions)) / len(targets)


def mbe(targets, predictions):
    return sum(p - t for t, p in zip(targets, predictions)) / len(targets)


def forward(inputs, weights, activation):
    for W in weights:
        inputs = matmul(inputs, W)
        if activation == "relu":
            inputs = relu(inputs)
        if activation == "sigmoid":
            inputs = sigmoid(inputs)
    return inputs


def training_updates(samples, batch_size, epochs):
    updates = 0
    for epoch in range(epochs):
        used = 0
        while used < samples:
            used += batch_size
            updates += 1
    return updates
