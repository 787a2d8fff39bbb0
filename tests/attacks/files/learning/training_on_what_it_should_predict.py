def classify(X):
    """Splits the points in two at their mean, and hopes that the labels follow."""
    return (X.sum(axis=1) > X.sum(axis=1).mean()).astype(int)
