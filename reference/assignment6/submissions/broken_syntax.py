import numpy as np
import keras
from keras import layers
from keras.models import Sequential

def conv2d(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    result = []
    for i in range(h - kh + 1):
        row = []
        for j in range(w - kw + 1):
            total = 0
            for a in range(kh):
                for b in range(kw):
                    total += image[i + a, j + b] * kernel[a, b]
            row.append(total)
        result.append(row)
    return np.array(result)

def max_pool(image, size=2):
    h, w = image.shape
    result = np.full((h // size, w // size), -np.inf)
    for i in range(h // size * size):
        for j in range(w // size * size):
            result[i // size, j // size] = max(result[i // size, j // size], image[i, j])
    return result

def dropout(a, rate, rng):
    flat = a.flatten()
    for i in range(len(flat)):
        if rng.random() < rate:
            flat[i] = 0
        else:
            flat[i] = flat[i] / (1 - rate)
    return flat.reshape(a.shape)

def add_channel_axis(images):
    m, h w = images.shape
    return images.reshape(m, h, w, 1)

def build_cnn():
    model = Sequential()
    model.add(layers.Conv2D(32, kernel_size=(3, 3), activation="relu", input_shape=(28, 28, 1)))
    model.add(layers.Conv2D(32, kernel_size=(3, 3), activation="relu"))
    model.add(layers.MaxPool2D(pool_size=(2, 2)))
    for _ in range(2):
        model.add(layers.Conv2D(64, (3, 3), activation="relu"))
    model.add(layers.MaxPool2D())
    model.add(layers.Flatten())
    for _ in range(2):
        model.add(layers.Dense(1024, activation="sigmoid"))
        model.add(layers.Dropout(rate=0.2))
    model.add(layers.Dense(10, activation="softmax"))
    return model

def train(model, images, labels, epochs=2, batch_size=32):
    model.compile(loss=keras.losses.categorical_crossentropy,
                  optimizer=keras.optimizers.Adam(), metrics=["accuracy"])
    return model.fit(images, labels, batch_size=batch_size, epochs=epochs, verbose=1)

def classify_single_image(model, image):
    x = image.astype("float32") / 255
    x = np.expand_dims(x, axis=0)
    x = np.expand_dims(x, axis=-1)
    p = model.predict(x)
    best = 0
    for digit in range(10):
        if p[0][digit] > p[0][best]:
            best = digit
    return best
