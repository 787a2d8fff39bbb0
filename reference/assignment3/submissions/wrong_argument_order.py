# Right, with the first two arguments in each other's place, and a training that fits it.
def update_parameters(g, p, rate=1.2):
    return {name: value - rate * g["d" + name] for name, value in p.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(grads, parameters)
    return parameters
