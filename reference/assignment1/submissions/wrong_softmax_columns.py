# The usual recipe for one vector, which takes the columns of a table.
def softmax(x):
    e_x = np.exp(x - np.max(x, axis=0))
    return e_x / e_x.sum(axis=0)
