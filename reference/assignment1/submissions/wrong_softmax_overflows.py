def softmax(scores):
    return np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
