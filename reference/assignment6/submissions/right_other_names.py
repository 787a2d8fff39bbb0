def conv2d(img, k):
    h, w = img.shape[0] - k.shape[0] + 1, img.shape[1] - k.shape[1] + 1
    return np.array([[(img[i:i + k.shape[0], j:j + k.shape[1]] * k).sum() for j in range(w)]
                     for i in range(h)])


def maxpool(x, pool=2):
    h, w = x.shape[0] // pool, x.shape[1] // pool
    return np.array([[x[i * pool:(i + 1) * pool, j * pool:(j + 1) * pool].max()
                      for j in range(w)] for i in range(h)])


del max_pool


def train(net, X, Y, n_epochs=2, bs=32):
    net.compile(loss="categorical_crossentropy", optimizer="Adam", metrics=["accuracy"])
    return net.fit(X, Y, epochs=n_epochs, batch_size=bs)


def classify_single_image(cnn, digit):
    return cnn.predict(digit.reshape(-1, 28, 28, 1) / 255.).argmax(axis=1)
