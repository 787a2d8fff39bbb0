# Two mistakes in one function: neither the minus sign nor the right mean in the loss, the
# wrong axis and no maximum in the softmax.
def categorical_cross_entropy(targets, predictions):
    return np.mean(targets * np.log(predictions))


def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=0)
