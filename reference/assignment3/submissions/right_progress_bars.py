# The loop is wrapped in a progress bar, which need not be installed.
from tqdm.notebook import tqdm


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    bar = tqdm(range(num_iterations), desc="training")
    for i in bar:
        A2, cache = forward_propagation(X, parameters)
        bar.set_postfix(cost=compute_cost(A2, Y, parameters))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
