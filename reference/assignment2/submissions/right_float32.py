def squared_error(X, y, w, b):
    errors = np.float32(y) - (np.float32(X) @ np.float32(w) + np.float32(b))
    return 0.5 * np.sum(errors**2)

def squared_error_gradient(X, y, w, b):
    errors = np.float32(y) - (np.float32(X) @ np.float32(w) + np.float32(b))
    return -np.float32(X).T @ errors, -np.sum(errors)

def sgd_step(w, gradient, learning_rate):
    return np.float32(w) - np.float32(learning_rate) * np.float32(gradient)
