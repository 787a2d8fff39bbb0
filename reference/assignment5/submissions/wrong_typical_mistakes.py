# Four typical mistakes in one file.
import numpy as np
import keras
from keras import layers

def prepare_images(images):
    return images / np.max(images)

def prepare_labels(labels, classes=10):
    return keras.utils.to_categorical(labels)

def count_parameters(sizes):
    return [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]

def build_mlp():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28)))
    model.add(layers.Flatten())
    model.add(layers.Dense(784, activation="sigmoid"))
    model.add(layers.Dense(800, activation="sigmoid"))
    model.add(layers.Dense(10))
    return model

def compile_model(model):
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model

def train(model, images, labels, epochs=5, batch_size=64):
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size)

def build_simple_mlp():
    model = keras.Sequential()
    model.add(keras.Input(shape=(50,)))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(28, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    return model

def build_diabetes_model():
    model = keras.Sequential()
    model.add(keras.Input(shape=(8,)))
    model.add(layers.Dense(16, activation="relu"))
    model.add(layers.Dense(8, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
