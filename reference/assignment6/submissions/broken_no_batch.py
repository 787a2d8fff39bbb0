def classify_single_image(model, image):
    image = image[:, :, np.newaxis] / 255
    return np.argmax(model.predict(image)[0])


def conv2d(image, kernel):
    print(image.shape)
