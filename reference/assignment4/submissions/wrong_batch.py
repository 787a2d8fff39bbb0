def activate_batch(X, wi, wo):
    A_i = np.column_stack([np.ones(len(X)), X])
    A_h = sigmoid(A_i @ wi)
    return A_h, sigmoid(A_h @ wo)

def batch_changes(X, T, wi, wo):
    A_i = np.column_stack([X, np.ones(len(X))])
    A_h, A_o = activate_batch(X, wi, wo)
    D_o = (T - A_o) * sigmoid_slope(A_o)
    D_h = D_o @ wo.T * sigmoid_slope(A_h)
    return np.sum((T - A_o) ** 2) / 2, A_i.T @ D_h, A_h.T @ D_o
