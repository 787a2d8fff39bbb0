# One call of NumPy wherever there is one.
import numpy as np


def dot(a, b):
    return np.einsum("i,i->", a, b)


def matmul(A, B):
    return np.tensordot(A, B, axes=1)


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def sigmoid_derivative(y):
    return np.multiply(y, np.subtract(1, y))


def relu(x):
    return x * np.heaviside(x, 0)


def softmax(scores):
    highest = np.amax(scores, axis=-1)[:, np.newaxis]
    log_of_sum = highest + np.log(np.exp(scores - highest).sum(-1))[:, None]
    return np.exp(scores - log_of_sum)


def one_hot(labels, num_classes):
    return (np.arange(num_classes) == labels[:, None]).astype(int)


def categorical_cross_entropy(targets, predictions):
    return -np.log(predictions[np.arange(len(targets)), targets.argmax(axis=1)]).mean()


def sse(targets, predictions):
    return np.linalg.norm(predictions - targets) ** 2


def mse(targets, predictions):
    return np.square(np.subtract(targets, predictions)).mean()


def mae(targets, predictions):
    return np.linalg.norm(targets - predictions, ord=1) / targets.size


def mbe(targets, predictions):
    return predictions.mean() - targets.mean()


ACTIVATIONS = {"linear": lambda x: x, "relu": relu, "sigmoid": sigmoid}


def forward(inputs, weights, activation):
    f = ACTIVATIONS[activation]
    return f(inputs @ weights[0]) if len(weights) == 1 else forward(
        f(inputs @ weights[0]), weights[1:], activation
    )


def training_updates(samples, batch_size, epochs):
    return int(np.ceil(samples / batch_size)) * epochs
