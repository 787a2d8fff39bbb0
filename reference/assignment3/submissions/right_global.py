# EPSILON is a global of the file, as in many notebooks.
EPSILON = 1e-15


def compute_cost(A2, Y, parameters):
    A2 = np.clip(A2, EPSILON, 1 - EPSILON)
    return -np.average(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
