# Right layers for images that somebody else has flattened already.
def build_mlp():
    return keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(784, activation="sigmoid"),
            layers.Dense(800, activation="sigmoid"),
            layers.Dense(10, activation="softmax"),
        ]
    )
