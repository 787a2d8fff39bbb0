# TensorFlow's spelling of Keras, functional models, objects for the loss and the optimizer.
import numpy as np
import tensorflow as tf

def prepare_images(images):
    return np.asarray(images, dtype=np.float64) / 255.0

def prepare_labels(labels, classes=10):
    return tf.one_hot(labels, classes).numpy()

def count_parameters(sizes):
    return np.array([(a + 1) * b for a, b in zip(sizes[:-1], sizes[1:])])

def build_mlp():
    inputs = tf.keras.Input(shape=(28, 28), name="image")
    x = tf.keras.layers.Reshape((784,))(inputs)
    x = tf.keras.layers.Dense(784, activation=tf.nn.sigmoid)(x)
    x = tf.keras.layers.Dense(800, activation=tf.nn.sigmoid)(x)
    outputs = tf.keras.layers.Dense(10, activation=tf.nn.softmax)(x)
    return tf.keras.Model(inputs, outputs)

def compile_model(model):
    model.compile(
        optimizer=tf.keras.optimizers.Adam(learning_rate=0.001),
        loss=tf.keras.losses.CategoricalCrossentropy(),
        metrics=[tf.keras.metrics.CategoricalAccuracy()],
    )
    return model

def train(model, images, labels, epochs=5, batch_size=64):
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size)
    return model.fit(data, epochs=epochs)

def build_simple_mlp():
    inputs = tf.keras.Input(shape=(50,))
    x = tf.keras.layers.Dense(64)(inputs)
    x = tf.keras.activations.relu(x)
    x = tf.keras.layers.Dense(28, activation=tf.keras.activations.relu)(x)
    outputs = tf.keras.layers.Dense(10, activation="softmax")(x)
    return tf.keras.Model(inputs=inputs, outputs=outputs)

def build_diabetes_model():
    inputs = tf.keras.Input(shape=(8,))
    x = tf.keras.layers.Dense(16, "relu")(inputs)
    x = tf.keras.layers.Dense(8, "relu")(x)
    outputs = tf.keras.layers.Dense(1, "sigmoid")(x)
    model = tf.keras.Model(inputs, outputs)
    model.compile(tf.keras.optimizers.Adam(), tf.keras.losses.BinaryCrossentropy(),
                  metrics=[tf.keras.metrics.BinaryAccuracy()])
    return model
