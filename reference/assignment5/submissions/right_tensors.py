# TensorFlow's own functions wherever they do.
import tensorflow as tf


def prepare_images(images):
    return tf.cast(images, tf.float32) / 255.0


def prepare_labels(labels, classes=10):
    return tf.one_hot(labels, classes)


class ImageNetwork(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(10)
        self.first = layers.Dense(784)
        self.second = layers.Dense(800)

    def call(self, x):
        x = tf.reshape(x, (-1, 784))
        x = tf.nn.sigmoid(self.first(x))
        x = tf.nn.sigmoid(self.second(x))
        return tf.nn.softmax(self.out(x))


def build_mlp():
    return ImageNetwork()


def compile_model(model):
    model.compile(
        loss=[lambda truth, guess: -tf.reduce_sum(truth * tf.math.log(guess), axis=-1)],
        optimizer="adam",
        weighted_metrics=["accuracy"],
    )
    return model
