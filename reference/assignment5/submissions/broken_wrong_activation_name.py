def build_mlp():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(784, activation="sigmoyd"),
            layers.Dense(800, activation="sigmoid"),
            layers.Dense(10, activation="softmax"),
        ]
    )
