# From the days of Keras 2: np_utils and Convolution-era names are gone.
from keras.utils import np_utils


def prepare_labels(labels, classes=10):
    return np_utils.to_categorical(labels, classes)
