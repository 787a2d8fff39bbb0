def squared_error(X, y, w, b):
    print(0.5 * np.sum((y - X @ w - b) ** 2))

def gradient_descent(gradient, start, learning_rate, steps):
    w = start
    for _ in range(steps):
        w = w - learning_rate * gradient
    return w
