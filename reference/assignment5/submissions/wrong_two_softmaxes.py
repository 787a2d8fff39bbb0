from keras.losses import CategoricalCrossentropy


def compile_model(model):
    loss = CategoricalCrossentropy(from_logits=True, label_smoothing=0.0)
    model.compile(loss=loss, optimizer=keras.optimizers.Adam(), metrics=["accuracy"])
    return model
