# matmul stands on dot, and forward on matmul; both are right by themselves.
def dot(a, b):
    total = 0
    for i in range(len(a) - 1):
        total += a[i] * b[i]
    return total


def matmul(A, B):
    return np.array([[dot(A[i, :], B[:, j]) for j in range(B.shape[1])] for i in range(len(A))])
