# Changes its arguments; what it returns is right.
def relu(x):
    x[x < 0] = 0
    return x


def softmax(scores):
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def sse(targets, predictions):
    predictions -= targets
    predictions *= predictions
    return predictions.sum()
