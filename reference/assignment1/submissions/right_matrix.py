def dot(a, b):
    return np.matrix(a) * np.matrix(b).T


def matmul(A, B):
    return np.matrix(A) * np.matrix(B)
