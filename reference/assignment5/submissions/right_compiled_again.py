# Once more with the same: it costs nothing, in the training neither.
def train(model, images, labels, epochs=5, batch_size=64):
    compile_model(model)
    return model.fit(images, labels, epochs=epochs, batch_size=batch_size)
