# Arguments in another order, a near name, lists for tuples, and helpers that are not here.
from mlxtend_helpers import plot_decision_regions


def squared_error_gradient(w, b, X, y):
    errors = y - (X @ w + b)
    return [-X.T @ errors, -errors.sum()]


def sgdStep(w, gradient, learning_rate):
    return w - learning_rate * gradient


def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    return [w - learning_rate * (rho * m + gradient), rho * m + gradient]


def plot(model):
    plot_decision_regions(X, y, clf=model)


del sgd_step
