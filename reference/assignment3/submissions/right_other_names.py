import numpy as np

def layer_sizes(inputs, labels, hidden):
    return inputs.shape[0], hidden, labels.shape[0]

def initialize_parameters(a, b, c):
    return {'W1': np.random.normal(0, .01, (b, a)), 'b1': np.zeros((b, 1)),
            'W2': np.random.normal(0, .01, (c, b)), 'b2': np.zeros((c, 1))}

def sigmoid(z):
    return np.exp(z) / (np.exp(z) + 1)

def forward_propagation(data, params):
    memory = {}
    memory['Z1'] = params['W1'].dot(data) + params['b1']
    memory['A1'] = np.sinh(memory['Z1']) / np.cosh(memory['Z1'])
    memory['Z2'] = params['W2'].dot(memory['A1']) + params['b2']
    memory['A2'] = sigmoid(memory['Z2'])
    return memory['A2'], memory

def compute_cost(answers, labels, params):
    right = labels * answers + (1 - labels) * (1 - answers)
    return -np.log(right).mean()

def backward_propagation(params, memory, data, labels):
    n = float(labels.size)
    error = (memory['A2'] - labels) / n
    hidden = params['W2'].T * error * (1 - memory['A1'] * memory['A1'])
    ones = np.ones((labels.size, 1))
    return {'dW1': hidden.dot(data.T), 'db1': hidden.dot(ones),
            'dW2': error.dot(memory['A1'].T), 'db2': error.dot(ones)}

def update_parameters(params, gradients, lr=1.2):
    return {k: params[k] - lr * gradients['d' + k] for k in ['W1', 'b1', 'W2', 'b2']}

def nn_model(inputs, labels, hidden, iterations=10000, verbose=False):
    params = initialize_parameters(*layer_sizes(inputs, labels, hidden))
    for step in range(iterations):
        out, memory = forward_propagation(inputs, params)
        if verbose and step % 1000 == 0:
            print(step, compute_cost(out, labels, params))
        params = update_parameters(params, backward_propagation(params, memory, inputs, labels))
    return params

def predict(params, data):
    return (forward_propagation(data, params)[0] > .5).astype(int)
