def gradient_descent(gradient, start, learning_rate, steps):
    for _ in range(steps):
        start -= learning_rate * gradient(start)
    return start

def sgd_step(w, gradient, learning_rate):
    w -= learning_rate * gradient
    return w

def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    m *= rho
    m += gradient
    w -= learning_rate * m
    return w, m
