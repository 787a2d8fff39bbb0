# Tuples for arrays, and helpers of a module that is not here.
from course_helpers import plot_activation, load_images


def matmul(A, B):
    return tuple(tuple(dot(row, column) for column in B.T) for row in A)


def relu(x):
    return tuple(x * (x > 0)) if np.ndim(x) == 1 else np.asarray(x) * (np.asarray(x) > 0)


def one_hot(labels, num_classes):
    return tuple(tuple(float(label == k) for k in range(num_classes)) for label in labels)


def categorical_crossentropy(t, p):
    return -np.sum(t * np.log(p)) / t.shape[0]


plot_activation(relu)
