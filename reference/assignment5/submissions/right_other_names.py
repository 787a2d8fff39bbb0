def prepare_images(X):
    return X / 255.


def prepare_labels(y, num_classes=10):
    return np.eye(num_classes)[y]


def train(net, X, Y, n_epochs=5, batch=64):
    return net.fit(x=X, y=Y, epochs=n_epochs, batch_size=batch, verbose=2)
