"""Ways to write the convolutional network of assignment 6."""

from __future__ import annotations

from tests.law.keras.form import Form

CNN = "assignment6/build_cnn"
CONV = [f"layers.Conv2D({n}, 3, activation='relu')" for n in (32, 32, 64, 64)]
POOL = "layers.MaxPooling2D(2)"
DENSE = "layers.Dense(1024, activation='sigmoid')"
DROP = "layers.Dropout(0.2)"
OUT = "layers.Dense(10, activation='softmax')"
FLAT = "layers.Flatten()"
ALL = [CONV[0], CONV[1], POOL, CONV[2], CONV[3], POOL, FLAT, DENSE, DROP, DENSE, DROP, OUT]


def stack(*parts: str, before: str = "", after: str = "") -> str:
    """A Sequential of these layers."""
    return f"""
def build_cnn():
    {before or "pass"}
    model = keras.Sequential([keras.Input((28, 28, 1)), {", ".join(parts)}])
    {after or "pass"}
    return model
"""


def swapped(place: int, *parts: str) -> str:
    """The network with other layers in one place."""
    return stack(*ALL[:place], *parts, *ALL[place + 1 :])


def subclass(tail: str, more: str = ", training=False", made: str = "pass") -> str:
    """A class whose `call` ends with these lines, where x is what the last pooling gives."""
    return f"""
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = [{", ".join(ALL[:6])}]
        self.flat, self.a, self.d = {FLAT}, {DENSE}, {DROP}
        self.b, self.e, self.out = {DENSE}, {DROP}, {OUT}
        {made}

    def call(self, x{more}):
        for one in self.first:
            x = one(x)
        {tail}

def build_cnn():
    return Net()
"""


def graph(tail: str) -> str:
    """A functional model, from what the last pooling gives."""
    return f"""
def build_cnn():
    x = inputs = keras.Input((28, 28, 1))
    for one in [{", ".join(ALL[:6])}]:
        x = one(x)
    {tail}
    return keras.Model(inputs, x)
"""


_RIGHT = {
    "subclass that hands training on": subclass(
        "x = self.d(self.a(self.flat(x)), training=training); "
        "return self.out(self.e(self.b(x), training=training))"
    ),
    "subclass without the argument training": subclass(
        "return self.out(self.e(self.b(self.d(self.a(self.flat(x))))))", more=""
    ),
    "subclass with if training": subclass(
        """x = self.a(self.flat(x))
        if training:
            x = self.d(x, training=True)
        x = self.b(x)
        if training:
            x = self.e(x, training=True)
        return self.out(x)"""
    ),
    "subclass with tf.reshape": subclass(
        "x = tf.reshape(x, (-1, 1024)); return self.out(self.e(self.b(self.d(self.a(x)))))"
    ),
    "subclass with tf.nn.dropout": subclass(
        "x = self.a(self.flat(x)); x = tf.nn.dropout(x, 0.2) if training else x; x = self.b(x); "
        "x = tf.nn.dropout(x, 0.2) if training else x; return self.out(x)"
    ),
    "subclass with one Dropout": subclass(
        "return self.out(self.d(self.b(self.d(self.a(self.flat(x))))))"
    ),
    "subclass with one Dropout and tf.reshape": subclass(
        "x = tf.reshape(x, (-1, 1024)); return self.out(self.d(self.b(self.d(self.a(x)))))"
    ),
    "one Dropout object twice": graph(
        f"drop = {DROP}; x = drop({DENSE}({FLAT}(x))); x = {OUT}(drop({DENSE}(x)))"
    ),
    "one pooling object twice": stack(
        CONV[0],
        CONV[1],
        "pool",
        *ALL[3:5],
        "layers.MaxPooling2D(2)",
        *ALL[6:],
        before=f"pool = {POOL}",
    ),
    "one pooling object twice, functional": f"""
def build_cnn():
    pool = {POOL}
    x = inputs = keras.Input((28, 28, 1))
    x = pool({CONV[1]}({CONV[0]}(x)))
    x = pool({CONV[3]}({CONV[2]}(x)))
    for one in [{", ".join(ALL[6:])}]:
        x = one(x)
    return keras.Model(inputs, x)
""",
    "pooling with padding same": swapped(2, 'layers.MaxPooling2D(2, padding="same")'),
    "both poolings with padding same": stack(
        *ALL[:2],
        'layers.MaxPool2D((2, 2), padding="same")',
        *ALL[3:5],
        'layers.MaxPool2D((2, 2), padding="same")',
        *ALL[6:],
    ),
    "strides of the pooling": swapped(2, "layers.MaxPooling2D((2, 2), strides=2)"),
    "the sizes as tuples": swapped(
        0, "layers.Conv2D(32, (3, 3), (1, 1), 'valid', activation='relu')"
    ),
    "the activations apart": swapped(1, "layers.Conv2D(32, 3)", "layers.ReLU()"),
    "a relu as a lambda": swapped(
        0, "layers.Conv2D(32, 3, activation=lambda t: tf.nn.relu(t))"
    ),
    "relu of TensorFlow": swapped(3, "layers.Conv2D(64, 3, activation=tf.nn.relu)"),
    "Lambda for Flatten": swapped(6, "layers.Lambda(lambda t: tf.reshape(t, (-1, 1024)))"),
    "Reshape for Flatten": swapped(6, "layers.Reshape((1024,))"),
    "a seed for the dropout": swapped(8, "layers.Dropout(0.2, seed=3)"),
    "two models in one": stack(f"keras.Sequential([{', '.join(ALL[:7])}])", *ALL[7:]),
    "keras.ops.max_pool": graph(
        f"x = {FLAT}(x)\n    for one in [{', '.join(ALL[7:])}]:\n        x = one(x)"
    ),
}
_WRONG = {
    "dropout never called": (
        subclass("return self.out(self.b(self.a(self.flat(x))))"),
        ("build_cnn__no_dropout",),
    ),
    "dropout always on": (
        subclass(
            "x = self.d(self.a(self.flat(x)), training=True); "
            "return self.out(self.e(self.b(x), training=True))"
        ),
        ("build_cnn__always_dropping",),
    ),
    "one dropout always on": (
        subclass(
            "x = self.d(self.a(self.flat(x)), training=True); return self.out(self.e(self.b(x)))"
        ),
        ("build_cnn__always_dropping",),
    ),
    "only one dropout always on": (
        subclass(
            "x = self.d(self.a(self.flat(x)), training=True); "
            "return self.out(self.e(self.b(x), training=training))"
        ),
        (),
    ),
    "the other dropout always on": (
        subclass(
            "x = self.d(self.a(self.flat(x))); return self.out(self.e(self.b(x), training=True))"
        ),
        (),
    ),
    "noise outside of training": (
        subclass(
            "x = self.d(self.a(self.flat(x))) + tf.random.normal((1024,)); "
            "return self.out(self.e(self.b(x)))"
        ),
        (),
    ),
    "one dropout with training=False": (
        subclass(
            "x = self.d(self.a(self.flat(x)), training=training); "
            "return self.out(self.e(self.b(x), training=False))"
        ),
        (),
    ),
    "tf.nn.dropout at a rate of 0.3": (
        subclass(
            "x = self.a(self.flat(x)); x = tf.nn.dropout(x, 0.3) if training else x; "
            "x = self.b(x); x = tf.nn.dropout(x, 0.3) if training else x; return self.out(x)"
        ),
        (),
    ),
    "tf.nn.dropout of whole rows": (
        subclass(
            "x = self.a(self.flat(x)); x = tf.nn.dropout(x, 0.2, noise_shape=(len(x), 1)) "
            "if training else x; x = self.b(x); x = tf.nn.dropout(x, 0.2) if training else x; "
            "return self.out(x)"
        ),
        (),
    ),
    "dropout with training=False": (
        subclass(
            "x = self.d(self.a(self.flat(x)), training=False); "
            "return self.out(self.e(self.b(x), training=False))"
        ),
        ("build_cnn__no_dropout",),
    ),
    "dropout called once": (
        subclass("return self.out(self.b(self.d(self.a(self.flat(x)))))"),
        (),
    ),
    "dropout called once, with tf.reshape": (
        subclass("x = tf.reshape(x, (-1, 1024)); return self.out(self.b(self.d(self.a(x))))"),
        (),
    ),
    "dropout at another place": (
        subclass("return self.out(self.e(self.b(self.a(self.d(self.flat(x))))))"),
        (),
    ),
    "dropout outside of training": (
        subclass(
            "x = self.a(self.flat(x)); x = self.d(x, training=not training); return self.out(self.b(x))"
        ),
        (),
    ),
    "dropout of whole rows": (swapped(8, "layers.Dropout(0.2, noise_shape=(None, 1))"), ()),
    "dropout of whole columns": (swapped(8, "layers.Dropout(0.2, noise_shape=(1, 1024))"), ()),
    "rates of 0.3": (
        stack(*ALL[:8], "layers.Dropout(0.3)", DENSE, "layers.Dropout(0.3)", OUT),
        (),
    ),
    "GaussianDropout": (swapped(8, "layers.GaussianDropout(0.2)"), ()),
    "AlphaDropout": (swapped(8, "layers.AlphaDropout(0.2)"), ()),
    "AveragePooling": (swapped(2, "layers.AveragePooling2D(2)"), ()),
    "pooling with strides of 1": (swapped(2, "layers.MaxPooling2D(2, strides=1)"), ()),
    "strides in a convolution": (
        stack(*ALL[:1], "layers.Conv2D(32, 3, strides=2, activation='relu')", *ALL[3:]),
        (),
    ),
    "relu after the pooling only": (
        stack(CONV[0], "layers.Conv2D(32, 3)", POOL, *ALL[3:]),
        (),
    ),
    "an inserted sigmoid": (
        subclass(
            "x = tf.sigmoid(x); return self.out(self.e(self.b(self.d(self.a(self.flat(x))))))"
        ),
        (),
    ),
    "softmax twice": (
        subclass(
            "return tf.nn.softmax(self.out(self.e(self.b(self.d(self.a(self.flat(x)))))))"
        ),
        (),
    ),
    "frozen convolutions": (
        stack(*ALL, after="for one in model.layers[:5]: one.trainable = False"),
        (),
    ),
    "a depthwise convolution": (
        swapped(1, "layers.SeparableConv2D(32, 3, activation='relu')"),
        (),
    ),
    "GlobalAveragePooling for Flatten": (swapped(6, "layers.GlobalAveragePooling2D()"), ()),
    "padding same": (
        stack(*(p.replace("3, a", "3, padding='same', a") for p in ALL)),
        ("build_cnn__same_padding",),
    ),
    "turned images": (
        stack("layers.Permute((2, 1, 3))", *ALL),
        (),
    ),
}

_TOLD = {  # words that the message must hold, and words that would be false
    "dropout always on": (("Layer 9 (Dropout) drops", "Layer 11 (Dropout) drops"), ()),
    "one dropout always on": (  # Keras hands its training=True on to what is called after it
        ("Layer 9 (Dropout) drops", "Layer 11 (Dropout) drops"),
        (),
    ),
    "only one dropout always on": (
        ("Layer 9 (Dropout) drops numbers outside of training as well",),
        ("Layer 11",),
    ),
    "the other dropout always on": (
        ("Layer 11 (Dropout) drops numbers outside of training as well",),
        ("Layer 9",),
    ),
    "dropout with training=False": (("drops nothing in training",), ("outside of training",)),
    "one dropout with training=False": (
        ("Layer 11 (Dropout) drops nothing in training",),
        ("Layer 9",),
    ),
    "dropout called once": (("A layer is missing: Dropout",), ("Layer 9 (", "drops nothing")),
    "dropout called once, with tf.reshape": (
        ("Layer 11 (Dropout) drops nothing in training",),
        ("Layer 9",),
    ),
    "dropout outside of training": ((), ("drops numbers outside of training as well",)),
    "noise outside of training": (
        ("draws random numbers outside of training",),
        ("(Dropout) drops",),
    ),
}

FORMS = (
    *(Form(f"cnn: {name}", CNN, source) for name, source in _RIGHT.items()),
    *(
        Form(f"cnn: {name}", CNN, source, False, says, *_TOLD.get(name, ((), ())))
        for name, (source, says) in _WRONG.items()
    ),
)
