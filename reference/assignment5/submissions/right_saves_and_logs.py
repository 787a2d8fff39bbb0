# What is written to folders of another machine is no mistake.
import os

plain_build = build_simple_mlp


def build_simple_mlp():
    model = plain_build()
    os.makedirs("/content/drive/My Drive/models", exist_ok=True)
    model.save("/content/drive/My Drive/models/simple.keras")
    keras.utils.plot_model(model, to_file="/content/model.png", show_shapes=True)
    return model


def train(model, images, labels, epochs=5, batch_size=64):
    callbacks = [
        keras.callbacks.ModelCheckpoint("/some/folder/best.keras", save_best_only=True),
        keras.callbacks.TensorBoard(log_dir="/some/folder/logs"),
        keras.callbacks.CSVLogger("/some/other/folder/log.csv"),
    ]
    history = model.fit(
        images, labels, epochs=epochs, batch_size=batch_size, callbacks=callbacks, verbose=0
    )
    model.save_weights("/some/folder/last.weights.h5")
    return history
