# %% [markdown]
# # Assignment 6: a convolutional network, by hand and in Keras
#
# A dense network does not know that an image is an image. Shuffle the pixels of all images
# in the same way, and it learns just as well: to it, they are 784 numbers without
# neighbours. A convolutional network looks at small patches instead, with the same few
# weights everywhere. What it has learned about a stroke in one corner, it knows in all of
# them.
#
# First you write its three operations yourself, in a few lines of NumPy each. Then you
# build the network in Keras, and let it recognise digits.
#
# | step | function | the question it answers |
# |---|---|---|
# | 1 | `conv2d` | where in the image is this pattern? |
# | 2 | `max_pool` | is it somewhere around here? |
# | 3 | `dropout` | how does a network learn not to rely on single units? |
# | 4 | `add_channel_axis` | what shape does Keras want images in? |
# | 5 | `build_cnn` | how do the parts make a network? |
# | 6 | `train` | compile it, and train it |
# | 7 | `classify_single_image` | which digit is this? |
#
# The functions are checked one by one: you may stop after any of them, and a mistake in one
# does not cost you the points of the next.

# %%
import keras
import numpy as np
from keras import layers

# %% [markdown]
# ## 1. Convolution
#
# Lay a small *kernel* on the image, multiply each of its weights with the pixel below, and
# add everything up. That is one number of the result. Then move the kernel by one pixel,
# and do it again:
#
# $$y_{ij} = \sum_{a=0}^{k_h - 1} \sum_{b=0}^{k_w - 1} x_{i+a,\, j+b} \; w_{ab}$$
#
# The kernel stays inside the image. So it has $h - k_h + 1$ places from top to bottom and
# $w - k_w + 1$ from left to right, and the result is a little smaller than the image.
# (Keras calls this `padding="valid"`, with strides of 1.)
#
# **A worked example.** This kernel compares a pixel with its neighbour below to the right:
#
# $$x = \begin{pmatrix} 1 & 2 & 0 & 1 \\ 0 & 1 & 3 & 1 \\ 2 & 0 & 1 & 0 \\ 1 & 1 & 0 & 2
#   \end{pmatrix}, \quad
#   w = \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix}, \quad
#   y = \begin{pmatrix} 0 & -1 & -1 \\ 0 & 0 & 3 \\ 1 & 0 & -1 \end{pmatrix}$$
#
# At the upper left, $1 \cdot 1 + 2 \cdot 0 + 0 \cdot 0 + 1 \cdot (-1) = 0$. The largest
# answer, 3, is where a bright pixel has a dark one below it to the right.
#
# In mathematics, a convolution turns the kernel around by 180 degrees first. Networks do
# not bother: they learn the weights anyway, and would learn them turned around. Neither
# should you here.


# %%
def conv2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Return the kernel's answer at every place where it fits into the image.

    image    one image of one channel, shape (h, w).
    kernel   weights, shape (k_h, k_w); neither need be a square.

    The result has the shape (h - k_h + 1, w - k_w + 1).

    Hint: two loops over the places; `image[i : i + k_h, j : j + k_w]` is the patch there.
    """
    ### BEGIN SOLUTION
    k_h, k_w = kernel.shape
    h, w = image.shape[0] - k_h + 1, image.shape[1] - k_w + 1
    answers = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            answers[i, j] = np.sum(image[i : i + k_h, j : j + k_w] * kernel)
    return answers
    ### END SOLUTION


# %% [markdown]
# ## 2. Pooling
#
# Where exactly a stroke begins hardly matters. *Max-pooling* cuts the answers into windows
# of 2 × 2 that do not overlap, and keeps the largest number of each: the pattern was seen
# somewhere here. It halves both sides, and so leaves a quarter of the numbers.
#
# *Example.* The image from above becomes
#
# $$\begin{pmatrix} 1 & 2 & 0 & 1 \\ 0 & 1 & 3 & 1 \\ 2 & 0 & 1 & 0 \\ 1 & 1 & 0 & 2
#   \end{pmatrix} \;\to\; \begin{pmatrix} 2 & 3 \\ 2 & 2 \end{pmatrix}$$
#
# A row or a column that is left over at the edge, because it fills no whole window, is
# dropped: 7 × 9 becomes 3 × 4.


# %%
def max_pool(image: np.ndarray, size: int = 2) -> np.ndarray:
    """Return the largest number of each window of size × size.

    image   shape (h, w).
    size    the side of a window; windows do not overlap.

    The result has the shape (h // size, w // size).

    Hint: as in `conv2d`, but a window begins at `size * i`, and `np.max` takes the sum's
    place.
    """
    ### BEGIN SOLUTION
    h, w = image.shape[0] // size, image.shape[1] // size
    windows = image[: h * size, : w * size].reshape(h, size, w, size)
    return windows.max(axis=(1, 3))
    ### END SOLUTION


# %% [markdown]
# ## 3. Dropout
#
# A network may come to rely on single units: one of them recognises the training images by
# heart, and all others listen to it. *Dropout* makes that a bad idea. In every step of the
# training, each number is set to zero with the probability `rate`, at random and each for
# itself.
#
# Then a share of $1 - \text{rate}$ is left, and sums over it would come out too small. So
# what is kept is divided by $1 - \text{rate}$:
#
# $$\tilde{a} = \begin{cases} 0 & \text{with the probability rate} \\
#   a \,/\, (1 - \text{rate}) & \text{else} \end{cases}$$
#
# On the average, $\tilde{a}$ is $a$ again. This is called *inverted* dropout: the correction
# is made while training, and afterwards, when nothing is dropped any more, there is nothing
# left to do.
#
# *Example.* With a rate of 0.5 the numbers $(1, 2, 3, 4)$ may become $(2, 0, 0, 8)$, the
# next time $(0, 4, 6, 8)$.


# %%
def dropout(a: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Return `a` with some numbers set to zero, and the others scaled up to make up for it.

    a      any shape; the result has the same.
    rate   the probability of each number to be dropped, 0 <= rate < 1.
    rng    where the randomness comes from, such as `np.random.default_rng(3)`. Draw from
           this one and no other, so that a run can be repeated.

    Hint: `rng.random(a.shape)` gives a number between 0 and 1 for each entry of `a`. How
    many of them are at least `rate`?
    """
    ### BEGIN SOLUTION
    kept = rng.random(a.shape) >= rate
    return a * kept / (1 - rate)
    ### END SOLUTION


# %% [markdown]
# ## 4. The channel axis
#
# A colour image has three numbers for each pixel, red, green and blue: three *channels*.
# After a convolutional layer with 32 kernels there are 32. Keras wants the channels in the
# last axis, and it wants that axis even where there is one channel only:
#
# $$(m, h, w) \;\to\; (m, h, w, 1)$$


# %%
def add_channel_axis(images: np.ndarray) -> np.ndarray:
    """Return the grey images with an axis for their only channel.

    images   shape (m, h, w).

    The result has the shape (m, h, w, 1), and holds the same numbers.

    Hint: `images[..., np.newaxis]`, `np.expand_dims` or `reshape`. Sizes differ from data
    set to data set, so read them off from `images.shape`.
    """
    ### BEGIN SOLUTION
    return images[..., np.newaxis]
    ### END SOLUTION


# %% [markdown]
# ## 5. The network
#
# Two blocks find patterns: two convolutions each, and a pooling. In the second block a
# kernel sees a larger part of the image, since the image has shrunk, and so it can answer
# to patterns of patterns. Then two dense layers decide.
#
# | layer | output | activation | parameters |
# |---|---|---|---|
# | Conv2D, 32 kernels of 3 × 3 | (26, 26, 32) | ReLU | 320 |
# | Conv2D, 32 kernels of 3 × 3 | (24, 24, 32) | ReLU | 9,248 |
# | MaxPooling2D, 2 × 2 | (12, 12, 32) | | 0 |
# | Conv2D, 64 kernels of 3 × 3 | (10, 10, 64) | ReLU | 18,496 |
# | Conv2D, 64 kernels of 3 × 3 | (8, 8, 64) | ReLU | 36,928 |
# | MaxPooling2D, 2 × 2 | (4, 4, 64) | | 0 |
# | Flatten | 1024 | | 0 |
# | Dense, 1024 | 1024 | sigmoid | 1,049,600 |
# | Dropout, rate 0.2 | 1024 | | 0 |
# | Dense, 1024 | 1024 | sigmoid | 1,049,600 |
# | Dropout, rate 0.2 | 1024 | | 0 |
# | Dense, 10 | 10 | softmax | 10,250 |
#
# **Where the numbers come from.** A kernel of the second layer is 3 × 3 wide *and* 32
# channels deep, and has one bias: $3 \cdot 3 \cdot 32 + 1 = 289$ parameters, and
# $32 \cdot 289 = 9{,}248$ for the 32 kernels. The size of the image does not come into it.
# All four convolutions together have 64,992 parameters, the dense layers 32 times as many;
# 2,174,442 in all.


# %%
def build_cnn() -> keras.Model:
    """Return the network of the table, not compiled.

    The model takes examples of the shape (28, 28, 1) and has 2,174,442 parameters.

    Hint: `layers.Conv2D(32, 3, activation="relu")`, `layers.MaxPooling2D(2)`,
    `layers.Dropout(0.2)`. Compare `model.summary()` with the table, line by line.
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(1024, activation="sigmoid"),
            layers.Dropout(0.2),
            layers.Dense(1024, activation="sigmoid"),
            layers.Dropout(0.2),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %% [markdown]
# ## 6. Training
#
# As in assignment 5: ten classes, one-hot labels and a softmax need the categorical
# cross-entropy; the optimizer is Adam; the accuracy is measured. This time one function
# compiles *and* trains.


# %%
def train(
    model: keras.Model,
    images: np.ndarray,
    labels: np.ndarray,
    epochs: int = 2,
    batch_size: int = 32,
) -> keras.callbacks.History:
    """Compile the model, train it on all of the examples, and return the History of `fit`.

    model        a model that ends in a softmax and is not compiled; it is trained in place.
    images       numbers between 0 and 1, shape (m, h, w, 1).
    labels       one-hot, shape (m, classes): row i belongs to images[i].
    epochs       how often to go through all examples.
    batch_size   how many examples make one step.

    Hint: two lines, `model.compile(...)` and `model.fit(...)`.
    """
    ### BEGIN SOLUTION
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=0)
    ### END SOLUTION


# %% [markdown]
# ## 7. Which digit is this?
#
# A trained network is used for one image at a time, and this image comes as it was stored:
# 28 × 28 bytes from 0 to 255. The model has seen something else all its life: a batch of
# images, between 0 and 1, with a channel axis. Whatever was done to the training images
# must be done to this one too. Forget the scaling, and there is no error: only worse
# answers.
#
# 1. divide by 255,
# 2. make a batch of one image with one channel: (1, 28, 28, 1),
# 3. `model.predict` it, which gives probabilities of the shape (1, 10),
# 4. return the class with the largest of them.
#
# *Example.* For $(0.02, 0.01, 0.05, 0.80, 0.02, 0.02, 0.01, 0.03, 0.03, 0.01)$ the answer
# is 3: classes count from 0.


# %%
def classify_single_image(model: keras.Model, image: np.ndarray) -> int:
    """Return the digit that a trained model sees in one image.

    model   takes examples of the shape (28, 28, 1) between 0 and 1, and gives the
            probabilities of ten classes.
    image   whole numbers from 0 to 255, shape (28, 28).

    Hint: `np.argmax` gives the place of the largest entry.
    """
    ### BEGIN SOLUTION
    batch = add_channel_axis(image[np.newaxis] / 255)
    probabilities = model.predict(batch, verbose=0)
    return int(np.argmax(probabilities[0]))
    ### END SOLUTION


# %% [markdown]
# ## Try it: handwritten digits
#
# The next cell loads MNIST (the first time it is fetched from the internet: 11 MB) and
# trains your network for one epoch of 1,875 steps, which takes about two minutes on an
# ordinary processor. Expect about 98 % of the new images to be recognised after it, and
# almost 99 % after a second epoch.

# %%
if __name__ == "__main__":
    (images, labels), (new_images, new_labels) = keras.datasets.mnist.load_data()
    cnn = build_cnn()
    cnn.summary()
    train(cnn, add_channel_axis(images / 255), keras.utils.to_categorical(labels), epochs=1)
    predictions = np.argmax(cnn.predict(add_channel_axis(new_images / 255)), axis=1)
    accuracy = np.mean(predictions == new_labels)
    print(f"Of 10,000 new images, {100 * accuracy:.1f} % are recognised.")
    print("The first is a", classify_single_image(cnn, new_images[0]))

# %% [markdown]
# ## Explore
#
# These are for you. They earn no points, and they get harder.
#
# 1. Apply `conv2d` to a digit with the kernel $\begin{pmatrix} -1 & 0 & 1 \\ -1 & 0 & 1 \\
#    -1 & 0 & 1 \end{pmatrix}$, and with its transpose. Show both results as images. What
#    does each of them see?
# 2. Show the 32 kernels of the first layer before and after the training
#    (`model.layers[0].get_weights()[0]`). Do you recognise any?
# 3. How many places of the image does *one* number of the last pooling layer see? Follow it
#    back through the layers, by hand.
# 4. Course notes in circulation state 98.71 % after one epoch of MNIST and 99.10 % after
#    two. Train three times. Are you above or below, and by how much do your own runs differ?
# 5. Shift all test images by three pixels to the right. What happens to the accuracy of this
#    network, and to that of the dense network of assignment 5?
# 6. Write `conv2d` without any loop, with `np.lib.stride_tricks.sliding_window_view` and
#    `np.einsum`. How many times faster is it?
# 7. Extend `conv2d` to several channels and several kernels, and check it against
#    `layers.Conv2D` with the same weights.
# 8. Draw a digit of your own, scan or photograph it, and bring it to 28 × 28 pixels. Does
#    `classify_single_image` recognise it? If not: how do MNIST's images differ from yours?

# %% [markdown] points=10
# ## A question to think about
#
# *A person reads and grades this answer; the automatic checks do not.*
#
# Draw one permutation of the 784 pixels, and shuffle all images with it, those of the
# training and those of the test, each in the same way. Train the dense network of
# assignment 5 and your convolutional network on them. In about ten sentences: what happens
# to each of the two, compared with the images as they were? Explain both results by what
# the layers can and cannot know about an image. What does this say about a table of
# measurements whose columns stand in an arbitrary order: which of the two networks would
# you choose for it?
#
# *Your answer:*

# %% [markdown] tags=["instructor"]
# ### For whoever grades the open question
#
# Look for three ideas. (1) The dense network does not care: permuting the inputs permutes
# the rows of its first weight matrix, and these are drawn at random anyway, so the results
# agree up to chance. (2) The convolutional network becomes worse, clearly, though not
# useless: patches no longer hold neighbouring pixels, and one kernel for all places has
# nothing in common to find; the dense layers behind it still learn something. (3) The
# convolution is an assumption, that neighbours belong together and that patterns mean the
# same everywhere. For columns in an arbitrary order it is false, and the dense network is
# the better choice. Two ideas out of three, with numbers of one's own, are a good answer.
