def classify_single_image(model, image):
    image = image.reshape(1, 28, 28, 1).astype("float32")
    return model.predict(image).argmax()
