"""Well-known mistakes of assignment 5: one function of the reference each, written wrong.

Most of them train without a complaint and reach a good accuracy, which is why models are
judged by what they are made of.
"""

from __future__ import annotations

from itertools import pairwise

import keras
import numpy as np
from keras import layers

from autograder.authoring import misconception
from solution import prepare_images

# prepare_images


@misconception(
    "The pixels come back as they were, up to 255. Inputs that large push a sigmoid to where "
    "it is flat; divide by 255."
)
def prepare_images__not_scaled(images: np.ndarray) -> np.ndarray:
    return images.astype("float32")


@misconception(
    "You divide by the brightest pixel of these images. That makes dark images light, and "
    "scales training and test images differently. Divide by 255, which a pixel can be at most."
)
def prepare_images__divided_by_the_maximum(images: np.ndarray) -> np.ndarray:
    return images / images.max()


@misconception(
    "You divide by 256. There are 256 values, but they run from 0 to 255: white is 255, and "
    "should become 1."
)
def prepare_images__divided_by_256(images: np.ndarray) -> np.ndarray:
    return images / 256


@misconception(
    "All greys are gone: only 0 and 1 are left. The division must be one of floating-point "
    "numbers; `//`, and turning the result into integers, cut off what comes after the point."
)
def prepare_images__whole_division(images: np.ndarray) -> np.ndarray:
    return images // 255


@misconception(
    "You turn every pixel into black or white with a limit at the middle. The greys carry "
    "information too: divide by 255 and keep them."
)
def prepare_images__black_and_white(images: np.ndarray) -> np.ndarray:
    return (images > 127).astype("float32")


@misconception(
    "You shift the images to a mean of 0 and a spread of 1. That is a good preparation too, "
    "but another one, and it depends on these images. Here the pixels should lie between 0 "
    "and 1: divide by 255."
)
def prepare_images__standardised(images: np.ndarray) -> np.ndarray:
    return (images - images.mean()) / images.std()


@misconception(
    "You scale the pixels to -1 to 1. Some networks want that; this one wants 0 to 1, so "
    "divide by 255 and stop there."
)
def prepare_images__between_minus_one_and_one(images: np.ndarray) -> np.ndarray:
    return images.astype("float32") / 127.5 - 1


@misconception(
    "The numbers are right, but the images are flattened to one row each. The network's own "
    "Flatten layer does that; here the shape stays as it is."
)
def prepare_images__flattened(images: np.ndarray) -> np.ndarray:
    return prepare_images(images).reshape(len(images), -1)


# prepare_labels


@misconception(
    "You let the number of columns depend on the highest label that occurs. A batch without a "
    "nine then loses a column. Pass the number of classes on: to_categorical(labels, classes)."
)
def prepare_labels__classes_that_occur(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    return keras.utils.to_categorical(labels)


@misconception(
    "You always make ten columns. How many there are is what the argument `classes` says; ten "
    "is only its default."
)
def prepare_labels__always_ten(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    return keras.utils.to_categorical(labels, 10)


@misconception(
    "The labels come back as they were. The categorical cross-entropy needs them in one-hot "
    "form: a row for each label, with a 1 in the label's column."
)
def prepare_labels__not_encoded(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    return labels


@misconception(
    "The ones stand one column too far to the left: label 0 belongs to the first column, and "
    "classes are counted from 0."
)
def prepare_labels__counted_from_one(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    return np.eye(classes)[labels - 1]


@misconception(
    "Your table has a column for each example. Keras wants a row for each example: transpose "
    "it."
)
def prepare_labels__transposed(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    return np.eye(classes)[:, labels]


@misconception(
    "You put the label itself into its column. It should be a 1 in every row, whatever the "
    "label: a nine is not nine times as true as a one."
)
def prepare_labels__label_in_place_of_one(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    return keras.utils.to_categorical(labels, classes) * labels[:, None]


# count_parameters


@misconception(
    "You count the weights and leave out the biases. Every unit has one: (inputs + 1) * units."
)
def count_parameters__no_biases(sizes: list[int]) -> list[int]:
    return [inputs * units for inputs, units in pairwise(sizes)]


@misconception(
    "You count a bias for each input. Biases belong to the units: inputs * units + units, "
    "which is (inputs + 1) * units."
)
def count_parameters__bias_for_each_input(sizes: list[int]) -> list[int]:
    return [inputs * (units + 1) for inputs, units in pairwise(sizes)]


@misconception(
    "You count one bias for a whole layer. Each of its units has a bias of its own: "
    "(inputs + 1) * units."
)
def count_parameters__one_bias(sizes: list[int]) -> list[int]:
    return [inputs * units + 1 for inputs, units in pairwise(sizes)]


@misconception(
    "You return the sum. The table of the text has a number for each layer; return them as a "
    "list."
)
def count_parameters__sum(sizes: list[int]) -> int:
    return sum((inputs + 1) * units for inputs, units in pairwise(sizes))


@misconception(
    "You count the inputs as a layer with parameters of its own. Inputs have none: a list of "
    "n sizes gives n - 1 numbers."
)
def count_parameters__inputs_too(sizes: list[int]) -> list[int]:
    pairs = pairwise(sizes)
    return [sizes[0], *((inputs + 1) * units for inputs, units in pairs)]


# build_mlp


def image_network(*after: layers.Layer, flatten: bool = True) -> keras.Model:
    first = [layers.Flatten()] if flatten else []
    return keras.Sequential([keras.Input((28, 28)), *first, *after])


@misconception(
    "There is no Flatten. Dense works on the last axis alone, so your network judges each of "
    "the 28 rows of an image by itself, and has 28 answers for one image."
)
def build_mlp__no_flatten() -> keras.Model:
    return image_network(
        layers.Dense(784, activation="sigmoid"),
        layers.Dense(800, activation="sigmoid"),
        layers.Dense(10, activation="softmax"),
        flatten=False,
    )


@misconception(
    "The hidden layers have no activation. A weighted sum of weighted sums is one weighted "
    'sum, so the two layers do the work of none. Add activation="sigmoid" to both.'
)
def build_mlp__no_hidden_activation() -> keras.Model:
    return image_network(
        layers.Dense(784), layers.Dense(800), layers.Dense(10, activation="softmax")
    )


@misconception(
    "The hidden layers use the ReLU. That network would learn faster; but the one in the "
    'table has activation="sigmoid".'
)
def build_mlp__relu_hidden() -> keras.Model:
    return image_network(
        layers.Dense(784, activation="relu"),
        layers.Dense(800, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )


@misconception(
    "The last layer has no activation, so its ten sums are no probabilities: they can be "
    'negative, and the loss takes their logarithm. Add activation="softmax".'
)
def build_mlp__no_softmax() -> keras.Model:
    return image_network(
        layers.Dense(784, activation="sigmoid"),
        layers.Dense(800, activation="sigmoid"),
        layers.Dense(10),
    )


@misconception(
    "The last layer uses the sigmoid, which judges each class by itself, so that an image may "
    "be surely a 3 and surely an 8. The softmax shares one certainty among all classes."
)
def build_mlp__sigmoid_output() -> keras.Model:
    return image_network(
        layers.Dense(784, activation="sigmoid"),
        layers.Dense(800, activation="sigmoid"),
        layers.Dense(10, activation="sigmoid"),
    )


@misconception(
    "The last layer uses the ReLU. Its answers can be larger than 1, or all 0 at once, and "
    "then nothing is learned any more. Probabilities are made by the softmax."
)
def build_mlp__relu_output() -> keras.Model:
    return image_network(
        layers.Dense(784, activation="sigmoid"),
        layers.Dense(800, activation="sigmoid"),
        layers.Dense(10, activation="relu"),
    )


@misconception(
    "The last layer has a single unit, and a softmax over one unit is always 1. Give it one "
    "unit for each of the ten classes."
)
def build_mlp__single_output() -> keras.Model:
    return image_network(
        layers.Dense(784, activation="sigmoid"),
        layers.Dense(800, activation="sigmoid"),
        layers.Dense(1, activation="softmax"),
    )


@misconception(
    "One hidden layer is missing: between Flatten and the output there are two, with 784 and "
    "with 800 units."
)
def build_mlp__one_hidden_layer() -> keras.Model:
    return image_network(
        layers.Dense(800, activation="sigmoid"), layers.Dense(10, activation="softmax")
    )


@misconception("The two hidden layers have changed places: first 784 units, then 800.")
def build_mlp__hidden_layers_swapped() -> keras.Model:
    return image_network(
        layers.Dense(800, activation="sigmoid"),
        layers.Dense(784, activation="sigmoid"),
        layers.Dense(10, activation="softmax"),
    )


# compile_model


def compiled(
    model: keras.Model, loss: object = "categorical_crossentropy", optimizer: object = "adam"
) -> keras.Model:
    model.compile(loss=loss, optimizer=optimizer, metrics=["accuracy"])
    return model


@misconception(
    "The binary cross-entropy asks ten separate questions of yes and no. The network learns "
    "with it, but ten classes that exclude one another need the categorical cross-entropy."
)
def compile_model__binary(model: keras.Model) -> keras.Model:
    return compiled(model, "binary_crossentropy")


@misconception(
    "The sparse cross-entropy wants a class number for each example. Your labels are one-hot "
    "rows, so take categorical_crossentropy."
)
def compile_model__sparse(model: keras.Model) -> keras.Model:
    return compiled(model, "sparse_categorical_crossentropy")


@misconception(
    "The squared error measures distances between amounts. These are probabilities of classes, "
    "and where the network is surely wrong the squared error hardly pulls at all: take the "
    "categorical cross-entropy."
)
def compile_model__squared_error(model: keras.Model) -> keras.Model:
    return compiled(model, "mean_squared_error")


@misconception(
    "With from_logits=True the loss applies a softmax of its own, and the model has one "
    "already. Two of them make every answer nearly the same: leave from_logits out."
)
def compile_model__two_softmaxes(model: keras.Model) -> keras.Model:
    return compiled(model, keras.losses.CategoricalCrossentropy(from_logits=True))


@misconception(
    "The optimizer is plain gradient descent, which needs many more epochs here. The task "
    'asks for optimizer="adam".'
)
def compile_model__sgd(model: keras.Model) -> keras.Model:
    return compiled(model, optimizer="sgd")


@misconception(
    "The learning rate of 0.1 is a hundred times what Adam begins with, and the loss will jump "
    'about. Keep the default, 0.001: optimizer="adam".'
)
def compile_model__large_steps(model: keras.Model) -> keras.Model:
    return compiled(model, optimizer=keras.optimizers.Adam(0.1))


@misconception(
    "The optimizer is RMSprop, which Keras also takes where none is chosen. The task asks for "
    'optimizer="adam".'
)
def compile_model__default_optimizer(model: keras.Model) -> keras.Model:
    return compiled(model, optimizer="rmsprop")


@misconception(
    'No metric is measured. It changes nothing in the training, but metrics=["accuracy"] '
    "tells you in every epoch how many images are recognised."
)
def compile_model__no_metric(model: keras.Model) -> keras.Model:
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    return model


@misconception(
    "The model is compiled, but it does not come back. `compile` itself gives back None: call "
    "it, and write `return model` in a line of its own."
)
def compile_model__nothing_comes_back(model: keras.Model) -> None:
    compiled(model)


# train


@misconception(
    "The images change once more before the training: they come as `prepare_images` returns "
    "them, between 0 and 1. Pass them on as they are."
)
def train__scaled_again(model, images, labels, epochs=5, batch_size=64):
    return model.fit(images / 255, labels, epochs=epochs, batch_size=batch_size, verbose=0)


@misconception(
    "You call `fit` once for each epoch, and return the History of the last call, which knows "
    "one epoch only. Call it once, with epochs=epochs."
)
def train__last_epoch_only(model, images, labels, epochs=5, batch_size=64):
    for _ in range(epochs):
        history = model.fit(images, labels, batch_size=batch_size, verbose=0)
    return history


@misconception(
    "You always train for one epoch. Pass the argument on: model.fit(..., epochs=epochs)."
)
def train__one_epoch(model, images, labels, epochs=5, batch_size=64):
    return model.fit(images, labels, batch_size=batch_size, verbose=0)


@misconception(
    "The batch size is not passed on, so Keras takes its own of 32: add batch_size=batch_size."
)
def train__default_batches(model, images, labels, epochs=5, batch_size=64):
    return model.fit(images, labels, epochs=epochs, verbose=0)


@misconception(
    "All examples go into one batch, which makes a single update per epoch. Pass batch_size on."
)
def train__one_batch(model, images, labels, epochs=5, batch_size=64):
    return model.fit(images, labels, epochs=epochs, batch_size=len(images), verbose=0)


@misconception(
    "You shuffle the images and the labels each by themselves, and afterwards hardly any "
    "label belongs to its image. `fit` shuffles the pairs for you, in every epoch."
)
def train__shuffled_apart(model, images, labels, epochs=5, batch_size=64):
    images = np.random.permutation(images)
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=0)


@misconception(
    "Some of the examples are held back for validation. That is a good habit, but whoever "
    "calls `train` has chosen the examples for it already: use all of them."
)
def train__holds_some_back(model, images, labels, epochs=5, batch_size=64):
    return model.fit(
        images,
        labels,
        epochs=epochs,
        batch_size=batch_size,
        validation_split=0.25,
        verbose=0,
    )


# build_simple_mlp


@misconception(
    "The hidden layers have no activation, so all three layers together are one weighted sum. "
    'Add activation="relu" to the first two.'
)
def build_simple_mlp__no_hidden_activation() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((50,)),
            layers.Dense(64),
            layers.Dense(28),
            layers.Dense(10, activation="softmax"),
        ]
    )


@misconception(
    "The 50 inputs have become a layer of 50 units. They are the shape of an example, "
    "keras.Input((50,)); the first layer has 64 units."
)
def build_simple_mlp__inputs_as_a_layer() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((50,)),
            layers.Dense(50, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(28, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


@misconception(
    "The last layer uses the ReLU as well. Ten classes need probabilities, and these are made "
    'by activation="softmax".'
)
def build_simple_mlp__relu_output() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((50,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(28, activation="relu"),
            layers.Dense(10, activation="relu"),
        ]
    )


# build_diabetes_model


def yes_or_no(
    *last: layers.Layer, loss: str = "binary_crossentropy", hidden: str | None = "relu"
) -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((8,)),
            layers.Dense(16, activation=hidden),
            layers.Dense(8, activation=hidden),
            *(last or [layers.Dense(1, activation="sigmoid")]),
        ]
    )
    model.compile(loss=loss, optimizer="adam", metrics=["accuracy"])
    return model


@misconception(
    "The softmax shares a certainty of 1 among all units, and there is only one: its answer is "
    "always 1. A single unit needs the sigmoid."
)
def build_diabetes_model__softmax_of_one() -> keras.Model:
    return yes_or_no(layers.Dense(1, activation="softmax"))


@misconception(
    "The output has two units. One is enough, since the probability of no is what is left of "
    'the probability of yes: Dense(1, activation="sigmoid").'
)
def build_diabetes_model__two_outputs() -> keras.Model:
    return yes_or_no(layers.Dense(2, activation="softmax"))


@misconception(
    "The output has no activation, so it is any number and no probability. The binary "
    'cross-entropy takes its logarithm: add activation="sigmoid".'
)
def build_diabetes_model__no_sigmoid() -> keras.Model:
    return yes_or_no(layers.Dense(1))


@misconception(
    "The categorical cross-entropy belongs to a softmax with one unit for each class. Here a "
    "single sigmoid answers yes or no; its loss is the binary cross-entropy."
)
def build_diabetes_model__categorical_loss() -> keras.Model:
    return yes_or_no(loss="categorical_crossentropy")


@misconception(
    "The squared error measures distances between amounts; the answer is a probability here. "
    "The loss for a single sigmoid is the binary cross-entropy."
)
def build_diabetes_model__squared_error() -> keras.Model:
    return yes_or_no(loss="mean_squared_error")


@misconception(
    "The hidden layers have no activation, so the network can draw one straight border and no "
    'more. Add activation="relu" to both.'
)
def build_diabetes_model__no_hidden_activation() -> keras.Model:
    return yes_or_no(hidden=None)
