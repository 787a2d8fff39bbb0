"""Ways to compile a model, in both assignments."""

from __future__ import annotations

from tests.law.keras.form import Form

COMPILE = "assignment5/compile_model"
DIABETES = "assignment5/diabetes_loss"


def settings(words: str, before: str = "") -> str:
    """compile_model with these settings."""
    return f"""
{before}
def compile_model(model):
    model.compile({words})
    return model
"""


def own(loss: str) -> str:
    """With a loss of one's own."""
    return settings(f'loss={loss}, optimizer="adam", metrics=["accuracy"]', "import functools")


def optimizer(value: str) -> str:
    """With another optimizer."""
    return settings(f'loss="categorical_crossentropy", optimizer={value}, metrics=["accuracy"]')


def metrics(words: str) -> str:
    """With other metrics."""
    return settings(f'loss="categorical_crossentropy", optimizer="adam", {words}')


def diabetes(words: str) -> str:
    """build_diabetes_model compiled with these settings."""
    return f"""
def build_diabetes_model():
    model = keras.Sequential([keras.Input((8,)), layers.Dense(16, "relu"),
                              layers.Dense(8, "relu"), layers.Dense(1, "sigmoid")])
    model.compile({words})
    return model
"""


_RIGHT = {
    "the loss is a lambda": own("lambda y, p: keras.losses.categorical_crossentropy(y, p)"),
    "the loss is a partial": own(
        "functools.partial(keras.losses.categorical_crossentropy, label_smoothing=0.0)"
    ),
    "the loss is written out": own("lambda y, p: -tf.reduce_sum(y * tf.math.log(p), axis=-1)"),
    "the loss is in a list": own('["categorical_crossentropy"]'),
    "the loss is a class's object": own("keras.losses.CategoricalCrossentropy()"),
    "the loss is a function": own("keras.losses.categorical_crossentropy"),
    "the loss of TensorFlow's Keras": own(
        "tf.keras.losses.CategoricalCrossentropy(from_logits=False)"
    ),
    "the loss is a function of one's own": settings(
        'loss=mine, optimizer="adam", metrics=["accuracy"]',
        "def mine(y, p):\n    return -keras.ops.mean(keras.ops.sum(y * keras.ops.log(p), axis=1))",
    ),
    "Adam": optimizer("keras.optimizers.Adam()"),
    "Adam with its rate": optimizer("keras.optimizers.Adam(learning_rate=1e-3)"),
    "Adam with a smaller rate": optimizer("keras.optimizers.Adam(0.0005)"),
    "Adam in capitals": optimizer('"Adam"'),
    "Adam of TensorFlow": optimizer("tf.keras.optimizers.Adam()"),
    "categorical_accuracy": metrics('metrics=["categorical_accuracy"]'),
    "CategoricalAccuracy": metrics("metrics=[keras.metrics.CategoricalAccuracy()]"),
    "acc": metrics('metrics=["acc"]'),
    "metrics in a list of lists": metrics('metrics=[["accuracy"]]'),
    "one metric without a list": metrics('metrics="accuracy"').replace(
        '="accuracy"', '=["accuracy"]'
    ),
    "weighted_metrics": metrics('weighted_metrics=["accuracy"]'),
    "more metrics": metrics('metrics=["accuracy", "mse", keras.metrics.AUC()]'),
    "a metric as a function": metrics(
        "metrics=[lambda y, p: keras.metrics.categorical_accuracy(y, p)]"
    ),
    "run eagerly": metrics('metrics=["accuracy"], run_eagerly=True'),
    "without jit": metrics('metrics=["accuracy"], jit_compile=False'),
    "compiled twice": """
def compile_model(model):
    model.compile(loss="mse", optimizer="sgd")
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
""",
    "a model around the model": """
def compile_model(model):
    outer = keras.Sequential([model])
    outer.build((None, *model.input_shape[1:]))
    outer.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return outer
""",
}
_WRONG = {
    "metrics.Accuracy": (metrics("metrics=[keras.metrics.Accuracy()]"), ()),
    "binary_accuracy": (metrics('metrics=["binary_accuracy"]'), ()),
    "top 5": (metrics("metrics=[keras.metrics.TopKCategoricalAccuracy()]"), ()),
    "no metric": (metrics(""), ("compile_model__no_metric",)),
    "the squared error is measured": (metrics('metrics=["mse"]'), ()),
    "what compile gives comes back": (
        settings("").replace(
            "    model.compile()\n    return model",
            (
                '    return model.compile(loss="categorical_crossentropy", optimizer="adam", '
                'metrics=["accuracy"])'
            ),
        ),
        ("compile_model__nothing_comes_back",),
    ),
    "nothing comes back": (
        settings(
            'loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"]'
        ).replace("    return model\n", ""),
        ("compile_model__nothing_comes_back",),
    ),
    "not compiled": ("def compile_model(model):\n    return model\n", ()),
    "smoothed labels": (own("keras.losses.CategoricalCrossentropy(label_smoothing=0.1)"), ()),
    "smoothed labels in a partial": (
        own("functools.partial(keras.losses.categorical_crossentropy, label_smoothing=0.3)"),
        (),
    ),
    "a lambda of the squared error": (
        own("lambda y, p: keras.losses.mean_squared_error(y, p)"),
        ("compile_model__squared_error",),
    ),
    "a loss that is always 0": (own("lambda y, p: 0.0 * p"), ()),
    "a loss with its sign turned": (
        own("lambda y, p: -keras.losses.categorical_crossentropy(y, p)"),
        (),
    ),
    "a loss times 10": (
        own("lambda y, p: 10 * keras.losses.categorical_crossentropy(y, p)"),
        (),
    ),
    "from logits": (
        own("keras.losses.CategoricalCrossentropy(from_logits=True)"),
        ("compile_model__two_softmaxes",),
    ),
    "from logits, in a list": (
        own("[keras.losses.CategoricalCrossentropy(from_logits=True)]"),
        ("compile_model__two_softmaxes",),
    ),
    "hinge": (own('"categorical_hinge"'), ()),
    "binary": (own('"binary_crossentropy"'), ("compile_model__binary",)),
    "sparse": (own('"sparse_categorical_crossentropy"'), ("compile_model__sparse",)),
    "sgd": (optimizer('"sgd"'), ("compile_model__sgd",)),
    "rmsprop": (optimizer('"rmsprop"'), ("compile_model__default_optimizer",)),
    "adamax": (optimizer('"adamax"'), ()),
    "adamw": (optimizer('"adamw"'), ()),
    "Adam with a large rate": (
        optimizer("keras.optimizers.Adam(0.1)"),
        ("compile_model__large_steps",),
    ),
    "Adam with a rate of 0": (optimizer("keras.optimizers.Adam(0.0)"), ()),
    "a History comes back": (
        """
def compile_model(model):
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return keras.callbacks.History()
""",
        (),
    ),
}
_DIABETES = {
    "a lambda": (
        diabetes(
            'loss=lambda y, p: keras.losses.binary_crossentropy(y, p), optimizer="adam", '
            'metrics=["accuracy"]'
        ),
        True,
        (),
    ),
    "in a list": (
        diabetes('loss=["binary_crossentropy"], optimizer="adam", metrics=["binary_accuracy"]'),
        True,
        (),
    ),
    "metrics.Accuracy": (
        diabetes(
            'loss="binary_crossentropy", optimizer="adam", metrics=[keras.metrics.Accuracy()]'
        ),
        False,
        (),
    ),
    "hinge": (diabetes('loss="hinge", optimizer="adam", metrics=["accuracy"]'), False, ()),
    "of logits": (
        diabetes(
            'loss=keras.losses.BinaryCrossentropy(from_logits=True), optimizer="adam", '
            'metrics=["accuracy"]'
        ),
        False,
        (),
    ),
    "categorical": (
        diabetes('loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"]'),
        False,
        ("build_diabetes_model__categorical_loss",),
    ),
}

FORMS = (
    *(Form(f"compile: {name}", COMPILE, source) for name, source in _RIGHT.items()),
    *(
        Form(f"compile: {name}", COMPILE, source, False, says)
        for name, (source, says) in _WRONG.items()
    ),
    *(Form(f"diabetes compiled: {name}", DIABETES, *form) for name, form in _DIABETES.items()),
)
