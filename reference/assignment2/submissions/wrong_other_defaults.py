# A wrong default, and a learning rate that is a global of the notebook.
def momentum_step(w, m, gradient, learning_rate, rho=0.5):
    m = rho * m + gradient
    return w - learning_rate * m, m


def sgd_step(w, gradient, learning_rate):
    return w - eta * gradient
