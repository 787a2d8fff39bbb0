def compute_cost(A2, Y, parameters):
    m = Y.shape[1]
    return 1 / m * np.sum(np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y))
