def activate_batch(X, wi, wo):
    A_i = np.column_stack([X, np.ones(len(X))]).astype(np.float32)
    A_h = sigmoid(A_i @ wi.astype(np.float32))
    A_o = sigmoid(A_h @ wo.astype(np.float32))
    return A_h, A_o

def batch_changes(X, T, wi, wo):
    A_i = np.column_stack([X, np.ones(len(X))]).astype(np.float32)
    A_h, A_o = activate_batch(X, wi, wo)
    errors = T.astype(np.float32) - A_o
    D_o = errors * sigmoid_slope(A_o)
    D_h = D_o @ wo.T.astype(np.float32) * sigmoid_slope(A_h)
    return np.float32(0.5) * np.sum(errors**2), A_i.T @ D_h, A_h.T @ D_o
