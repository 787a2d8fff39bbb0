def add_channel_axis(images):
    return np.expand_dims(images, axis=1)
