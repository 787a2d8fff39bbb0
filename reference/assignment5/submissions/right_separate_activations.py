from keras.layers import Activation, Dense, Flatten, ReLU, Softmax
from keras.models import Sequential


def build_mlp():
    hidden = Sequential([Dense(784), Activation("sigmoid"), Dense(800), Activation("sigmoid")])
    return Sequential([keras.Input((28, 28)), Flatten(), hidden, Dense(10), Softmax()])


def build_simple_mlp():
    model = Sequential()
    model.add(Dense(64, input_shape=(50,)))
    model.add(ReLU())
    model.add(Dense(28))
    model.add(Activation("relu"))
    model.add(Dense(10))
    model.add(Activation("softmax"))
    return model


def build_diabetes_model():
    model = Sequential([keras.Input((8,))])
    for units, activation in ((16, "relu"), (8, "relu"), (1, "sigmoid")):
        model.add(Dense(units))
        model.add(Activation(activation))
    model.compile("Adam", "BinaryCrossentropy", metrics=["acc"])
    return model
