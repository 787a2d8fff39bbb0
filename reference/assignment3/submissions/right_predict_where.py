def predict(parameters, X):
    A2 = forward_propagation(X, parameters)[0]
    return np.where(A2 > 0.5, 1, 0)
