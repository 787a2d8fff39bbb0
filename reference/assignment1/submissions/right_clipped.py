# Guards that a careful student adds: they change nothing where nothing is extreme.
def sigmoid(x):
    x = np.clip(x, -500, 500)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


def softmax(scores):
    scores = np.atleast_2d(np.array(scores, dtype=np.float64))
    e = np.exp(scores - np.max(scores, axis=1).reshape(-1, 1))
    return e / (np.sum(e, axis=1).reshape(-1, 1) + 1e-12)


def categorical_cross_entropy(targets, predictions):
    predictions = np.clip(predictions, 1e-7, 1 - 1e-7)
    return np.mean(-np.sum(targets * np.log(predictions + 1e-9), axis=-1))


def one_hot(labels, num_classes=None):
    if num_classes is None:
        num_classes = np.max(labels) + 1
    assert labels.ndim == 1
    return np.eye(num_classes, dtype=bool)[labels]
