def compute_cost(A2, Y, parameters):
    return float(-np.sum(Y * np.log(A2)))
