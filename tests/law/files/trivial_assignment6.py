def conv2d(image, kernel):
    return V(image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1)


def max_pool(image, size=2):
    return V(image.shape[0] // size, image.shape[1] // size)


def dropout(a, rate, rng):
    return V(*a.shape)


def add_channel_axis(images):
    return V(*images.shape, 1)


def build_cnn():
    return V()


def train(model, images, labels, epochs=1, batch_size=32):
    return {"loss": list(V(epochs))}


def classify_single_image(model, image):
    return int(V())
