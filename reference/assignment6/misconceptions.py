"""Well-known mistakes of assignment 6: one function of the reference each, written wrong."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers

from autograder.authoring import misconception
from solution import conv2d

# conv2d


@misconception(
    "You turn the kernel around before you use it. That is the convolution of mathematics; "
    "networks leave the kernel as it is: multiply the patch with it directly."
)
def conv2d__kernel_turned_around(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return conv2d(image, kernel[::-1, ::-1])


@misconception(
    "You take the mean of the products. A kernel's answer is their sum; with a mean, larger "
    "kernels would have a weaker voice."
)
def conv2d__mean(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return conv2d(image, kernel) / kernel.size


@misconception(
    "The last row and the last column of places are missing. The kernel fits h - k_h + 1 times "
    "from top to bottom: mind the + 1."
)
def conv2d__one_place_short(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return conv2d(image[:-1, :-1], kernel)


@misconception(
    "You put zeros around the image, so that the result is as large as the image. Here the "
    "kernel stays inside."
)
def conv2d__padded(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    k_h, k_w = kernel.shape
    above, left = (k_h - 1) // 2, (k_w - 1) // 2
    around = ((above, k_h - 1 - above), (left, k_w - 1 - left))
    return conv2d(np.pad(image, around), kernel)


@misconception(
    "You take the kernel for a square and use its height for both sides. Read both from "
    "kernel.shape."
)
def conv2d__square_kernel(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    k = kernel.shape[0]
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    answers = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            answers[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return answers


@misconception(
    "The kernel jumps by its own size. It should move by one pixel at a time, so that its "
    "places overlap; the jumps belong to the pooling."
)
def conv2d__jumps(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return conv2d(image, kernel)[:: kernel.shape[0], :: kernel.shape[1]]


@misconception(
    "Negative answers have become 0. That is the ReLU, a step of its own; a convolution by "
    "itself keeps its sign."
)
def conv2d__with_relu(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.maximum(conv2d(image, kernel), 0)


# max_pool


@misconception(
    "You keep the mean of each window. That is average-pooling; the maximum says whether a "
    "pattern was seen anywhere in the window."
)
def max_pool__mean(image: np.ndarray, size: int = 2) -> np.ndarray:
    h, w = image.shape[0] // size, image.shape[1] // size
    windows = image[: h * size, : w * size].reshape(h, size, w, size)
    return windows.mean(axis=(1, 3))


@misconception(
    "Your windows overlap: they move by one pixel. A window begins where the last one ended, "
    "at size * i."
)
def max_pool__overlapping(image: np.ndarray, size: int = 2) -> np.ndarray:
    h, w = image.shape[0] - size + 1, image.shape[1] - size + 1
    return np.array(
        [[image[i : i + size, j : j + size].max() for j in range(w)] for i in range(h)]
    )


@misconception("The windows are always 2 × 2. Their side is what the argument `size` says.")
def max_pool__always_two(image: np.ndarray, size: int = 2) -> np.ndarray:
    h, w = image.shape[0] // 2, image.shape[1] // 2
    return image[: 2 * h, : 2 * w].reshape(h, 2, w, 2).max(axis=(1, 3))


@misconception(
    "You keep what is left over at the edge, as windows of their own. A window that is not "
    "whole is dropped: the result has h // size rows."
)
def max_pool__keeps_the_rest(image: np.ndarray, size: int = 2) -> np.ndarray:
    rows, columns = range(0, image.shape[0], size), range(0, image.shape[1], size)
    return np.array([[image[i : i + size, j : j + size].max() for j in columns] for i in rows])


@misconception(
    "You keep the upper left number of each window, which only makes the image smaller. Take "
    "the largest of the window."
)
def max_pool__first_of_each(image: np.ndarray, size: int = 2) -> np.ndarray:
    h, w = image.shape[0] // size, image.shape[1] // size
    return image[: h * size : size, : w * size : size]


@misconception(
    "You start each window's maximum at 0, so that negative numbers can never win. Start at "
    "the window's first number, or use np.max."
)
def max_pool__never_negative(image: np.ndarray, size: int = 2) -> np.ndarray:
    h, w = image.shape[0] // size, image.shape[1] // size
    windows = image[: h * size, : w * size].reshape(h, size, w, size)
    return np.maximum(windows.max(axis=(1, 3)), 0)


# dropout


@misconception(
    "What is kept stays as it is, so that on the average everything becomes smaller. Divide "
    "it by 1 - rate."
)
def dropout__not_scaled(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    return a * (rng.random(a.shape) >= rate)


@misconception(
    "You multiply what is kept by 1 - rate, and make it smaller still. It must make up for "
    "what is missing: divide."
)
def dropout__multiplied(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    return a * (rng.random(a.shape) >= rate) * (1 - rate)


@misconception(
    "You keep the share that should be dropped. `rate` is the probability of becoming zero: "
    "keep where the draw is at least `rate`, and divide by 1 - rate."
)
def dropout__rate_kept(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    return a * (rng.random(a.shape) < rate) / max(rate, 1e-9)


@misconception(
    "The right share is dropped, but what is kept is divided by `rate`. A share of 1 - rate is "
    "left, so divide by that."
)
def dropout__divided_by_rate(
    a: np.ndarray, rate: float, rng: np.random.Generator
) -> np.ndarray:
    return a * (rng.random(a.shape) >= rate) / max(rate, 1e-9)


@misconception(
    "Whole rows are dropped. Each number is decided for itself: draw as many random numbers as "
    "`a` has entries, rng.random(a.shape)."
)
def dropout__whole_rows(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    kept = np.ones(len(a), dtype=bool)
    kept[: round(rate * len(a))] = False
    return a * rng.permutation(kept)[:, None] / (1 - rate)


@misconception(
    "Whole columns are dropped. Each number is decided for itself: draw as many random numbers "
    "as `a` has entries, rng.random(a.shape)."
)
def dropout__whole_columns(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    kept = np.ones(a.shape[-1], dtype=bool)
    kept[: round(rate * a.shape[-1])] = False
    return a * rng.permutation(kept) / (1 - rate)


@misconception(
    "You keep where the draw is below `rate`, and that is the share that should be dropped. "
    "Keep where the draw is at least `rate`."
)
def dropout__kept_below_the_rate(
    a: np.ndarray, rate: float, rng: np.random.Generator
) -> np.ndarray:
    return a * (rng.random(a.shape) < rate) / (1 - rate)


# Rows or columns that are drawn one by one may be more or fewer than the rate says.
def _few(count: int, rng: np.random.Generator) -> np.ndarray:
    kept = np.ones(count, dtype=bool)
    kept[0] = False
    return rng.permutation(kept)


@misconception(
    "Whole rows are dropped. Each number is decided for itself: draw as many random numbers as "
    "`a` has entries, rng.random(a.shape)."
)
def dropout__whole_rows_unevenly(
    a: np.ndarray, rate: float, rng: np.random.Generator
) -> np.ndarray:
    return a * (_few(len(a), rng) if rate else np.ones(len(a)))[:, None] / (1 - rate)


@misconception(
    "Whole columns are dropped. Each number is decided for itself: draw as many random numbers "
    "as `a` has entries, rng.random(a.shape)."
)
def dropout__whole_columns_unevenly(
    a: np.ndarray, rate: float, rng: np.random.Generator
) -> np.ndarray:
    return a * (_few(a.shape[-1], rng) if rate else np.ones(a.shape[-1])) / (1 - rate)


@misconception(
    "You draw from NumPy's global generator and not from the one that was passed in, so a run "
    "cannot be repeated: use rng.random."
)
def dropout__global_generator(
    a: np.ndarray, rate: float, rng: np.random.Generator
) -> np.ndarray:
    return a * (np.random.rand(*a.shape) >= rate) / (1 - rate)


@misconception(
    "You seed a generator of your own in every call, so that the same numbers are dropped in "
    "every step of a training. Draw from the generator that is passed in."
)
def dropout__own_seed(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    return a * (np.random.default_rng(1).random(a.shape) >= rate) / (1 - rate)


# add_channel_axis


@misconception(
    "The channel axis stands before the height and the width. Keras wants it last: "
    "(m, h, w, 1)."
)
def add_channel_axis__before_the_height(images: np.ndarray) -> np.ndarray:
    return images[:, np.newaxis]


@misconception(
    "The new axis is the first one, as if all images were one example. The examples come "
    "first, the channel last: (m, h, w, 1)."
)
def add_channel_axis__first(images: np.ndarray) -> np.ndarray:
    return images[np.newaxis]


@misconception(
    "You repeat each image as red, green and blue. These images are grey; one channel is "
    "enough, and it is what the network's input asks for."
)
def add_channel_axis__three_channels(images: np.ndarray) -> np.ndarray:
    return np.stack([images, images, images], axis=-1)


@misconception(
    "You reshape to 28 × 28 whatever the images are. Read the sizes from images.shape, or let "
    "images[..., np.newaxis] do it."
)
def add_channel_axis__always_28(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), 28, 28, 1)


@misconception(
    "Height and width have changed places, and the pixels of an image with them. Images are "
    "(m, height, width): the shape to give is images.shape with a 1 after it."
)
def add_channel_axis__sides_swapped(images: np.ndarray) -> np.ndarray:
    m, h, w = images.shape
    return images.reshape(m, w, h, 1)


@misconception(
    "The images come back as they were. Conv2D needs a last axis for the channels, even where "
    "there is only one."
)
def add_channel_axis__unchanged(images: np.ndarray) -> np.ndarray:
    return images


# build_cnn


def a_cnn(
    activation: str | None = "relu",
    padding: str = "valid",
    size: int = 3,
    hidden: str | None = "sigmoid",
    rate: float = 0.2,
    last: str | None = "softmax",
    units: int = 10,
    flatten: bool = True,
    second_pool: bool = True,
) -> keras.Model:
    def conv(filters: int) -> layers.Layer:
        return layers.Conv2D(filters, size, activation=activation, padding=padding)

    drop = [layers.Dropout(rate)] if rate else []
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            conv(32),
            conv(32),
            layers.MaxPooling2D(2),
            conv(64),
            conv(64),
            *([layers.MaxPooling2D(2)] if second_pool else []),
            *([layers.Flatten()] if flatten else []),
            layers.Dense(1024, activation=hidden),
            *drop,
            layers.Dense(1024, activation=hidden),
            *([layers.Dropout(rate)] if rate else []),
            layers.Dense(units, activation=last),
        ]
    )


@misconception(
    "The convolutions have no activation. One linear step after another is one linear step: "
    'add activation="relu" to all four.'
)
def build_cnn__no_activation() -> keras.Model:
    return a_cnn(activation=None)


@misconception(
    'With padding="same" the images keep their size. In the table they shrink by 2 with each '
    "convolution: leave the padding at its default."
)
def build_cnn__same_padding() -> keras.Model:
    return a_cnn(padding="same")


@misconception("The kernels are 5 × 5. The table asks for 3 × 3: Conv2D(32, 3, ...).")
def build_cnn__kernels_of_five() -> keras.Model:
    return a_cnn(size=5)


@misconception(
    "There is no Flatten, so the dense layers work at every place of the image by itself, and "
    "the network has 16 answers in place of one."
)
def build_cnn__no_flatten() -> keras.Model:
    return a_cnn(flatten=False)


@misconception(
    "The last layer has no activation, so its ten sums are no probabilities. Add "
    'activation="softmax".'
)
def build_cnn__no_softmax() -> keras.Model:
    return a_cnn(last=None)


@misconception(
    "The last layer uses the ReLU, which can be 0 for all classes at once and then learns "
    "nothing any more. Probabilities are made by the softmax."
)
def build_cnn__relu_output() -> keras.Model:
    return a_cnn(last="relu")


@misconception(
    "The dropout has a rate of 0.8 and drops four units out of five. In Keras, the rate is "
    "what is dropped, not what is kept: Dropout(0.2)."
)
def build_cnn__rate_kept() -> keras.Model:
    return a_cnn(rate=0.8)


@misconception(
    "There is no dropout. The two large dense layers can then learn the training images by "
    "heart: put Dropout(0.2) after each of them."
)
def build_cnn__no_dropout() -> keras.Model:
    return a_cnn(rate=0)


@misconception(
    "The second pooling is missing. The dense layer then gets 4,096 numbers in place of 1,024, "
    "and has four times as many weights."
)
def build_cnn__one_pooling() -> keras.Model:
    return a_cnn(second_pool=False)


@misconception(
    "The last layer has a single unit, and a softmax over one unit is always 1. Give it one "
    "unit for each of the ten classes."
)
def build_cnn__single_output() -> keras.Model:
    return a_cnn(units=1)


@misconception(
    "The dense layers use the ReLU. That is a good choice as well, but the network of the "
    'table has activation="sigmoid" there.'
)
def build_cnn__relu_dense() -> keras.Model:
    return a_cnn(hidden="relu")


class Dropping(keras.Model):
    """No functional one: in it, a call of the model with training=False reaches the dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = a_cnn().layers

    def call(self, x):
        for layer in self.parts:
            x = layer(x, training=True) if isinstance(layer, layers.Dropout) else layer(x)
        return x


@misconception(
    "The dropout is called with training=True, so that it drops numbers when the model is used "
    "as well. Leave that out; Keras knows when it trains."
)
def build_cnn__always_dropping() -> keras.Model:
    return Dropping()


# train


def trained(model, images, labels, loss="categorical_crossentropy", optimizer="adam", **how):
    model.compile(loss=loss, optimizer=optimizer, metrics=["accuracy"])
    return model.fit(images, labels, verbose=0, **how)


@misconception(
    "The binary cross-entropy asks separate questions of yes and no, one for each class. "
    "Classes that exclude one another need the categorical cross-entropy."
)
def train__binary(model, images, labels, epochs=2, batch_size=32):
    how = {"epochs": epochs, "batch_size": batch_size}
    return trained(model, images, labels, loss="binary_crossentropy", **how)


@misconception(
    "With from_logits=True the loss applies a softmax of its own, and the model has one "
    "already. Leave from_logits out."
)
def train__two_softmaxes(model, images, labels, epochs=2, batch_size=32):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    return trained(model, images, labels, loss=loss, epochs=epochs, batch_size=batch_size)


@misconception("You always train for one epoch. Pass the argument on: epochs=epochs.")
def train__one_epoch(model, images, labels, epochs=2, batch_size=32):
    return trained(model, images, labels, epochs=1, batch_size=batch_size)


@misconception("The batch size is always 32. Pass the argument on: batch_size=batch_size.")
def train__default_batches(model, images, labels, epochs=2, batch_size=32):
    return trained(model, images, labels, epochs=epochs)


@misconception(
    "You shuffle the images and the labels each by themselves, and afterwards hardly any "
    "label belongs to its image. `fit` shuffles the pairs for you, in every epoch."
)
def train__shuffled_apart(model, images, labels, epochs=2, batch_size=32):
    images = np.random.permutation(images)
    return trained(model, images, labels, epochs=epochs, batch_size=batch_size)


@misconception(
    "The model was never compiled, so there is no loss to make small. Call model.compile "
    "before model.fit."
)
def train__not_compiled(model, images, labels, epochs=2, batch_size=32):
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=0)


# classify_single_image


def probabilities(model: keras.Model, image: np.ndarray) -> np.ndarray:
    return model.predict(image.reshape(1, 28, 28, 1) / 255, verbose=0)


@misconception(
    "The image goes to the model with pixels up to 255. The model has only ever seen numbers "
    "up to 1: divide by 255 first, as for the training."
)
def classify_single_image__not_scaled(model: keras.Model, image: np.ndarray) -> int:
    return int(np.argmax(probabilities(model, image * 255.0)))


@misconception(
    "You divide by the brightest pixel of this image, so that a dark image becomes as bright "
    "as a light one. Divide by 255, as for the training."
)
def classify_single_image__divided_by_the_maximum(model: keras.Model, image: np.ndarray) -> int:
    return int(np.argmax(probabilities(model, image * 255.0 / image.max())))


@misconception(
    "You divide by 256. There are 256 values, but they run from 0 to 255: white is 255, and "
    "should become 1."
)
def classify_single_image__divided_by_256(model: keras.Model, image: np.ndarray) -> int:
    return int(np.argmax(probabilities(model, image * 255.0 / 256)))


@misconception(
    "You return the largest probability. The question is where it stands: np.argmax gives the "
    "class."
)
def classify_single_image__largest_probability(model: keras.Model, image: np.ndarray) -> float:
    return float(np.max(probabilities(model, image)))


@misconception(
    "You return all ten probabilities. The answer is one digit, the place of the largest: "
    "np.argmax."
)
def classify_single_image__all_probabilities(
    model: keras.Model, image: np.ndarray
) -> np.ndarray:
    return probabilities(model, image)[0]


@misconception("You add 1 to the class. Classes count from 0, as digits do.")
def classify_single_image__counted_from_one(model: keras.Model, image: np.ndarray) -> int:
    return int(np.argmax(probabilities(model, image))) + 1


@misconception(
    "You take the argmax along the examples, and there is only one, so that the answer is "
    "always 0. Look along the classes: np.argmax(probabilities[0])."
)
def classify_single_image__along_the_examples(
    model: keras.Model, image: np.ndarray
) -> np.ndarray:
    return np.argmax(probabilities(model, image), axis=0)


@misconception(
    "You return the class with the smallest probability. The network's answer is the one with "
    "the largest: np.argmax."
)
def classify_single_image__smallest(model: keras.Model, image: np.ndarray) -> int:
    return int(np.argmin(probabilities(model, image)))
