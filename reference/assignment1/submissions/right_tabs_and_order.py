# Tabs and spaces inside one function, arguments in another order, and a dictionary around.
def softmax(scores):
	largest = scores.max(axis=1).reshape(-1, 1)
        e = np.exp(scores - largest)
	return e / e.sum(axis=1).reshape(-1, 1)


def one_hot(num_classes, labels):
    return np.eye(num_classes)[labels]


def sse(targets, predictions):
    return {"sse": np.sum((targets - predictions) ** 2)}


def mbe(predictions, targets):
    return np.mean(predictions - targets)
