# NumPy is never imported: what needs it cannot run, the rest counts.
def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def sigmoid_derivative(y):
    return y * (1 - y)


def softmax(scores):
    e = np.exp(scores - scores.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def sse(targets, predictions):
    return sum((targets - predictions) ** 2)


def mse(targets, predictions):
    return sse(targets, predictions) / len(targets)


def training_updates(samples, batch_size, epochs):
    return math.ceil(samples / batch_size) * epochs


values = input("Numbers, please: ")
