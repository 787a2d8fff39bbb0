"""Ways to write the dense networks of assignment 5."""

from __future__ import annotations

from tests.law.keras.form import Form

MLP = "assignment5/build_mlp"
SIMPLE = "assignment5/build_simple_mlp"
DIABETES = "assignment5/build_diabetes_model"


def subclass(call: str, init: str = "", more: str = "") -> str:
    """build_mlp as a class with a `call` of its own."""
    return f"""
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = layers.Flatten()
        self.a = layers.Dense(784, activation="sigmoid")
        self.b = layers.Dense(800, activation="sigmoid")
        self.out = layers.Dense(10, activation="softmax")
        {init or "pass"}

    def call(self, x{more}):
        {call}

def build_mlp():
    return Net()
"""


def plain(call: str, more: str = "") -> str:
    """The same with layers that have no activation."""
    return f"""
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Dense(784)
        self.b = layers.Dense(800)
        self.out = layers.Dense(10)

    def call(self, x{more}):
        {call}

def build_mlp():
    return Net()
"""


def stack(
    *parts: str, name: str = "build_mlp", shape: str = "(28, 28)", after: str = ""
) -> str:
    """A Sequential of these layers."""
    return f"""
def {name}():
    model = keras.Sequential([keras.Input({shape}), {", ".join(parts)}])
    {after or "pass"}
    return model
"""


def graph(lines: str, name: str = "build_mlp", shape: str = "(28, 28)") -> str:
    """A functional model; the lines make `y` of `x`."""
    return f"""
def {name}():
    x = inputs = keras.Input({shape})
    {lines}
    return keras.Model(inputs, y)
"""


def dense(units: int, activation: str) -> str:
    """A dense layer."""
    return f'layers.Dense({units}, activation="{activation}")'


A, B, OUT = dense(784, "sigmoid"), dense(800, "sigmoid"), dense(10, "softmax")
F = "layers.Flatten()"
R64, R28 = dense(64, "relu"), dense(28, "relu")
D16, D8, YES = dense(16, "relu"), dense(8, "relu"), dense(1, "sigmoid")
COMPILED = 'model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])'
OWN_DENSE = """
class Own(layers.Layer):
    def __init__(self, units, act):
        super().__init__()
        self.units, self.act = units, act
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform")
        self.c = self.add_weight(shape=(self.units,), initializer="zeros")
    def call(self, x):
        return self.act(OPERATION)
"""
OWN_OPS = OWN_DENSE.replace("OPERATION", "keras.ops.matmul(x, self.w) + self.c")
OWN_TF = OWN_DENSE.replace("OPERATION", "tf.matmul(x, self.w) + self.c")
NOT_SO = "not what these layers give"


def simple(*parts: str, after: str = "") -> str:
    """build_simple_mlp of these layers."""
    return stack(*parts, name="build_simple_mlp", shape="(50,)", after=after)


def diabetes(*parts: str) -> str:
    """build_diabetes_model of these layers, compiled."""
    return stack(*parts, name="build_diabetes_model", shape="(8,)", after=COMPILED)


_RIGHT = {
    "subclass with tf.reshape, tf.nn.sigmoid and softmax in call": plain(
        "x = tf.reshape(x, (-1, 784)); x = tf.nn.sigmoid(self.a(x)); "
        "x = tf.nn.sigmoid(self.b(x)); return tf.nn.softmax(self.out(x))"
    ),
    "subclass with tf.reshape before its layers": subclass(
        "x = tf.reshape(x, (-1, 784)); return self.out(self.b(self.a(x)))"
    ),
    "subclass with tf.nn.softmax at the end": subclass(
        "return tf.nn.softmax(self.out(self.b(self.a(self.flatten(x)))))",
        init="self.out = layers.Dense(10)",
    ),
    "subclass with keras.ops in call": plain(
        "x = keras.ops.reshape(x, (-1, 784)); x = keras.ops.sigmoid(self.a(x)); "
        "x = keras.ops.sigmoid(self.b(x)); return keras.ops.softmax(self.out(x))"
    ),
    "subclass with keras.activations in call": plain(
        "x = layers.Flatten()(x); x = keras.activations.sigmoid(self.a(x)); "
        "x = keras.activations.sigmoid(self.b(x)); return keras.activations.softmax(self.out(x))"
    ),
    "subclass with an argument training": subclass(
        "return self.out(self.b(self.a(self.flatten(x))))", more=", training=None"
    ),
    "subclass with an argument training and mask": subclass(
        "return self.out(self.b(self.a(self.flatten(x))))", more=", training=False, mask=None"
    ),
    "subclass that loops over a list": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.all = [layers.Flatten(), layers.Dense(784, "sigmoid"), layers.Dense(800, "sigmoid")]
        self.all.append(layers.Dense(10, "softmax"))
    def call(self, x):
        for one in self.all:
            x = one(x)
        return x
def build_mlp():
    return Net()
""",
    "subclass whose layers are made in another order": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(10)
        self.b = layers.Dense(800)
        self.a = layers.Dense(784)
    def call(self, x):
        x = tf.reshape(x, [tf.shape(x)[0], 784])
        return tf.nn.softmax(self.out(tf.sigmoid(self.b(tf.sigmoid(self.a(x))))))
def build_mlp():
    return Net()
""",
    "subclass with an unused layer": subclass(
        "return self.out(self.b(self.a(self.flatten(x))))", init="self.spare = layers.Dense(3)"
    ),
    "subclass of Sequential": f"""
class Net(keras.Sequential):
    def __init__(self):
        super().__init__([keras.Input((28, 28)), {F}, {A}, {B}, {OUT}])
def build_mlp():
    return Net()
""",
    "subclass around a Sequential": subclass(
        "return self.body(x)", init=f"self.body = keras.Sequential([{F}, {A}, {B}, {OUT}])"
    )
    .replace("self.a =", "_ =")
    .replace("self.b =", "_ =")
    .replace("self.out =", "_ =")
    .replace("self.flatten =", "_ ="),
    "subclass with weights of its own": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.w = [self.add_weight(shape=s) for s in [(784, 784), (784,), (784, 800), (800,), (800, 10), (10,)]]
    def call(self, x):
        w = self.w
        x = tf.reshape(x, (-1, 784))
        x = tf.nn.sigmoid(x @ w[0] + w[1])
        x = tf.nn.sigmoid(x @ w[2] + w[3])
        return tf.nn.softmax(x @ w[4] + w[5])
def build_mlp():
    return Net()
""",
    "keras.ops in a functional model": graph(
        "h = keras.ops.reshape(x, (-1, 784)); h = keras.ops.sigmoid(layers.Dense(784)(h)); "
        "h = keras.ops.sigmoid(layers.Dense(800)(h)); y = keras.ops.softmax(layers.Dense(10)(h))"
    ),
    "keras.ops.reshape to its size": graph(
        f"h = keras.ops.reshape(x, (-1, 28 * 28)); y = {OUT}({B}({A}(h)))"
    ),
    "keras.activations in a functional model": graph(
        f"h = {F}(x); h = keras.activations.sigmoid(layers.Dense(784)(h)); "
        "h = keras.activations.sigmoid(layers.Dense(800)(h)); "
        "y = keras.activations.softmax(layers.Dense(10)(h))"
    ),
    "Lambda for Flatten": stack("layers.Lambda(lambda t: tf.reshape(t, (-1, 784)))", A, B, OUT),
    "Lambda for Flatten, with keras.ops": stack(
        "layers.Lambda(lambda t: keras.ops.reshape(t, (-1, 784)))", A, B, OUT
    ),
    "Lambda for the sigmoids": stack(
        F,
        "layers.Dense(784)",
        "layers.Lambda(tf.nn.sigmoid)",
        "layers.Dense(800)",
        "layers.Lambda(lambda t: 1 / (1 + tf.exp(-t)))",
        OUT,
    ),
    "Lambda for the softmax": stack(
        F, A, B, "layers.Dense(10)", "layers.Lambda(tf.nn.softmax)"
    ),
    "an activation as a lambda": stack(
        F,
        "layers.Dense(784, activation=lambda t: tf.nn.sigmoid(t))",
        "layers.Dense(800, activation=lambda t: 1 / (1 + keras.ops.exp(-t)))",
        OUT,
    ),
    "an activation as a function": "def squash(t):\n    return tf.sigmoid(t)\n"
    + stack(F, "layers.Dense(784, activation=squash)", "layers.Dense(800, squash)", OUT),
    "an activation as a partial": "import functools\n"
    + stack(F, A, B, "layers.Dense(10, functools.partial(tf.nn.softmax, axis=-1))"),
    "activations of tf.nn": stack(
        F,
        "layers.Dense(784, tf.nn.sigmoid)",
        "layers.Dense(800, tf.math.sigmoid)",
        "layers.Dense(10, tf.nn.softmax)",
    ),
    "activations of keras.activations": stack(
        F,
        "layers.Dense(784, keras.activations.sigmoid)",
        "layers.Dense(800, keras.activations.sigmoid)",
        "layers.Dense(10, keras.activations.softmax)",
    ),
    "activations apart": stack(
        F,
        "layers.Dense(784)",
        'layers.Activation("sigmoid")',
        "layers.Dense(800)",
        'layers.Activation("sigmoid")',
        "layers.Dense(10)",
        "layers.Softmax()",
    ),
    "an own dense layer with keras.ops": OWN_OPS
    + stack(
        F,
        "Own(784, keras.ops.sigmoid)",
        "Own(800, keras.ops.sigmoid)",
        "Own(10, keras.ops.softmax)",
    ),
    "an own dense layer with TensorFlow": OWN_TF
    + stack(F, "Own(784, tf.nn.sigmoid)", "Own(800, tf.nn.sigmoid)", "Own(10, tf.nn.softmax)"),
    "an own flatten layer": "class Flat(layers.Layer):\n    def call(self, x):\n"
    "        return keras.ops.reshape(x, (-1, 784))\n" + stack("Flat()", A, B, OUT),
    "a Reshape for Flatten": stack("layers.Reshape((784,))", A, B, OUT),
    "a Reshape to -1": stack("layers.Reshape((-1,))", A, B, OUT),
    "add, one by one": f"""
def build_mlp():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28)))
    for layer in [{F}, {A}, {B}, {OUT}]:
        model.add(layer)
    return model
""",
    "input_shape in the first layer": f"""
def build_mlp():
    return keras.Sequential([layers.Flatten(input_shape=(28, 28)), {A}, {B}, {OUT}])
""",
    "without an input": f"def build_mlp():\n    return keras.Sequential([{F}, {A}, {B}, {OUT}])\n",
    "an InputLayer": f"""
def build_mlp():
    return keras.Sequential([keras.layers.InputLayer(shape=(28, 28)), {F}, {A}, {B}, {OUT}])
""",
    "a model within a model": stack(F, f"keras.Sequential([{A}, {B}])", OUT),
    "a functional model within a model": f"""
def build_mlp():
    h = keras.Input((784,))
    inner = keras.Model(h, {B}({A}(h)))
    x = keras.Input((28, 28))
    return keras.Model(x, {OUT}(inner({F}(x))))
""",
    "a Dropout of rate 0": stack(F, A, "layers.Dropout(0.0)", B, OUT),
    "an Identity layer": stack(F, "layers.Identity()", A, B, OUT),
    "other initialisers": stack(
        F, 'layers.Dense(784, "sigmoid", kernel_initializer="he_normal")', B, OUT
    ),
    "a dtype": stack(F, 'layers.Dense(784, "sigmoid", dtype="float32")', B, OUT),
    "names": stack('layers.Flatten(name="f")', A, B, 'layers.Dense(10, "softmax", name="out")'),
    "compiled already": stack(
        F, A, B, OUT, after='model.compile(loss="categorical_crossentropy", optimizer="adam")'
    ),
    "a summary on the way": stack(F, A, B, OUT, after="model.summary()"),
    "a relu that changes nothing": stack(F, A, "layers.ReLU()", B, OUT),
}
_WRONG = {
    "softmax twice in call": (
        subclass("return tf.nn.softmax(self.out(self.b(self.a(self.flatten(x)))))"),
        (),
    ),
    "softmax twice in call, with keras.ops": (
        subclass("return keras.ops.softmax(self.out(self.b(self.a(self.flatten(x)))))"),
        (),
    ),
    "softmax twice, with the layer": (stack(F, A, B, OUT, "layers.Softmax()"), ()),
    "softmax along the examples": (
        stack(F, A, B, "layers.Dense(10)", "layers.Softmax(axis=0)"),
        (),
    ),
    "softmax along the examples in call": (
        plain(
            "x = tf.reshape(x, (-1, 784)); x = tf.nn.sigmoid(self.a(x)); "
            "x = tf.nn.sigmoid(self.b(x)); return tf.nn.softmax(self.out(x), axis=0)"
        ),
        (),
    ),
    "relu in call in place of the sigmoid": (
        plain(
            "x = tf.reshape(x, (-1, 784)); x = tf.nn.relu(self.a(x)); "
            "x = tf.nn.relu(self.b(x)); return tf.nn.softmax(self.out(x))"
        ),
        ("build_mlp__relu_hidden",),
    ),
    "no softmax in call": (
        plain(
            "x = tf.reshape(x, (-1, 784)); x = tf.nn.sigmoid(self.a(x)); "
            "x = tf.nn.sigmoid(self.b(x)); return self.out(x)"
        ),
        ("build_mlp__no_softmax",),
    ),
    "no activations in call": (
        plain("return tf.nn.softmax(self.out(self.b(self.a(tf.reshape(x, (-1, 784))))))"),
        ("build_mlp__no_hidden_activation",),
    ),
    "one activation of two in call": (
        plain(
            "x = tf.reshape(x, (-1, 784)); x = tf.nn.sigmoid(self.a(x)); "
            "x = self.b(x); return tf.nn.softmax(self.out(x))"
        ),
        (),
    ),
    "the second layer is not called": (
        subclass("return self.out(self.a(self.flatten(x)))"),
        (),
    ),
    "an inserted tanh": (
        subclass("return self.out(self.b(tf.tanh(self.a(self.flatten(x)))))"),
        (),
    ),
    "the answer is halved": (
        subclass("return 0.5 * self.out(self.b(self.a(self.flatten(x))))"),
        (),
    ),
    "the images are scaled in call": (
        subclass("return self.out(self.b(self.a(self.flatten(x / 255))))"),
        (),
    ),
    "the images are turned in call": (
        subclass("return self.out(self.b(self.a(self.flatten(tf.transpose(x, (0, 2, 1))))))"),
        (),
    ),
    "a residual path": (
        subclass("x = self.flatten(x); return self.out(self.b(x + self.a(x)))"),
        (),
    ),
    "sigmoid for softmax in call": (
        plain(
            "x = tf.reshape(x, (-1, 784)); x = tf.nn.sigmoid(self.a(x)); "
            "x = tf.nn.sigmoid(self.b(x)); return tf.nn.sigmoid(self.out(x))"
        ),
        ("build_mlp__sigmoid_output",),
    ),
    "a Rescaling": (stack("layers.Rescaling(1 / 255)", F, A, B, OUT), ()),
    "a Rescaling by an array": (
        stack("layers.Rescaling(np.full(28, 1 / 255))", F, A, B, OUT),
        (),
    ),
    "a Lambda that scales": (stack("layers.Lambda(lambda t: t / 255)", F, A, B, OUT), ()),
    "a BatchNormalization": (stack(F, A, "layers.BatchNormalization()", B, OUT), ()),
    "a Dropout": (stack(F, A, "layers.Dropout(0.2)", B, OUT), ()),
    "a Dropout in call": (
        subclass(
            "x = self.a(self.flatten(x)); return self.out(self.b(self.d(x)))",
            init="self.d = layers.Dropout(0.3)",
        ),
        (),
    ),
    "tf.nn.dropout in call": (
        subclass(
            "x = self.a(self.flatten(x)); x = tf.nn.dropout(x, 0.3) if training else x; "
            "return self.out(self.b(x))",
            more=", training=False",
        ),
        (),
    ),
    "tanh": (stack(F, dense(784, "tanh"), dense(800, "tanh"), OUT), ()),
    "gelu": (stack(F, dense(784, "gelu"), B, OUT), ()),
    "a log softmax": (stack(F, A, B, dense(10, "log_softmax")), ()),
    "no biases": (stack(F, 'layers.Dense(784, "sigmoid", use_bias=False)', B, OUT), ()),
    "no Flatten": (stack(A, B, OUT), ("build_mlp__no_flatten",)),
    "pooling for Flatten": (
        stack("layers.GlobalAveragePooling1D()", A, B, OUT),
        (),
    ),
    "the class of the model": ("def build_mlp():\n    return keras.Sequential\n", ()),
    "a layer": ("def build_mlp():\n    return layers.Dense(10)\n", ()),
    "a list of layers": (f"def build_mlp():\n    return [{F}, {A}, {B}, {OUT}]\n", ()),
    "nothing comes back": (
        f"def build_mlp():\n    keras.Sequential([{F}, {A}, {B}, {OUT}])\n",
        (),
    ),
    "an own dense layer without its biases": (
        OWN_OPS.replace("+ self.c", "")
        + stack(
            F,
            "Own(784, keras.ops.sigmoid)",
            "Own(800, keras.ops.sigmoid)",
            "Own(10, keras.ops.softmax)",
        ),
        (),
    ),
    "a Lambda that does too much": (
        stack("layers.Lambda(lambda t: tf.reshape(t, (-1, 784))[:, ::-1])", A, B, OUT),
        (),
    ),
}
_SIMPLE_RIGHT = {
    "a relu of keras.ops": graph(
        "h = keras.ops.relu(layers.Dense(64)(x)); h = keras.ops.maximum(layers.Dense(28)(h), 0); "
        "y = layers.Dense(10, 'softmax')(h)",
        "build_simple_mlp",
        "(50,)",
    ),
    "a relu of tf.maximum in a lambda": simple(
        "layers.Dense(64, activation=lambda t: tf.maximum(t, 0.0))", R28, OUT
    ),
    "a Flatten that changes nothing": simple(F, R64, R28, OUT),
    "ReLU layers": simple(
        "layers.Dense(64)", "layers.ReLU()", "layers.Dense(28)", "layers.ReLU()", OUT
    ),
    "a regulariser": simple('layers.Dense(64, "relu", kernel_regularizer="l2")', R28, OUT),
}
_SIMPLE_WRONG = {
    "an inserted relu before the softmax": (
        simple(R64, R28, "layers.Dense(10)", "layers.ReLU()", "layers.Softmax()"),
        (),
    ),
    "trainable=False": (
        simple(R64, 'layers.Dense(28, "relu", trainable=False)', OUT),
        (),
    ),
    "all is frozen": (simple(R64, R28, OUT, after="model.trainable = False"), ()),
    "a LeakyReLU": (simple("layers.Dense(64)", "layers.LeakyReLU()", R28, OUT), ()),
    "relu6": (simple(dense(64, "relu6"), R28, OUT), ()),
    "ReLU with a limit": (
        simple("layers.Dense(64)", "layers.ReLU(max_value=0.5)", R28, OUT),
        (),
    ),
    "28 before 64": (simple(R28, R64, OUT), ()),
    "784 inputs": (
        stack(R64, R28, OUT, name="build_simple_mlp", shape="(784,)"),
        (),
    ),
    "one unit": (simple(R64, R28, dense(1, "softmax")), ()),
    "relu in the last layer": (
        simple(R64, R28, dense(10, "relu")),
        ("build_simple_mlp__relu_output",),
    ),
    "GaussianNoise": (simple("layers.GaussianNoise(0.3)", R64, R28, OUT), ()),
}
_DIABETES = {
    "sigmoid in a Lambda": (
        diabetes(D16, D8, "layers.Dense(1)", "layers.Lambda(tf.sigmoid)"),
        True,
        (),
    ),
    "hard_sigmoid": (diabetes(D16, D8, dense(1, "hard_sigmoid")), False, ()),
    "softmax of one": (
        diabetes(D16, D8, dense(1, "softmax")),
        False,
        ("build_diabetes_model__softmax_of_one",),
    ),
    "two units": (
        diabetes(D16, D8, dense(2, "softmax")),
        False,
        ("build_diabetes_model__two_outputs",),
    ),
    "a Normalization": (diabetes("layers.Normalization()", D16, D8, YES), False, ()),
}

FORMS = (
    *(Form(f"mlp: {name}", MLP, source, unsaid=("has no activation",)) for name, source in _RIGHT.items()),
    *(Form(f"mlp: {name}", MLP, source, False, says) for name, (source, says) in _WRONG.items()),
    *(Form(f"simple: {name}", SIMPLE, source) for name, source in _SIMPLE_RIGHT.items()),
    *(Form(f"simple: {name}", SIMPLE, source, False, says) for name, (source, says) in _SIMPLE_WRONG.items()),
    *(Form(f"diabetes: {name}", DIABETES, *form) for name, form in _DIABETES.items()),
)  # fmt: skip
