# Near names, a missing module, and other names of arguments.
from course_helpers import show_digits


def prepare_image(x):
    return x / 255.0


def count_params(layer_sizes):
    return tuple((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:]))


def prepareLabels(labels, num_classes=10):
    return keras.utils.to_categorical(labels, num_classes)


del prepare_images, count_parameters, prepare_labels
show_digits(5)
