import numpy as np
import keras
from keras import layers

def prepare_images(images):
    scaled = np.zeros(images.shape)
    for i in range(images.shape[0]):
        for row in range(images.shape[1]):
            for column in range(images.shape[2]):
                scaled[i, row, column] = images[i, row, column] / 255
    return scaled

def prepare_labels(labels, classes=10):
    table = []
    for label in labels:
        row = [0] * classes
        row[label] = 1
        table.append(row)
    return np.array(table)

def count_parameters(sizes):
    counts = []
    for i in range(1, len(sizes)):
        counts.append(sizes[i - 1] * sizes[i] + sizes[i])
    return counts

def build_mlp():
    model = keras.Sequential()
    model.add(layers.Flatten())
    for units in [784, 800]:
        model.add(layers.Dense(units, activation="sigmoid"))
    model.add(layers.Dense(10, activation="softmax"))
    return model

def compile_model(model):
    model.compile(loss=keras.losses.categorical_crossentropy,
                  optimizer=keras.optimizers.Adam(),
                  metrics=["accuracy", "mse"])
    return model

def train(model, images, labels, epochs=5, batch_size=64):
    result = {"loss": [], "accuracy": []}
    for epoch in range(epochs):
        one = model.fit(images, labels, epochs=1, batch_size=batch_size)
        for name in result:
            result[name].append(one.history[name][0])
    return result

def build_simple_mlp():
    model = keras.Sequential([keras.Input(shape=(50,))])
    model.add(layers.Dense(64, activation="relu", kernel_initializer="he_normal"))
    model.add(layers.Dense(28, activation="relu", kernel_initializer="he_normal"))
    model.add(layers.Dense(10, activation="softmax"))
    return model

def build_diabetes_model():
    model = keras.Sequential([keras.Input(shape=(8,))])
    model.add(layers.Dense(16, activation="relu"))
    model.add(layers.Dense(8, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
