def compute_cost(A2, Y, parameters):
    return np.sum(A2 - Y)  # first try


def predict(parameters, X):
    return 0


def compute_cost(A2, Y, parameters):
    return -(np.log(A2[Y == 1]).sum() + np.log(1 - A2[Y == 0]).sum()) / Y.size


def predict(parameters, X):
    return forward_propagation(X, parameters)[0] > 0.5
