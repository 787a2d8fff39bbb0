def build_diabetes_model():
    model = keras.Sequential()
    model.add(layers.Dense(16, input_dim=8, activation="relu"))
    model.add(layers.Dense(8, activation="relu"))
    model.add(layers.Dense(1, activation="softmax"))
    return model
