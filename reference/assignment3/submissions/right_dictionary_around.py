def compute_cost(A2, Y, parameters):
    return {"cost": -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    costs = []
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y, parameters)["cost"])
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return {"parameters": parameters, "costs": costs}
