# What is written somewhere else, and what comes back as a tensor, changes nothing.
import tensorflow as tf


def add_channel_axis(images):
    return tf.expand_dims(images, -1)


def train(model, images, labels, epochs=2, batch_size=32):
    model.compile(loss=["categorical_crossentropy"], optimizer="adam", metrics=["accuracy"])
    board = keras.callbacks.TensorBoard(log_dir="logs")
    best = keras.callbacks.ModelCheckpoint("/content/drive/best.keras")
    history = model.fit(
        images, labels, epochs=epochs, batch_size=batch_size, callbacks=[board, best]
    )
    model.save("/some/folder/model.keras")
    return history
