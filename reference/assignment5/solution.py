# %% [markdown]
# # Assignment 5: dense networks in Keras
#
# So far you have written every formula of a network yourself. From now on a library does:
# Keras knows the layers, the losses and the gradients. What is left to you is what no
# library can know: the shape of your data, the shape of the network, and which loss belongs
# to which output.
#
# That is also where the mistakes move to. A wrong formula breaks a program. A wrong loss,
# pixels that nobody has scaled or an activation that was forgotten break nothing: the
# network trains, reaches 96 %, and is still not what you meant. So this time your *models*
# are checked, layer by layer, and not only what comes out of them.
#
# | step | function | the question it answers |
# |---|---|---|
# | 1 | `prepare_images` | what range should the numbers have? |
# | 2 | `prepare_labels` | how does a class become numbers? |
# | 3 | `count_parameters` | how big is a network? |
# | 4 | `build_mlp` | how do I write a network down? |
# | 5 | `compile_model` | what is it to minimise, and how? |
# | 6 | `train` | all of it, many times |
# | 7 | `build_simple_mlp` | the same from a description in words |
# | 8 | `build_diabetes_model` | what if there are two classes only? |
#
# **Examples are rows** in Keras: the first axis always counts the examples. A thousand
# images are an array of the shape (1000, 28, 28).
#
# The functions are checked one by one: you may stop after any of them, and a mistake in one
# does not cost you the points of the next. (There is one check that trains the whole, from
# pixels to predictions. It needs all parts.)

# %%
import keras
import numpy as np
from keras import layers

# %% [markdown]
# ## 1. Pixels between 0 and 1
#
# A grey image in a file has one byte for each pixel: a whole number from 0 (black) to 255
# (white). A network wants small numbers. Its first weights are drawn for inputs of about
# size 1; with inputs up to 255 the sigmoids of the first layer sit far out, where they are
# flat, and flat functions teach slowly.
#
# $$x' = \frac{x}{255}$$
#
# Divide by 255, which is what a pixel *can* be, and not by the brightest pixel that happens
# to be there: otherwise a dark image would become as bright as a light one, and training
# and test images would be scaled differently.
#
# *Example.* The pixels 0, 51, 128 and 255 become 0, 0.2, 0.502 and 1.


# %%
def prepare_images(images: np.ndarray) -> np.ndarray:
    """Return the images as floating-point numbers between 0 and 1.

    images   whole numbers from 0 to 255, shape (m, height, width).

    The result has the same shape.

    Hint: one division. NumPy makes floats of it by itself; `astype("float32")` first saves
    half of the memory.
    """
    ### BEGIN SOLUTION
    return images.astype("float32") / 255
    ### END SOLUTION


# %% [markdown]
# ## 2. A class is not an amount
#
# The label 8 is not twice the label 4, so a network should not be asked to output "about 8".
# It gets one output for each class, and the label says which of them should be 1:
#
# $$3 \;\to\; (0, 0, 0, 1, 0, 0, 0, 0, 0, 0)$$
#
# This is the *one-hot* form. One row per example, one column per class:
#
# *Example.* With four classes, the labels $(2, 0, 3)$ become
#
# $$\begin{pmatrix} 0 & 0 & 1 & 0 \\ 1 & 0 & 0 & 0 \\ 0 & 0 & 0 & 1 \end{pmatrix}$$
#
# The number of columns is the number of classes that there *are*, not of those that occur
# in this particular batch: ten digits have ten columns, even if no nine is among them.


# %%
def prepare_labels(labels: np.ndarray, classes: int = 10) -> np.ndarray:
    """Return the labels in one-hot form.

    labels    whole numbers from 0 to classes - 1, shape (m,).
    classes   how many classes there are.

    The result has the shape (m, classes): in each row a single 1, at the label's place.

    Hint: `keras.utils.to_categorical`, or rows of the identity matrix `np.eye(classes)`.
    """
    ### BEGIN SOLUTION
    return keras.utils.to_categorical(labels, classes)
    ### END SOLUTION


# %% [markdown]
# ## 3. How big is a network?
#
# In a *dense* layer, every unit has one weight for every input, and one bias. A layer that
# takes $n$ numbers and has $k$ units has therefore
#
# $$n \cdot k + k = (n + 1)\, k$$
#
# parameters. Work this out before you build a network. `model.summary()` prints the same
# numbers, and when they differ from yours, one of you is wrong about the network.
#
# *Example.* An image of 28 × 28 pixels is 784 numbers. Through layers of 784, 800 and 10
# units this gives
#
# | layer | inputs | units | parameters |
# |---|---|---|---|
# | 1 | 784 | 784 | 785 · 784 = 615,440 |
# | 2 | 784 | 800 | 785 · 800 = 628,000 |
# | 3 | 800 | 10 | 801 · 10 = 8,010 |
#
# and 1,251,450 together. With 60,000 images, that is 20 parameters for each of them.


# %%
def count_parameters(sizes: list[int]) -> list[int]:
    """Return the number of parameters of each dense layer, from the first to the last.

    sizes   the number of inputs, and then the units of each layer: [784, 784, 800, 10].

    The result has one entry less than `sizes`: inputs have no parameters.

    Hint: a layer takes what the one before it gives; `sizes[i - 1]` is next to `sizes[i]`.
    """
    ### BEGIN SOLUTION
    counts = []
    for i in range(1, len(sizes)):
        counts.append((sizes[i - 1] + 1) * sizes[i])
    return counts
    ### END SOLUTION


# %% [markdown]
# ## 4. Write the network down
#
# `keras.Sequential` takes a list of layers, from the input to the output:
#
# ```python
# model = keras.Sequential([
#     keras.Input((4,)),                         # the shape of ONE example
#     layers.Dense(3, activation="tanh"),
#     layers.Dense(2, activation="softmax"),
# ])
# ```
#
# The network for images of handwritten digits has four layers:
#
# | layer | output | activation | parameters |
# |---|---|---|---|
# | Flatten | 784 | | 0 |
# | Dense | 784 | sigmoid | 615,440 |
# | Dense | 800 | sigmoid | 628,000 |
# | Dense | 10 | softmax | 8,010 |
#
# **Flatten** puts the 28 rows of an image one after the other. Without it Keras does not
# complain: `Dense` then works on the last axis only, on each row of the image by itself.
#
# **Activations** do not come by themselves: `Dense(800)` is a plain weighted sum, and two
# such layers in a row can do no more than one.
#
# **The softmax** at the end turns ten sums into ten probabilities,
# $p_k = e^{z_k} / \sum_j e^{z_j}$, which add up to 1. From $z = (3, 1.5, 6)$ it makes
# $(0.047, 0.010, 0.943)$. A sigmoid there would judge each class by itself, and could say
# "surely a 3, and surely an 8".


# %%
def build_mlp() -> keras.Model:
    """Return the network for images of 28 × 28 pixels: 784, 800 and 10 units.

    Both hidden layers use the sigmoid, the output the softmax. The model takes examples of
    the shape (28, 28), flattens them, and is not compiled yet. It has 1,251,450 parameters.

    Hint: `keras.Input((28, 28))`, `layers.Flatten()`, and three times `layers.Dense`.
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(784, activation="sigmoid"),
            layers.Dense(800, activation="sigmoid"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %% [markdown]
# ## 5. What is to become small?
#
# `compile` fixes three things: the *loss*, which the training makes small; the *optimizer*,
# which says how; and the *metrics*, which are measured for you to look at and change
# nothing.
#
# The loss belongs to the output and to the form of the labels:
#
# | output | labels | loss |
# |---|---|---|
# | softmax, one unit per class | one-hot, $(0, 0, 1, 0)$ | `categorical_crossentropy` |
# | softmax, one unit per class | a number, $2$ | `sparse_categorical_crossentropy` |
# | sigmoid, a single unit | 0 or 1 | `binary_crossentropy` |
# | none, any number | any number | `mean_squared_error` |
#
# For one example with the one-hot label $y$, the categorical cross-entropy is
# $-\sum_k y_k \log p_k$: minus the logarithm of the probability that the network gave to
# the right class. An untrained network gives each of ten classes about a tenth, which costs
# $-\log 0.1 = 2.303$. Look for this number at the beginning of a training.
#
# Some combinations are wrong and run all the same. With one-hot labels the *binary*
# cross-entropy treats the ten outputs as ten questions of yes and no. A loss with
# `from_logits=True` applies a softmax of its own, which makes two of them with yours. Both
# still reach more than 95 % on small images, which is why they stay unnoticed for years.
#
# Use the optimizer `"adam"`: gradient descent with momentum and a step of its own for each
# parameter.


# %%
def compile_model(model: keras.Model) -> keras.Model:
    """Compile the model for one-hot labels and a softmax, and return it.

    model   any model whose last layer is a softmax.

    The loss is the categorical cross-entropy, the optimizer Adam, the metric the accuracy.

    Hint: `model.compile(loss=..., optimizer=..., metrics=[...])`; the names in quotes will
    do.
    """
    ### BEGIN SOLUTION
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% [markdown]
# ## 6. Training
#
# `model.fit` does what your loop did in assignment 3, with *mini-batches*: it shuffles the
# examples, takes `batch_size` of them at a time, and makes one step for each batch. Going
# once through all examples is an *epoch*. With $m$ examples this makes
#
# $$\left\lceil \frac{m}{\text{batch size}} \right\rceil \cdot \text{epochs}$$
#
# updates of the weights.
#
# *Example.* 60,000 images in batches of 64 are $\lceil 937.5 \rceil = 938$ updates per
# epoch, the last of them with half a batch; five epochs make 4,690.
#
# `fit` returns a `History`. Its attribute `history` is a dictionary with a list for each
# thing that was measured, one entry per epoch: `{"loss": [...], "accuracy": [...]}`. Plot
# the loss after every training: it tells you more than the last accuracy.


# %%
def train(
    model: keras.Model,
    images: np.ndarray,
    labels: np.ndarray,
    epochs: int = 5,
    batch_size: int = 64,
) -> keras.callbacks.History:
    """Train a compiled model on all of the examples and return the History of `fit`.

    model        a compiled model; it is trained in place.
    images       as `prepare_images` returns them, one example per row.
    labels       as `prepare_labels` returns them: row i belongs to images[i].
    epochs       how often to go through all examples.
    batch_size   how many examples make one step.

    Hint: one line. Pass `epochs` and `batch_size` on.
    """
    ### BEGIN SOLUTION
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=0)
    ### END SOLUTION


# %% [markdown]
# ## 7. From words to a model
#
# Half of the work with a library is to read a description and to write down the model.
# Here is one:
#
# > The inputs are vectors of 50 numbers. A first hidden layer of 64 units and a second one
# > of 28 units use the ReLU. The output has ten classes.
#
# The ReLU is $\max(0, z)$: as cheap as can be, and never flat for positive sums.
#
# *Check yourself.* `count_parameters([50, 64, 28, 10])` says 3,264, 1,820 and 290: together
# 5,374, and so must `model.count_params()`.


# %%
def build_simple_mlp() -> keras.Model:
    """Return the network that is described above, not compiled.

    It takes examples of the shape (50,) and has 5,374 parameters.

    Hint: three dense layers. Which activation makes probabilities of ten outputs?
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((50,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(28, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %% [markdown]
# ## 8. Yes or no
#
# A well-known set of medical data describes 768 women of the Pima people by 8 numbers each
# (age, blood sugar, blood pressure and so on) and says who developed diabetes: 268 of them.
# Who always says "no" is right for 500 of 768, which is 65.1 %. A model has to beat that
# number, not 50 %.
#
# For two classes one output is enough: the probability of "yes", made by a sigmoid. The
# probability of "no" is the rest. (A softmax over a *single* unit is always
# $e^z / e^z = 1$, whatever the network does.)
#
# | layer | output | activation | parameters |
# |---|---|---|---|
# | Dense | 16 | ReLU | 144 |
# | Dense | 8 | ReLU | 136 |
# | Dense | 1 | sigmoid | 9 |
#
# This function also compiles the model. Look up the loss in the table of section 5.


# %%
def build_diabetes_model() -> keras.Model:
    """Return the network for the diabetes data, compiled.

    It takes examples of the shape (8,); the hidden layers of 16 and 8 units use the ReLU,
    the single output the sigmoid. The optimizer is Adam, the metric the accuracy, and the
    loss is the one for a single sigmoid and labels of 0 or 1.

    Hint: build, compile, return. `compile_model` has the loss for ten classes.
    """
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input((8,)),
            layers.Dense(16, activation="relu"),
            layers.Dense(8, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% [markdown]
# ## Try it: handwritten digits
#
# The next cell loads MNIST, 70,000 images of handwritten digits (the first time it is
# fetched from the internet: 11 MB), and trains your network for one epoch. Expect about
# 94 % of the new images after it, and about 97 % after five.

# %%
if __name__ == "__main__":
    (images, labels), (new_images, new_labels) = keras.datasets.mnist.load_data()
    mlp = compile_model(build_mlp())
    mlp.summary()
    history = train(mlp, prepare_images(images), prepare_labels(labels), epochs=1)
    loss, accuracy = mlp.evaluate(prepare_images(new_images), prepare_labels(new_labels))
    print(f"Of 10,000 new images, {100 * accuracy:.1f} % are recognised.")

# %% [markdown]
# ## Explore
#
# These are for you. They earn no points, and they get harder.
#
# 1. Train `build_mlp` for five epochs with batches of 64, and plot both lists of
#    `history.history`. Course notes in circulation state 93.76 % and 94.51 % at this place.
#    What do you get, and how much does it change when you train again?
# 2. Leave out the division by 255. What happens to the loss of the first epoch? And if you
#    use the ReLU in place of the sigmoid?
# 3. Replace the loss by `"binary_crossentropy"`. How do the loss and the accuracy change?
#    Which of the two would have told you?
# 4. Train the diabetes model for 150 epochs with batches of 10, five times, on all 768 rows.
#    By how much do the five accuracies differ? How much of it is left on a quarter of the
#    rows that the training has not seen?
# 5. Leave out all activations except the softmax. The network has as many parameters as
#    before. What can it still represent? Give the size of the smallest network that can do
#    the same.
# 6. Write `build_mlp` with the functional interface: `x = keras.Input((28, 28))`, then
#    `x = layers.Flatten()(x)` and so on, and `keras.Model(inputs, outputs)`. What can it do
#    that `Sequential` cannot?
# 7. Which images does your network get wrong? Show twenty of them. How many would you have
#    got right yourself?

# %% [markdown] points=10
# ## A question to think about
#
# *A person reads and grades this answer; the automatic checks do not.*
#
# A friend shows you a network that recognises digits with 96.1 %. It was compiled with
# `binary_crossentropy`, and its last layer is a softmax of ten units. "It works", says your
# friend, "so why should I change it?" In about ten sentences: what does this loss measure
# there, for the right class and for the nine others? Why does the network learn to
# recognise digits all the same? What will be wrong with the loss that Keras prints, when
# it is compared with somebody else's? Propose two checks that would have found the mistake,
# neither of which looks at the accuracy.
#
# *Your answer:*

# %% [markdown] tags=["instructor"]
# ### For whoever grades the open question
#
# Look for three ideas. (1) The binary cross-entropy asks ten questions of yes and no and
# averages over them: $-\frac{1}{10} \big( \log p_c + \sum_{k \ne c} \log(1 - p_k) \big)$.
# (2) It is smallest for the same outputs, probability 1 for the right class and 0 elsewhere,
# so its gradient points to a good network too; it only weighs mistakes differently. (3) Its
# values are about a tenth in size (an untrained network starts near 0.33 in place of 2.30),
# so losses cannot be compared. Good checks: the first loss against $\log 10$; reading
# `model.loss`; the loss of one example by hand. Two ideas out of three are a good answer.
