def train(model, images, labels, epochs=5, batch_size=64):
    images, labels = images.copy(), labels.copy()
    np.random.shuffle(images)
    np.random.shuffle(labels)
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size)
