# A cost and an accuracy of shape (1, 1) are made numbers by float(), as NumPy did until 2.4.
def compute_cost(A2, Y, parameters):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)) / m
    return float(cost)


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, n_h, n_y = layer_sizes(X, Y, n_h)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    predictions = predict(parameters, X)
    right = np.dot(Y, predictions.T) + np.dot(1 - Y, 1 - predictions.T)
    print("Accuracy: %d %%" % float(right / Y.size * 100))
    return parameters
