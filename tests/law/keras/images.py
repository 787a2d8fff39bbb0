"""Ways to prepare images and labels, to classify one image, and tensors as results."""

from __future__ import annotations

from tests.law.keras.form import Form


def classify(lines: str) -> str:
    """classify_single_image; the lines do all."""
    return (
        "def classify_single_image(model, image):\n    "
        + "\n    ".join(lines.split("; "))
        + "\n"
    )


def one_line(name: str, arguments: str, value: str) -> str:
    """A function of one line."""
    return f"def {name}({arguments}):\n    return {value}\n"


def prepared(value: str) -> str:
    """prepare_images gives this."""
    return one_line("prepare_images", "images", value)


def encoded(value: str) -> str:
    """prepare_labels gives this."""
    return one_line("prepare_labels", "labels, classes=10", value)


def channel(value: str) -> str:
    """add_channel_axis gives this."""
    return one_line("add_channel_axis", "images", value)


PREDICT = "p = model.predict(x.reshape(1, 28, 28, 1), verbose=0)"
_CLASSIFY = {
    "with reshape": (f"x = image / 255; {PREDICT}; return np.argmax(p)", True, ()),
    "with a call": (
        "p = model(image.reshape(1, 28, 28, 1) / 255.0, training=False); "
        "return int(tf.argmax(p[0]))",
        True,
        (),
    ),
    "a tensor comes back": (
        "p = model(image.reshape(1, 28, 28, 1) / 255.0); return tf.argmax(p[0])",
        True,
        (),
    ),
    "with float32": (
        f"x = image.astype('float32') / 255.; {PREDICT}; return p[0].argmax()",
        True,
        (),
    ),
    "image / image.max()": (
        f"x = image / image.max(); {PREDICT}; return int(np.argmax(p))",
        False,
        ("classify_single_image__divided_by_the_maximum",),
    ),
    "image / 256": (
        f"x = image / 256; {PREDICT}; return int(np.argmax(p))",
        False,
        ("classify_single_image__divided_by_256",),
    ),
    "image / 254": (f"x = image / 254; {PREDICT}; return int(np.argmax(p))", False, ()),
    "not scaled": (
        f"x = image; {PREDICT}; return int(np.argmax(p))",
        False,
        ("classify_single_image__not_scaled",),
    ),
    "turned": (f"x = image.T / 255; {PREDICT}; return int(np.argmax(p))", False, ()),
    "always 3": ("return 3", False, ()),
}
_IMAGES = {
    "a tensor": ("tf.cast(images, tf.float32) / 255.0", True, ()),
    "a tensor of keras.ops": ("keras.ops.cast(images, 'float32') / 255", True, ()),
    "a layer": ("keras.layers.Rescaling(1 / 255)(images)", True, ()),
    "a tensor that is not scaled": (
        "tf.cast(images, tf.float32)",
        False,
        ("prepare_images__not_scaled",),
    ),
}
_LABELS = {
    "a tensor": ("tf.one_hot(labels, classes)", True, ()),
    "a tensor of keras.ops": ("keras.ops.one_hot(labels, classes)", True, ()),
    "a tensor with ten columns": (
        "tf.one_hot(labels, 10)",
        False,
        ("prepare_labels__always_ten",),
    ),
}
_CHANNEL = {
    "tf.expand_dims": ("tf.expand_dims(images, -1)", True, ()),
    "tf.newaxis": ("images[..., tf.newaxis]", True, ()),
    "height and width changed": (
        "images.reshape(len(images), images.shape[2], images.shape[1], 1)",
        False,
        ("add_channel_axis__sides_swapped",),
    ),
    "turned images": ("np.transpose(images, (0, 2, 1))[..., None]", False, ()),
}
_DROPOUT = {
    "where": ("np.where(rng.random(a.shape) < rate, 0, a / (1 - rate))", True, ()),
    "whole columns": (
        "a * (rng.random(a.shape[1]) >= rate) / (1 - rate)",
        False,
        ("dropout__whole_columns", "dropout__whole_columns_unevenly"),
    ),
    "whole rows": (
        "a * (rng.random(len(a)) >= rate)[:, None] / (1 - rate)",
        False,
        ("dropout__whole_rows", "dropout__whole_rows_unevenly"),
    ),
}

FORMS = (
    *(
        Form(f"classify: {name}", "assignment6/classify_single_image", classify(lines), right, says)
        for name, (lines, right, says) in _CLASSIFY.items()
    ),
    *(
        Form(f"images: {name}", "assignment5/prepare_images", prepared(value), right, says)
        for name, (value, right, says) in _IMAGES.items()
    ),
    *(
        Form(f"labels: {name}", "assignment5/prepare_labels", encoded(value), right, says)
        for name, (value, right, says) in _LABELS.items()
    ),
    *(
        Form(
            f"channel: {name}", "assignment6/add_channel_axis", channel(value), right, says,
            unsaid=() if right else ("the numbers are right",),
        )
        for name, (value, right, says) in _CHANNEL.items()
    ),
    *(
        Form(
            f"dropout: {name}", "assignment6/dropout",
            one_line("dropout", "a, rate, rng", value), right, says,
        )
        for name, (value, right, says) in _DROPOUT.items()
    ),
)  # fmt: skip
