def build_simple_mlp():
    model = keras.Sequential()
    model.add(keras.Input((50,)))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(28, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))


def build_diabetes_model():
    return layers.Dense(1, activation="sigmoid")


def train(model, images, labels, epochs=5, batch_size=64):
    model.fit(images, labels, epochs=epochs, batch_size=batch_size)
