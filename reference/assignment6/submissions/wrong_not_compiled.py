def train(model, images, labels, epochs=2, batch_size=32):
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size)
