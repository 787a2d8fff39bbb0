def compute_cost(A2, Y, parameters):
    logprobs = np.multiply(np.log(A2), Y)
    return -np.sum(logprobs) / Y.shape[1]
