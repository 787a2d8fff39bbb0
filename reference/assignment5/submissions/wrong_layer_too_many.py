def build_simple_mlp():
    return keras.Sequential(
        [
            keras.Input((50,)),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(32, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
