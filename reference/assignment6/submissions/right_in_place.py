def dropout(a, rate, rng):
    a[rng.random(a.shape) < rate] = 0
    a /= 1 - rate
    return a


def train(model, images, labels, epochs=2, batch_size=32):
    model.compile("adam", "categorical_crossentropy", metrics=["acc"])
    history = {"loss": [], "acc": []}
    for _ in range(epochs):
        one = model.fit(images, labels, batch_size=batch_size, verbose=0).history
        history["loss"] += one["loss"]
    return history
