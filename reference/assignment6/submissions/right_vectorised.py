# No loops; TensorFlow's spelling of Keras; a functional model.
import numpy as np
import tensorflow as tf
from numpy.lib.stride_tricks import sliding_window_view

def conv2d(image, kernel):
    return np.einsum("ijab,ab->ij", sliding_window_view(image, kernel.shape), kernel)

def max_pool(image, size=2):
    return sliding_window_view(image, (size, size))[::size, ::size].max(axis=(2, 3))

def dropout(a, rate, rng):
    keep = 1 - rate
    return np.where(rng.binomial(1, keep, size=a.shape) == 1, a / keep, 0.0)

def add_channel_axis(images):
    return tf.expand_dims(images, -1).numpy()

def build_cnn():
    inputs = tf.keras.Input(shape=(28, 28, 1))
    x = inputs
    for filters in (32, 64):
        for _ in range(2):
            x = tf.keras.layers.Conv2D(filters, 3)(x)
            x = tf.keras.layers.Activation("relu")(x)
        x = tf.keras.layers.MaxPooling2D()(x)
    x = tf.keras.layers.Flatten()(x)
    for _ in range(2):
        x = tf.keras.layers.Dense(1024, activation=tf.nn.sigmoid)(x)
        x = tf.keras.layers.Dropout(0.2)(x)
    x = tf.keras.layers.Dense(10)(x)
    outputs = tf.keras.layers.Softmax()(x)
    return tf.keras.Model(inputs, outputs)

def train(model, images, labels, epochs=2, batch_size=32):
    model.compile(tf.keras.optimizers.Adam(1e-3), tf.keras.losses.CategoricalCrossentropy(),
                  metrics=[tf.keras.metrics.CategoricalAccuracy(name="accuracy")])
    return model.fit(x=images, y=labels, epochs=epochs, batch_size=batch_size).history

def classify_single_image(model, image):
    batch = tf.constant(image[None, :, :, None] / 255.0)
    return tf.argmax(model(batch)[0]).numpy()
