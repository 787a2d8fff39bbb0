"""Well-known mistakes of assignment 5, each as a patch of the reference.

Most of them train without a complaint and reach a good accuracy, which is why models are
judged by what they are made of.
"""

from autograder.authoring import misconception, mistake

# prepare_images
mistake("prepare_images", "not_scaled", {" / 255": ""}).say(
    "The pixels come back as they were, up to 255. Inputs that large push a sigmoid to where "
    "it is flat; divide by 255."
)
mistake("prepare_images", "divided_by_the_maximum", {"/ 255": "/ images.max()"}).say(
    "You divide by the brightest pixel of these images. That makes dark images light, and "
    "scales training and test images differently. Divide by 255, which a pixel can be at "
    "most."
)
mistake("prepare_images", "divided_by_256", {"255": "256"}).say(
    "You divide by 256. There are 256 values, but they run from 0 to 255: white is 255, and "
    "should become 1."
)
mistake(
    "prepare_images", "whole_division", {'images.astype("float32") / 255': "images // 255"}
).say(
    "All greys are gone: only 0 and 1 are left. The division must be one of floating-point "
    "numbers; `//`, and turning the result into integers, cut off what comes after the point."
)
mistake(
    "prepare_images",
    "black_and_white",
    {'images.astype("float32") / 255': '(images > 127).astype("float32")'},
    "You turn every pixel into black or white with a limit at the middle. The greys carry "
    "information too: divide by 255 and keep them.",
)
mistake(
    "prepare_images",
    "standardised",
    {'images.astype("float32") / 255': "(images - images.mean()) / images.std()"},
    "You shift the images to a mean of 0 and a spread of 1. That is a good preparation too, "
    "but another one, and it depends on these images. Here the pixels should lie between 0 "
    "and 1: divide by 255.",
)
mistake("prepare_images", "between_minus_one_and_one", {"/ 255": "/ 127.5 - 1"}).say(
    "You scale the pixels to -1 to 1. Some networks want that; this one wants 0 to 1, so "
    "divide by 255 and stop there."
)
mistake(
    "prepare_images", "flattened", {"images.astype": "images.reshape(len(images), -1).astype"}
).say(
    "The numbers are right, but the images are flattened to one row each. The network's own "
    "Flatten layer does that; here the shape stays as it is."
)

# prepare_labels
mistake("prepare_labels", "classes_that_occur", {"(labels, classes)": "(labels)"}).say(
    "You let the number of columns depend on the highest label that occurs. A batch without a "
    "nine then loses a column. Pass the number of classes on: to_categorical(labels, "
    "classes)."
)
mistake("prepare_labels", "always_ten", {"(labels, classes)": "(labels, 10)"}).say(
    "You always make ten columns. How many there are is what the argument `classes` says; ten "
    "is only its default."
)
mistake(
    "prepare_labels", "not_encoded", {"keras.utils.to_categorical(labels, classes)": "labels"}
).say(
    "The labels come back as they were. The categorical cross-entropy needs them in one-hot "
    "form: a row for each label, with a 1 in the label's column."
)
mistake(
    "prepare_labels",
    "counted_from_one",
    {"keras.utils.to_categorical(labels, classes)": "np.eye(classes)[labels - 1]"},
    "The ones stand one column too far to the left: label 0 belongs to the first column, and "
    "classes are counted from 0.",
)
mistake(
    "prepare_labels",
    "transposed",
    {"keras.utils.to_categorical(labels, classes)": "np.eye(classes)[:, labels]"},
    "Your table has a column for each example. Keras wants a row for each example: transpose "
    "it.",
)
mistake(
    "prepare_labels",
    "label_in_place_of_one",
    {"(labels, classes)": "(labels, classes) * labels[:, None]"},
    "You put the label itself into its column. It should be a 1 in every row, whatever the "
    "label: a nine is not nine times as true as a one.",
)

# count_parameters
mistake("count_parameters", "no_biases", {"(sizes[i - 1] + 1)": "sizes[i - 1]"}).say(
    "You count the weights and leave out the biases. Every unit has one: (inputs + 1) * units."
)
mistake(
    "count_parameters",
    "bias_for_each_input",
    {"(sizes[i - 1] + 1) * sizes[i]": "sizes[i - 1] * (sizes[i] + 1)"},
    "You count a bias for each input. Biases belong to the units: inputs * units + units, "
    "which is (inputs + 1) * units.",
)
mistake(
    "count_parameters",
    "one_bias",
    {"(sizes[i - 1] + 1) * sizes[i]": "sizes[i - 1] * sizes[i] + 1"},
    "You count one bias for a whole layer. Each of its units has a bias of its own: (inputs + "
    "1) * units.",
)
mistake("count_parameters", "sum", {"return counts": "return sum(counts)"}).say(
    "You return the sum. The table of the text has a number for each layer; return them as a "
    "list."
)
mistake("count_parameters", "inputs_too", {"counts = []": "counts = [sizes[0]]"}).say(
    "You count the inputs as a layer with parameters of its own. Inputs have none: a list of "
    "n sizes gives n - 1 numbers."
)

# build_mlp
mistake("build_mlp", "no_flatten", {"            layers.Flatten(),\n": ""}).say(
    "There is no Flatten. Dense works on the last axis alone, so your network judges each of "
    "the 28 rows of an image by itself, and has 28 answers for one image."
)
mistake("build_mlp", "no_hidden_activation", {(', activation="sigmoid"', 2): ""}).say(
    "The hidden layers have no activation. A weighted sum of weighted sums is one weighted "
    'sum, so the two layers do the work of none. Add activation="sigmoid" to both.'
)
mistake("build_mlp", "relu_hidden", {("sigmoid", 2): "relu"}).say(
    "The hidden layers use the ReLU. That network would learn faster; but the one in the "
    'table has activation="sigmoid".'
)
mistake("build_mlp", "no_softmax", {', activation="softmax"': ""}).say(
    "The last layer has no activation, so its ten sums are no probabilities: they can be "
    'negative, and the loss takes their logarithm. Add activation="softmax".'
)
mistake("build_mlp", "sigmoid_output", {"softmax": "sigmoid"}).say(
    "The last layer uses the sigmoid, which judges each class by itself, so that an image may "
    "be surely a 3 and surely an 8. The softmax shares one certainty among all classes."
)
mistake("build_mlp", "relu_output", {"softmax": "relu"}).say(
    "The last layer uses the ReLU. Its answers can be larger than 1, or all 0 at once, and "
    "then nothing is learned any more. Probabilities are made by the softmax."
)
mistake("build_mlp", "single_output", {"Dense(10": "Dense(1"}).say(
    "The last layer has a single unit, and a softmax over one unit is always 1. Give it one "
    "unit for each of the ten classes."
)
mistake(
    "build_mlp",
    "one_hidden_layer",
    {'            layers.Dense(784, activation="sigmoid"),\n': ""},
    "One hidden layer is missing: between Flatten and the output there are two, with 784 and "
    "with 800 units.",
)
mistake("build_mlp", "hidden_layers_swapped", {"784": "800", "800": "784"}).say(
    "The two hidden layers have changed places: first 784 units, then 800."
)

# compile_model
mistake("compile_model", "binary", {"categorical": "binary"}).say(
    "The binary cross-entropy asks ten separate questions of yes and no. The network learns "
    "with it, but ten classes that exclude one another need the categorical cross-entropy."
)
mistake("compile_model", "sparse", {"categorical": "sparse_categorical"}).say(
    "The sparse cross-entropy wants a class number for each example. Your labels are one-hot "
    "rows, so take categorical_crossentropy."
)
mistake(
    "compile_model", "squared_error", {"categorical_crossentropy": "mean_squared_error"}
).say(
    "The squared error measures distances between amounts. These are probabilities of "
    "classes, and where the network is surely wrong the squared error hardly pulls at all: "
    "take the categorical cross-entropy."
)
mistake(
    "compile_model",
    "two_softmaxes",
    {'"categorical_crossentropy"': "keras.losses.CategoricalCrossentropy(from_logits=True)"},
    "With from_logits=True the loss applies a softmax of its own, and the model has one "
    "already. Two of them make every answer nearly the same: leave from_logits out.",
)
mistake("compile_model", "sgd", {"adam": "sgd"}).say(
    "The optimizer is plain gradient descent, which needs many more epochs here. The task "
    'asks for optimizer="adam".'
)
mistake("compile_model", "large_steps", {'"adam"': "keras.optimizers.Adam(0.1)"}).say(
    "The learning rate of 0.1 is a hundred times what Adam begins with, and the loss will "
    'jump about. Keep the default, 0.001: optimizer="adam".'
)
mistake("compile_model", "default_optimizer", {"adam": "rmsprop"}).say(
    "The optimizer is RMSprop, which Keras also takes where none is chosen. The task asks for "
    'optimizer="adam".'
)
mistake("compile_model", "no_metric", {', metrics=["accuracy"]': ""}).say(
    'No metric is measured. It changes nothing in the training, but metrics=["accuracy"] '
    "tells you in every epoch how many images are recognised."
)
mistake("compile_model", "nothing_comes_back", {"    return model\n": ""}).say(
    "The model is compiled, but it does not come back. `compile` itself gives back None: call "
    "it, and write `return model` in a line of its own."
)

mistake(
    "compile_model",
    "another_model",
    {"    model.compile": "    model = build_mlp()\n    model.compile"},
    "A model of your own is built and compiled, and the one that was given stays as it was. "
    "Compile the argument, model, and return it.",
)

# train
mistake("train", "scaled_again", {"fit(images": "fit(images / 255"}).say(
    "The images change once more before the training: they come as `prepare_images` returns "
    "them, between 0 and 1. Pass them on as they are."
)


@misconception(
    "You call `fit` once for each epoch, and return the History of the last call, which knows "
    "one epoch only. Call it once, with epochs=epochs."
)
def train__last_epoch_only(model, images, labels, epochs=5, batch_size=64):
    for _ in range(epochs):
        history = model.fit(images, labels, batch_size=batch_size, verbose=0)
    return history


mistake("train", "one_epoch", {" epochs=epochs,": ""}).say(
    "You always train for one epoch. Pass the argument on: model.fit(..., epochs=epochs)."
)
mistake("train", "default_batches", {" batch_size=batch_size,": ""}).say(
    "The batch size is not passed on, so Keras takes its own of 32: add batch_size=batch_size."
)
mistake("train", "one_batch", {"batch_size=batch_size": "batch_size=len(images)"}).say(
    "All examples go into one batch, which makes a single update per epoch. Pass batch_size on."
)
mistake("train", "shuffled_apart", {"fit(images": "fit(np.random.permutation(images)"}).say(
    "You shuffle the images and the labels each by themselves, and afterwards hardly any "
    "label belongs to its image. `fit` shuffles the pairs for you, in every epoch."
)
mistake("train", "holds_some_back", {"verbose=0": "validation_split=0.25, verbose=0"}).say(
    "Some of the examples are held back for validation. That is a good habit, but whoever "
    "calls `train` has chosen the examples for it already: use all of them."
)
mistake("train", "holds_a_fifth_back", {"verbose=0": "validation_split=0.2, verbose=0"}).say(
    "A fifth of the examples is held back for validation. That is a good habit, but whoever "
    "calls `train` has chosen the examples for it already: use all of them."
)
mistake(
    "train", "without_names", {"epochs=epochs, batch_size=batch_size": "epochs, batch_size"}
).say(
    "The third argument of `fit` is the batch size, and the fourth the number of epochs. Write "
    "their names: epochs=epochs, batch_size=batch_size."
)
mistake(
    "train",
    "fixed_numbers",
    {"epochs=epochs, batch_size=batch_size": "epochs=5, batch_size=64"},
    "You always train for 5 epochs in batches of 64. These are only the defaults of `train`: "
    "pass its arguments on, epochs=epochs and batch_size=batch_size.",
)

# build_simple_mlp
mistake("build_simple_mlp", "no_hidden_activation", {(', activation="relu"', 2): ""}).say(
    "The hidden layers have no activation, so all three layers together are one weighted sum. "
    'Add activation="relu" to the first two.'
)
mistake(
    "build_simple_mlp",
    "inputs_as_a_layer",
    {"layers.Dense(64": 'layers.Dense(50, activation="relu"),\n            layers.Dense(64'},
    "The 50 inputs have become a layer of 50 units. They are the shape of an example, "
    "keras.Input((50,)); the first layer has 64 units.",
)
mistake("build_simple_mlp", "layers_exchanged", {"(64": "(28", "(28": "(64"}).say(
    "The two hidden layers have changed places. The first has 64 units, the second 28."
)
mistake("build_simple_mlp", "sigmoid_hidden", {('"relu"', 2): '"sigmoid"'}).say(
    'Both hidden layers use the sigmoid. The description asks for the ReLU: activation="relu".'
)
mistake("build_simple_mlp", "relu_output", {"softmax": "relu"}).say(
    "The last layer uses the ReLU as well. Ten classes need probabilities, and these are made "
    'by activation="softmax".'
)

# build_diabetes_model
mistake("build_diabetes_model", "softmax_of_one", {"sigmoid": "softmax"}).say(
    "The softmax shares a certainty of 1 among all units, and there is only one: its answer "
    "is always 1. A single unit needs the sigmoid."
)
mistake(
    "build_diabetes_model",
    "two_outputs",
    {'1, activation="sigmoid"': '2, activation="softmax"'},
    "The output has two units. One is enough, since the probability of no is what is left of "
    'the probability of yes: Dense(1, activation="sigmoid").',
)
mistake("build_diabetes_model", "no_sigmoid", {', activation="sigmoid"': ""}).say(
    "The output has no activation, so it is any number and no probability. The binary "
    'cross-entropy takes its logarithm: add activation="sigmoid".'
)
mistake("build_diabetes_model", "categorical_loss", {"binary": "categorical"}).say(
    "The categorical cross-entropy belongs to a softmax with one unit for each class. Here a "
    "single sigmoid answers yes or no; its loss is the binary cross-entropy."
)
mistake(
    "build_diabetes_model", "squared_error", {"binary_crossentropy": "mean_squared_error"}
).say(
    "The squared error measures distances between amounts; the answer is a probability here. "
    "The loss for a single sigmoid is the binary cross-entropy."
)
mistake("build_diabetes_model", "no_hidden_activation", {(', activation="relu"', 2): ""}).say(
    "The hidden layers have no activation, so the network can draw one straight border and no "
    'more. Add activation="relu" to both.'
)
