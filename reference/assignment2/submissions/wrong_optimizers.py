def sgd_step(w, gradient, learning_rate):
    return w + learning_rate * gradient

def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    m = rho * m + learning_rate * gradient
    return w - m, m
