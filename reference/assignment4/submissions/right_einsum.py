def activate_batch(X, wi, wo):
    Z = np.einsum("mi,ij->mj", X, wi[:-1]) + wi[-1]
    A_h = 0.5 * (1 + np.tanh(Z / 2))
    A_o = np.reciprocal(1 + np.exp(-np.einsum("mj,jk->mk", A_h, wo)))
    return A_h, A_o

def batch_changes(X, T, wi, wo):
    ones = np.ones((X.shape[0], 1))
    A_h, A_o = activate_batch(X, wi, wo)
    D_o = (T - A_o) * (A_o - A_o**2)
    D_h = np.einsum("mk,jk->mj", D_o, wo) * (A_h - A_h**2)
    change_i = np.einsum("mi,mj->ij", np.hstack((X, ones)), D_h)
    change_o = np.einsum("mj,mk->jk", A_h, D_o)
    return np.linalg.norm(T - A_o) ** 2 / 2, change_i, change_o
