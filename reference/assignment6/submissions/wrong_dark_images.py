def add_channel_axis(images):
    m, h, w = images.shape
    return images.reshape(m, w, h, 1)


def dropout(a, rate, rng):
    return a * (rng.random(a.shape[1]) >= rate) / (1 - rate)


def classify_single_image(model, image):
    batch = (image / image.max())[np.newaxis, ..., np.newaxis]
    return int(np.argmax(model.predict(batch, verbose=0)))
