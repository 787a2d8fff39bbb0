def prepare_images(images):
    return V(*images.shape)


def prepare_labels(labels, classes=10):
    return V(len(labels), classes)


def count_parameters(sizes):
    return [int(value) for value in V(len(sizes) - 1)]


def build_mlp():
    return V()


def compile_model(model):
    return model


def train(model, images, labels, epochs=5, batch_size=64):
    return {"loss": list(V(epochs))}


def build_simple_mlp():
    return V()


def build_diabetes_model():
    return V()
