"""Well-known mistakes of assignment 6, each as a patch of the reference or a whole function."""

import keras
import numpy as np
from keras import layers

from autograder.authoring import misconception, mistake


class Dropping(keras.Model):
    """A model whose dropout is reached by a call with training=False as well."""

    def __init__(self, parts):
        super().__init__()
        self.parts = keras.Sequential(parts).layers

    def call(self, x):
        for layer in self.parts:
            x = layer(x, training=True) if isinstance(layer, layers.Dropout) else layer(x)
        return x


# conv2d
mistake("conv2d", "kernel_turned_around", {"* kernel)": "* kernel[::-1, ::-1])"}).say(
    "You turn the kernel around before you use it. That is the convolution of mathematics; "
    "networks leave the kernel as it is: multiply the patch with it directly."
)
mistake("conv2d", "mean", {"np.sum": "np.mean"}).say(
    "You take the mean of the products. A kernel's answer is their sum; with a mean, larger "
    "kernels would have a weaker voice."
)
mistake("conv2d", "one_place_short", {"- k_h + 1": "- k_h", "- k_w + 1": "- k_w"}).say(
    "The last row and the last column of places are missing. The kernel fits h - k_h + 1 "
    "times from top to bottom: mind the + 1."
)
mistake(
    "conv2d",
    "padded",
    {
        "    h, w =": (
            "    around = ((k_h - 1) // 2, k_h // 2), ((k_w - 1) // 2, k_w // 2)\n"
            "    image = np.pad(image, around)\n"
            "    h, w ="
        )
    },
    "You put zeros around the image, so that the result is as large as the image. Here the "
    "kernel stays inside.",
)
mistake(
    "conv2d",
    "padded_by_half",
    {
        "h, w = image.shape[0] - k_h + 1, image.shape[1] - k_w + 1": (
            "h, w = image.shape\n"
            "    image = np.pad(image, ((k_h // 2, k_h // 2), (k_w // 2, k_w // 2)))"
        )
    },
    "You put zeros around the image, so that the result is as large as the image. Here the "
    "kernel stays inside.",
)
mistake(
    "conv2d", "square_kernel", {"k_h, k_w = kernel.shape": "k_h = k_w = kernel.shape[0]"}
).say(
    "You take the kernel for a square and use its height for both sides. Read both from "
    "kernel.shape."
)
mistake(
    "conv2d",
    "jumps",
    {
        "[0] - k_h + 1": "[0] // k_h",
        "[1] - k_w + 1": "[1] // k_w",
        "i : i + k_h": "k_h * i : k_h * (i + 1)",
        "j : j + k_w": "k_w * j : k_w * (j + 1)",
    },
    "The kernel jumps by its own size. It should move by one pixel at a time, so that its "
    "places overlap; the jumps belong to the pooling.",
)
mistake("conv2d", "with_relu", {"return answers": "return np.maximum(answers, 0)"}).say(
    "Negative answers have become 0. That is the ReLU, a step of its own; a convolution by "
    "itself keeps its sign."
)

# max_pool
mistake("max_pool", "sum", {"windows.max": "windows.sum"}).say(
    "You add up each window. Max-pooling keeps its largest number: np.max in place of np.sum."
)
mistake("max_pool", "mean", {"windows.max": "windows.mean"}).say(
    "You keep the mean of each window. That is average-pooling; the maximum says whether a "
    "pattern was seen anywhere in the window."
)


@misconception(
    "Your windows overlap: they move by one pixel. A window begins where the last one ended, "
    "at size * i."
)
def max_pool__overlapping(image, size=2):
    h, w = image.shape[0] - size + 1, image.shape[1] - size + 1
    rows = [[image[i : i + size, j : j + size].max() for j in range(w)] for i in range(h)]
    return np.array(rows)


@misconception(
    "Your windows move by one pixel, and overlap. A window begins where the last one ended: at "
    "size * i and size * j."
)
def max_pool__one_pixel_on(image, size=2):
    h, w = image.shape[0] // size, image.shape[1] // size
    rows = [[image[i : i + size, j : j + size].max() for j in range(w)] for i in range(h)]
    return np.array(rows)


mistake(
    "max_pool",
    "always_two",
    {("// size", 2): "// 2", ("* size", 2): "* 2", "size, w, size": "2, w, 2"},
    "The windows are always 2 × 2. Their side is what the argument `size` says.",
)


@misconception(
    "You keep what is left over at the edge, as windows of their own. A window that is not "
    "whole is dropped: the result has h // size rows."
)
def max_pool__keeps_the_rest(image, size=2):
    rows, columns = range(0, image.shape[0], size), range(0, image.shape[1], size)
    return np.array([[image[i : i + size, j : j + size].max() for j in columns] for i in rows])


mistake("max_pool", "first_of_each", {"windows.max(axis=(1, 3))": "windows[:, 0, :, 0]"}).say(
    "You keep the upper left number of each window, which only makes the image smaller. Take "
    "the largest of the window."
)
mistake("max_pool", "never_negative", {"(1, 3)": "(1, 3), initial=0"}).say(
    "You start each window's maximum at 0, so that negative numbers can never win. Start at "
    "the window's first number, or use np.max."
)

# dropout
mistake("dropout", "not_scaled", {" / (1 - rate)": ""}).say(
    "What is kept stays as it is, so that on the average everything becomes smaller. Divide "
    "it by 1 - rate."
)
mistake("dropout", "multiplied", {"/ (1 - rate)": "* (1 - rate)"}).say(
    "You multiply what is kept by 1 - rate, and make it smaller still. It must make up for "
    "what is missing: divide."
)
mistake("dropout", "rate_kept", {">= rate": "< rate", "(1 - rate)": "rate"}).say(
    "You keep the share that should be dropped. `rate` is the probability of becoming zero: "
    "keep where the draw is at least `rate`, and divide by 1 - rate."
)
mistake("dropout", "divided_by_rate", {"(1 - rate)": "rate"}).say(
    "The right share is dropped, but what is kept is divided by `rate`. A share of 1 - rate "
    "is left, so divide by that."
)
mistake(
    "dropout",
    "whole_rows",
    {
        "rng.random(a.shape)": "rng.permutation(len(a))[:, None]",
        ">= rate": ">= round(rate * len(a))",
    },
    "Whole rows are dropped. Each number is decided for itself: draw as many random numbers "
    "as `a` has entries, rng.random(a.shape).",
)
mistake(
    "dropout",
    "whole_columns",
    {
        "rng.random(a.shape)": "rng.permutation(a.shape[1])",
        ">= rate": ">= round(rate * a.shape[1])",
    },
    "Whole columns are dropped. Each number is decided for itself: draw as many random "
    "numbers as `a` has entries, rng.random(a.shape).",
)
mistake("dropout", "kept_below_the_rate", {">=": "<"}).say(
    "Far too much becomes zero, as when what is kept is where the draw is below `rate`. Keep "
    "where an even draw, rng.random, is at least `rate`."
)

# Rows or columns that are drawn one by one may be more or fewer than the rate says.
mistake(
    "dropout",
    "whole_rows_unevenly",
    {"rng.random(a.shape)": "rng.permutation(len(a))[:, None]", ">= rate": ">= (rate > 0)"},
    "Whole rows are dropped. Each number is decided for itself: draw as many random numbers "
    "as `a` has entries, rng.random(a.shape).",
)
mistake(
    "dropout",
    "whole_columns_unevenly",
    {"rng.random(a.shape)": "rng.permutation(a.shape[1])", ">= rate": ">= (rate > 0)"},
    "Whole columns are dropped. Each number is decided for itself: draw as many random "
    "numbers as `a` has entries, rng.random(a.shape).",
)
mistake("dropout", "global_generator", {"rng.random(a.shape)": "np.random.rand(*a.shape)"}).say(
    "You draw from NumPy's global generator and not from the one that was passed in, so a run "
    "cannot be repeated: use rng.random."
)
mistake("dropout", "own_seed", {"rng.random": "np.random.default_rng(1).random"}).say(
    "You seed a generator of your own in every call, so that the same numbers are dropped in "
    "every step of a training. Draw from the generator that is passed in."
)

# add_channel_axis
mistake("add_channel_axis", "before_the_height", {"..., np.newaxis": ":, np.newaxis"}).say(
    "The channel axis stands before the height and the width. Keras wants it last: (m, h, w, "
    "1)."
)
mistake("add_channel_axis", "first", {"..., np.newaxis": "np.newaxis"}).say(
    "The new axis is the first one, as if all images were one example. The examples come "
    "first, the channel last: (m, h, w, 1)."
)
mistake(
    "add_channel_axis",
    "three_channels",
    {"images[..., np.newaxis]": "np.stack([images, images, images], axis=-1)"},
    "You repeat each image as red, green and blue. These images are grey; one channel is "
    "enough, and it is what the network's input asks for.",
)
mistake(
    "add_channel_axis",
    "always_28",
    {"images[..., np.newaxis]": "images.reshape(len(images), 28, 28, 1)"},
    "You reshape to 28 × 28 whatever the images are. Read the sizes from images.shape, or let "
    "images[..., np.newaxis] do it.",
)
mistake(
    "add_channel_axis",
    "sides_swapped",
    {
        "return images[..., np.newaxis]": (
            "m, h, w = images.shape\n    return images.reshape(m, w, h, 1)"
        )
    },
    "Height and width have changed places, and the pixels of an image with them. Images are "
    "(m, height, width): the shape to give is images.shape with a 1 after it.",
)
mistake("add_channel_axis", "unchanged", {"[..., np.newaxis]": ""}).say(
    "The images come back as they were. Conv2D needs a last axis for the channels, even where "
    "there is only one."
)

# build_cnn
mistake("build_cnn", "no_activation", {(', activation="relu"', 4): ""}).say(
    "The convolutions have no activation. One linear step after another is one linear step: "
    'add activation="relu" to all four.'
)
mistake("build_cnn", "same_padding", {('"relu"', 4): '"relu", padding="same"'}).say(
    'With padding="same" the images keep their size. In the table they shrink by 2 with each '
    "convolution: leave the padding at its default."
)
mistake("build_cnn", "kernels_of_five", {(", 3,", 4): ", 5,"}).say(
    "The kernels are 5 × 5. The table asks for 3 × 3: Conv2D(32, 3, ...)."
)
mistake("build_cnn", "no_flatten", {"            layers.Flatten(),\n": ""}).say(
    "There is no Flatten, so the dense layers work at every place of the image by itself, and "
    "the network has 16 answers in place of one."
)
mistake("build_cnn", "no_softmax", {', activation="softmax"': ""}).say(
    "The last layer has no activation, so its ten sums are no probabilities. Add "
    'activation="softmax".'
)
mistake("build_cnn", "relu_output", {"softmax": "relu"}).say(
    "The last layer uses the ReLU, which can be 0 for all classes at once and then learns "
    "nothing any more. Probabilities are made by the softmax."
)
mistake("build_cnn", "rate_kept", {("0.2", 2): "0.8"}).say(
    "The dropout has a rate of 0.8 and drops four units out of five. In Keras, the rate is "
    "what is dropped, not what is kept: Dropout(0.2)."
)
mistake("build_cnn", "no_dropout", {("            layers.Dropout(0.2),\n", 2): ""}).say(
    "There is no dropout. The two large dense layers can then learn the training images by "
    "heart: put Dropout(0.2) after each of them."
)
mistake(
    "build_cnn",
    "one_pooling",
    {"layers.MaxPooling2D(2),\n            layers.Flatten()": "layers.Flatten()"},
    "The second pooling is missing. The dense layer then gets 4,096 numbers in place of "
    "1,024, and has four times as many weights.",
)
mistake("build_cnn", "single_output", {"Dense(10,": "Dense(1,"}).say(
    "The last layer has a single unit, and a softmax over one unit is always 1. Give it one "
    "unit for each of the ten classes."
)
mistake("build_cnn", "relu_dense", {("sigmoid", 2): "relu"}).say(
    "The dense layers use the ReLU. That is a good choice as well, but the network of the "
    'table has activation="sigmoid" there.'
)
mistake("build_cnn", "always_dropping", {"keras.Sequential": "Dropping"}).say(
    "The dropout is called with training=True, so that it drops numbers when the model is "
    "used as well. Leave that out; Keras knows when it trains."
)

# train
mistake("train", "binary", {"categorical": "binary"}).say(
    "The binary cross-entropy asks separate questions of yes and no, one for each class. "
    "Classes that exclude one another need the categorical cross-entropy."
)
mistake(
    "train",
    "two_softmaxes",
    {'"categorical_crossentropy"': "keras.losses.CategoricalCrossentropy(from_logits=True)"},
    "With from_logits=True the loss applies a softmax of its own, and the model has one "
    "already. Leave from_logits out.",
)
mistake("train", "one_epoch", {"epochs=epochs": "epochs=1"}).say(
    "You always train for one epoch. Pass the argument on: epochs=epochs."
)
mistake("train", "default_batches", {" batch_size=batch_size,": ""}).say(
    "The batch size is always 32. Pass the argument on: batch_size=batch_size."
)
mistake("train", "shuffled_apart", {"fit(images": "fit(np.random.permutation(images)"}).say(
    "You shuffle the images and the labels each by themselves, and afterwards hardly any "
    "label belongs to its image. `fit` shuffles the pairs for you, in every epoch."
)


@misconception(
    "The model was never compiled, so there is no loss to make small. Call model.compile "
    "before model.fit."
)
def train__not_compiled(model, images, labels, epochs=2, batch_size=32):
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=0)


# classify_single_image
mistake("classify_single_image", "not_scaled", {" / 255": ""}).say(
    "The image goes to the model with pixels up to 255. The model has only ever seen numbers "
    "up to 1: divide by 255 first, as for the training."
)
mistake("classify_single_image", "divided_by_the_maximum", {"/ 255": "/ image.max()"}).say(
    "You divide by the brightest pixel of this image, so that a dark image becomes as bright "
    "as a light one. Divide by 255, as for the training."
)
mistake("classify_single_image", "divided_by_256", {"255": "256"}).say(
    "You divide by 256. There are 256 values, but they run from 0 to 255: white is 255, and "
    "should become 1."
)
mistake(
    "classify_single_image",
    "largest_probability",
    {"int(np.argmax(probabilities[0]))": "float(np.max(probabilities))"},
    "You return the largest probability. The question is where it stands: np.argmax gives the "
    "class.",
)
mistake(
    "classify_single_image",
    "all_probabilities",
    {"int(np.argmax(probabilities[0]))": "probabilities[0]"},
    "You return all ten probabilities. The answer is one digit, the place of the largest: "
    "np.argmax.",
)
mistake(
    "classify_single_image",
    "counted_from_one",
    {"int(np.argmax(probabilities[0]))": "int(np.argmax(probabilities[0])) + 1"},
    "You add 1 to the class. Classes count from 0, as digits do.",
)
mistake(
    "classify_single_image",
    "along_the_examples",
    {"int(np.argmax(probabilities[0]))": "np.argmax(probabilities, axis=0)"},
    "You take the argmax along the examples, and there is only one, so that the answer is "
    "always 0. Look along the classes: np.argmax(probabilities[0]).",
)
mistake("classify_single_image", "smallest", {"argmax": "argmin"}).say(
    "You return the class with the smallest probability. The network's answer is the one with "
    "the largest: np.argmax."
)
