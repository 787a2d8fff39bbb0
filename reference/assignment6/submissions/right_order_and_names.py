# Arguments in another order, near names, and helpers of a module that is not here.
from course_helpers import show


def conv_2d(kernel, image):
    k_h, k_w = kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (k_h, k_w))
    return np.einsum("ijkl,kl->ij", windows, kernel)


def maxpool(image, size=2):
    h, w = image.shape[0] // size, image.shape[1] // size
    return image[: h * size, : w * size].reshape(h, size, w, size).max(axis=(1, 3))


def dropout(a, rng, rate):
    return np.where(rng.random(a.shape) < rate, 0, a / (1 - rate))


del conv2d, max_pool
show(conv_2d)
