# The number of examples is a global of the notebook, and so is the number of classes.
def categorical_cross_entropy(targets, predictions):
    return -np.sum(targets * np.log(predictions)) / m


def one_hot(labels, num_classes):
    table = np.zeros((n, num_classes))
    table[np.arange(n), labels] = 1
    return table
