import numpy as np

def conv2d(image, kernel):
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    out = np.empty((h, w))
    for i in range(h):
        for j in range(w):
            out[i, j] = (image[i:i + kernel.shape[0], j:j + kernel.shape[1]] * kernel).sum()
    return out

def max_pool(image, size=2):
    h, w = image.shape[0] // size, image.shape[1] // size
    out = np.empty((h, w))
    for i in range(h):
        for j in range(w):
            out[i, j] = image[i * size:(i + 1) * size, j * size:(j + 1) * size].max()
    return out

def dropout(a, rate, rng):
    return a * (rng.random(a.shape) > rate) / (1 - rate)
