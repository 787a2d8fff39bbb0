import keras
import numpy as np

def prepare_images(images):
    return images / 255

def prepare_labels(labels, classes=10):
    return keras.utils.to_categorical(labels, num_classes=classes)

def count_parameters(sizes):
    return [(sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1)]

def build_mlp():
    raise NotImplementedError("Write build_mlp")
