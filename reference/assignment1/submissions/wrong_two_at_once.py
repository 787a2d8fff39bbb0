def softmax(scores):
    return np.exp(scores) / np.sum(scores, axis=1, keepdims=True)


def categorical_cross_entropy(targets, predictions):
    return float(np.sum(targets * np.log2(predictions)) / targets.shape[0])
