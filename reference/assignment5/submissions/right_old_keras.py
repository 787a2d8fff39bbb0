# From the days of Keras 2: where its names were then.
from keras.utils import np_utils
from keras.layers.core import Activation, Dense
from keras.layers.normalization import BatchNormalization
from keras.optimizers import adam
from tensorflow.python.keras.models import Sequential


def prepare_labels(labels, classes=10):
    return np_utils.to_categorical(labels, classes)


def build_simple_mlp():
    model = Sequential()
    model.add(Dense(64, input_dim=50))
    model.add(Activation("relu"))
    model.add(Dense(28, activation="relu"))
    model.add(Dense(10, activation="softmax"))
    return model


def compile_model(model):
    model.compile(
        loss="categorical_crossentropy", optimizer=adam(), metrics=["accuracy"]
    )
    return model
