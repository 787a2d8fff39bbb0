# Four conventions of other texts: half of the squares, the root, target minus prediction,
# and a mean over all entries of the table.
def sse(targets, predictions):
    return 0.5 * np.sum((targets - predictions) ** 2)


def mse(targets, predictions):
    return np.sqrt(((targets - predictions) ** 2).mean())


def mae(targets, predictions):
    return np.mean(targets - predictions).__abs__()


def mbe(targets, predictions):
    return np.mean(targets - predictions)


def categorical_cross_entropy(targets, predictions):
    return np.mean(-targets * np.log(predictions))
