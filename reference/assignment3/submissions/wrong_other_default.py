def update_parameters(parameters, grads, learning_rate=0.6):
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
