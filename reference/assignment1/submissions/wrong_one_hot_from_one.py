def one_hot(labels, num_classes):
    result = np.zeros((len(labels), num_classes))
    for i, label in enumerate(labels):
        result[i, label - 1] = 1.0
    return result
