class ImageNetwork(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = layers.Flatten()
        self.hidden1 = layers.Dense(784, activation="sigmoid")
        self.hidden2 = layers.Dense(800, activation="sigmoid")
        self.out = layers.Dense(10, activation="softmax")

    def call(self, inputs):
        x = self.flatten(inputs)
        x = self.hidden1(x)
        x = self.hidden2(x)
        return self.out(x)


def build_mlp():
    return ImageNetwork()
