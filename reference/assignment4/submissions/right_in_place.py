def train_batch(X, T, wi, wo, iterations, N=0.01, M=0.001):
    last_i = np.zeros(wi.shape)
    last_o = np.zeros(wo.shape)
    errors = []
    for _ in range(iterations):
        error, change_i, change_o = batch_changes(X, T, wi, wo)
        wi += N * change_i + M * last_i
        wo += N * change_o + M * last_o
        last_i, last_o = change_i, change_o
        errors.append(error)
    return wi, wo, errors
