# Two mistakes: the learning rate is not used, and the loop is one short.
def update_parameters(parameters, grads, learning_rate=1.2):
    return {
        "W1": parameters["W1"] - 1.2 * grads["dW1"],
        "b1": parameters["b1"] - 1.2 * grads["db1"],
        "W2": parameters["W2"] - 1.2 * grads["dW2"],
        "b2": parameters["b2"] - 1.2 * grads["db2"],
    }


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, n_h, n_y = layer_sizes(X, Y, n_h)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(1, num_iterations):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
