class ConvolutionalNetwork(keras.Model):
    def __init__(self):
        super().__init__()
        self.block1 = keras.Sequential(
            [
                layers.Conv2D(32, 3, activation="relu"),
                layers.Conv2D(32, 3, activation="relu"),
                layers.MaxPooling2D(2),
            ]
        )
        self.block2 = keras.Sequential(
            [
                layers.Conv2D(64, 3, activation="relu"),
                layers.Conv2D(64, 3, activation="relu"),
                layers.MaxPooling2D(2),
            ]
        )
        self.flatten = layers.Flatten()
        self.dense1 = layers.Dense(1024, activation="sigmoid")
        self.drop1 = layers.Dropout(0.2)
        self.dense2 = layers.Dense(1024, activation="sigmoid")
        self.drop2 = layers.Dropout(0.2)
        self.out = layers.Dense(10, activation="softmax")

    def call(self, x, training=False):
        x = self.flatten(self.block2(self.block1(x)))
        x = self.drop1(self.dense1(x), training=training)
        x = self.drop2(self.dense2(x), training=training)
        return self.out(x)


def build_cnn():
    return ConvolutionalNetwork()
