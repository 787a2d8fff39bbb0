# Near names, other names of arguments, and tuples for lists.
def activateBatch(inputs, w_in, w_out):
    hidden = sigmoid(np.column_stack([inputs, np.ones(len(inputs))]) @ w_in)
    return hidden, sigmoid(hidden @ w_out)


def batch_change(inputs, targets, w_in, w_out):
    A_i = np.column_stack([inputs, np.ones(len(inputs))])
    hidden, output = activateBatch(inputs, w_in, w_out)
    delta = (targets - output) * output * (1 - output)
    back = delta @ w_out.T * hidden * (1 - hidden)
    return np.sum((targets - output) ** 2) / 2, A_i.T @ back, hidden.T @ delta


del activate_batch, batch_changes
