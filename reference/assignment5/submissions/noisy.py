import logging
import os
import warnings

import matplotlib.pyplot as plt

keras.utils.set_random_seed(7)
print("Keras", keras.__version__)
plain_build, plain_train = build_mlp, train


def build_mlp():
    model = plain_build()
    model.summary()
    return model


def train(model, images, labels, epochs=5, batch_size=64):
    history = model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=1)
    plt.plot(history.history["loss"])
    plt.title("loss")
    plt.show()
    logging.getLogger().error("NOISE of logging")
    warnings.warn("NOISE of a warning")
    os.write(2, b"NOISE of a library\n")
    print("final loss", history.history["loss"][-1])
    return history


data = np.load("mnist.npz")
mlp = compile_model(build_mlp())
history = train(mlp, prepare_images(data["x_train"]), prepare_labels(data["y_train"]))
