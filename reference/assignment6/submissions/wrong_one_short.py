def conv2d(image, kernel):
    k_h, k_w = kernel.shape
    h, w = image.shape[0] - k_h, image.shape[1] - k_w
    answers = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            answers[i, j] = np.sum(image[i : i + k_h, j : j + k_w] * kernel)
    return answers
