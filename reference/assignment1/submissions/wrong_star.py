def matmul(A, B):
    return A * B


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))
