class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = [
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
        ]
        self.one, self.two = (layers.Dense(1024, activation="sigmoid") for _ in range(2))
        self.drop = layers.Dropout(0.2)
        self.out = layers.Dense(10, activation="softmax")

    def call(self, x):
        for layer in self.first:
            x = layer(x)
        x = self.drop(self.one(x), training=True)
        x = self.drop(self.two(x), training=True)
        return self.out(x)


def build_cnn():
    return Net()
