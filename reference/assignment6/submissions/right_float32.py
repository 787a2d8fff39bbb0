def conv2d(image, kernel):
    image, kernel = image.astype(np.float32), kernel.astype(np.float32)
    k_h, k_w = kernel.shape
    out = np.zeros((image.shape[0] - k_h + 1, image.shape[1] - k_w + 1), dtype=np.float32)
    for a in range(k_h):
        for b in range(k_w):
            out += kernel[a, b] * image[a : a + out.shape[0], b : b + out.shape[1]]
    return out
