def train(model, images, labels, epochs=2, batch_size=32):
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size)
