def classify(X):
    return np.zeros(len(X), int)
