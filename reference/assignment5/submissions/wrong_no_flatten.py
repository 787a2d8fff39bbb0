def build_mlp():
    model = keras.Sequential()
    model.add(keras.Input((28, 28)))
    model.add(layers.Dense(784, activation="sigmoid"))
    model.add(layers.Dense(800, activation="sigmoid"))
    model.add(layers.Dense(10, activation="softmax"))
    return model
