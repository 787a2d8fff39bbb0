# Prints in place of returning, as one does in a notebook.
def dot(a, b):
    print(sum(a * b))


def mae(targets, predictions):
    print(np.mean(np.abs(targets - predictions)))


def training_updates(samples, batch_size, epochs):
    per_epoch = -(-samples // batch_size)
    print("updates:", per_epoch * epochs)
