def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    predictions = []
    i = 0
    while i < A2.shape[1]:
        predictions.append(A2[0, i] > 0.5)
    return np.array([predictions])
