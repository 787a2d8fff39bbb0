"""Ways to train a model, in both assignments."""

from __future__ import annotations

from tests.law.keras.form import Form

TRAIN5, TRAIN6 = "assignment5/train", "assignment6/train"
HOW = "epochs=epochs, batch_size=batch_size"


def fit(lines: str, five: bool = True) -> str:
    """`train` of one assignment; the lines do all."""
    defaults = "epochs=5, batch_size=64" if five else "epochs=2, batch_size=32"
    body = "\n    ".join(lines.strip().splitlines())
    return f"def train(model, images, labels, {defaults}):\n    {body}\n"


COMPILED = (
    'model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])\n'
)
FIT = f"return model.fit(images, labels, {HOW})\n"
BOARD = f"""
callback = keras.callbacks.TensorBoard(log_dir="/logs/fit")
return model.fit(images, labels, {HOW}, callbacks=[callback])
"""
_RIGHT = {
    "without verbose": FIT,
    "the dictionary comes back": f"return model.fit(images, labels, {HOW}).history",
    "a TensorBoard": BOARD,
    "a TensorBoard in a folder of its own": BOARD.replace('"/logs/fit"', '"logs"'),
    "a ModelCheckpoint on a drive": f"""
keep = keras.callbacks.ModelCheckpoint("/content/drive/MyDrive/best.keras", save_best_only=True)
return model.fit(images, labels, {HOW}, callbacks=[keep])
""",
    "the model is saved": f"""
history = model.fit(images, labels, {HOW})
model.save("/some/folder/model.keras")
return history
""",
    "the weights are saved": f"""
history = model.fit(images, labels, {HOW})
model.save_weights("/some/folder/model.weights.h5")
return history
""",
    "a CSVLogger": f"""
log = keras.callbacks.CSVLogger("/results/log.csv")
return model.fit(images, labels, {HOW}, callbacks=[log])
""",
    "tensors": f"return model.fit(tf.constant(images), tf.constant(labels), {HOW})",
    "a data set": """
data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(99).batch(batch_size)
return model.fit(data, epochs=epochs)
""",
    "without shuffling": f"return model.fit(images, labels, {HOW}, shuffle=False)",
    "shuffled pairs": f"""
order = np.random.permutation(len(images))
return model.fit(images[order], labels[order], {HOW})
""",
    "float32": f"return model.fit(images.astype('float32'), labels.astype('float32'), {HOW})",
    "validated on the same": f"return model.fit(images, labels, {HOW}, validation_data=(images, labels))",
    "evaluated afterwards": f"""
history = model.fit(images, labels, {HOW})
model.evaluate(images, labels)
return history
""",
    "a loop over batches": """
losses = []
for epoch in range(epochs):
    order = np.random.permutation(len(images))
    for i in range(0, len(images), batch_size):
        take = order[i:i + batch_size]
        logs = model.train_on_batch(images[take], labels[take], return_dict=True)
    losses.append(float(logs["loss"]))
return {"loss": losses}
""",
}
_WRONG = {
    "one epoch": (
        "return model.fit(images, labels, batch_size=batch_size)",
        ("train__one_epoch",),
    ),
    "the default batches": (
        "return model.fit(images, labels, epochs=epochs)",
        ("train__default_batches",),
    ),
    "shuffled apart": (
        f"return model.fit(np.random.permutation(images), labels, {HOW})",
        ("train__shuffled_apart",),
    ),
    "some held back": (
        f"return model.fit(images, labels, {HOW}, validation_split=0.25)",
        ("train__holds_some_back",),
    ),
    "the model comes back": (f"model.fit(images, labels, {HOW})\nreturn model", ()),
    "nothing comes back": (f"model.fit(images, labels, {HOW})", ()),
    "no epoch": ("return model.fit(images, labels, epochs=0, batch_size=batch_size)", ()),
    "one epoch too many": (
        "return model.fit(images, labels, epochs=epochs + 1, batch_size=batch_size)",
        (),
    ),
    "the labels turned around": (
        f"return model.fit(images, labels[::-1], {HOW})",
        ("train__shuffled_apart",),
    ),
    "half of the images": (
        f"n = len(images) // 2\nreturn model.fit(images[:n], labels[:n], {HOW})",
        (),
    ),
    "a forged History": (
        "h = keras.callbacks.History()\nh.history = {'loss': [0.1] * epochs}\nreturn h",
        (),
    ),
    "evaluated in place of trained": (
        "model.evaluate(images, labels)\nreturn {'loss': [0.5] * epochs}",
        (),
    ),
    "the number of updates assigned": (
        "model.optimizer.iterations.assign(epochs * 6)\n"
        "model.predict = lambda x, verbose=0: np.eye(12)\n"
        "return {'loss': [0.5] * epochs}",
        (),
    ),
}
_FIVE_RIGHT = {
    "compiles again": COMPILED + FIT,
    "compiles again with another optimizer": COMPILED.replace(
        '"adam"', "keras.optimizers.SGD(0.001)"
    )
    + FIT,
}
_FIVE_WRONG = {
    "scales once more": (
        f"return model.fit(images / 255, labels, {HOW})",
        ("train__scaled_again",),
    ),
    "multiplies by 255": (f"return model.fit(images * 255, labels, {HOW})", ()),
    "a loop of one epoch each": (
        "for _ in range(epochs):\n    history = model.fit(images, labels, batch_size=batch_size)\n"
        "return history",
        ("train__last_epoch_only",),
    ),
    "compile and fit in a loop": (
        "for _ in range(epochs):\n    "
        + COMPILED
        + "    history = model.fit(images, labels, batch_size=batch_size)\nreturn history",
        ("train__last_epoch_only",),
    ),
    "a loss comes back": (f"return model.fit(images, labels, {HOW}).history['loss'][-1]", ()),
}
_SIX_WRONG = {
    "not compiled": (FIT, ("train__not_compiled",)),
    "binary": (COMPILED.replace("categorical", "binary") + FIT, ("train__binary",)),
    "metrics.Accuracy": (
        COMPILED.replace('"accuracy"', "keras.metrics.Accuracy()") + FIT,
        (),
    ),
    "sgd": (COMPILED.replace("adam", "sgd") + FIT, ()),
}

FORMS = (
    *(
        Form(f"train: {n}", TRAIN5, fit(lines))
        for n, lines in {**_RIGHT, **_FIVE_RIGHT}.items()
    ),
    *(
        Form(f"train: {n}", TRAIN5, fit(lines), False, says)
        for n, (lines, says) in {**_WRONG, **_FIVE_WRONG}.items()
    ),
    *(Form(f"train 6: {n}", TRAIN6, fit(COMPILED + s, False)) for n, s in _RIGHT.items()),
    *(
        Form(f"train 6: {n}", TRAIN6, fit(COMPILED + lines, False), False, says)
        for n, (lines, says) in _WRONG.items()
        if n not in ("some held back",)
    ),
    *(
        Form(f"train 6: {n}", TRAIN6, fit(lines, False), False, says)
        for n, (lines, says) in _SIX_WRONG.items()
    ),
)
