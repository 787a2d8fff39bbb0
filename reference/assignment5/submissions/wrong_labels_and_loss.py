# The labels stay numbers. With the loss to match, this would be a right choice of its own.
def prepare_labels(labels, classes=10):
    return labels


def compile_model(model):
    model.compile(
        loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"]
    )
    return model
