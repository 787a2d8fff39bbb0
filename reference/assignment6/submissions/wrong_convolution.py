# A true convolution, by way of turning the kernel; and pooling by the mean.
def conv2d(image, kernel):
    kernel = np.flipud(np.fliplr(kernel))
    k_h, k_w = kernel.shape
    h, w = image.shape[0] - k_h + 1, image.shape[1] - k_w + 1
    return np.array(
        [[np.vdot(image[i : i + k_h, j : j + k_w], kernel) for j in range(w)] for i in range(h)]
    )


def max_pool(image, size=2):
    h, w = image.shape[0] // size, image.shape[1] // size
    return np.array(
        [
            [np.mean(image[i * size : (i + 1) * size, j * size : (j + 1) * size]) for j in range(w)]
            for i in range(h)
        ]
    )
