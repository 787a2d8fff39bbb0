def squared_error_gradient(X, y, w, b):
    return X.T @ (X @ w + b - y)

def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    m = rho * m + gradient
    return w - learning_rate * m
