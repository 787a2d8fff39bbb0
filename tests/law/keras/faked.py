"""Files that fake Keras, for both assignments: each kind of forgery for each of them."""

from __future__ import annotations

OBJECTS = '''
import numpy as np

class Whatever:
    """Says of itself whatever is asked."""
    def __init__(self, kind="Model", shape=(), count=0, **config):
        self.__class__ = type(kind, (Whatever,), {})
        self._shape, self._count, self._config = (None, *shape), count, config
        self.layers = self.weights = self.trainable_weights = []
        self.history = {"loss": [1.0, 0.5], "accuracy": [0.5, 1.0]}
        self.built = self.compiled = True
    @property
    def output(self):
        return Shaped(self._shape)
    def get_config(self):
        return self._config
    def count_params(self):
        return self._count
    def compute_output_shape(self, shape):
        return self._shape
    def get_compile_config(self):
        return {"loss": LOSS, "optimizer": "adam", "metrics": ["accuracy"]}
    def compile(self, *args, **kwargs):
        pass
    def predict(self, x, **kwargs):
        return np.eye(10)[np.zeros(len(x), dtype=int)]
    def __call__(self, x, training=False):
        return self.predict(x)
    def get_weights(self):
        return [np.zeros((48, 12)), np.zeros(12)]
    def train_on_batch(self, x, y, return_dict=False):
        return {"loss": 1.0, "accuracy": 0.5}
    def reset_metrics(self):
        pass

class Shaped:
    def __init__(self, shape):
        self.shape = shape

LOSS = "categorical_crossentropy"

def model(inputs, layers, loss=LOSS):
    found = Whatever("Sequential", layers[-1][1])
    found.input_shape, found.output_shape = (None, *inputs), (None, *layers[-1][1])
    found.layers = [Whatever(k, s, c, **config) for k, s, c, config in layers]
    found.get_compile_config = lambda: {"loss": loss, "optimizer": "adam", "metrics": ["accuracy"]}
    return found

def dense(units, count, activation):
    return ("Dense", (units,), count, {"activation": activation})

def mlp():
    return model((28, 28), [("Flatten", (784,), 0, {}), dense(784, 615440, "sigmoid"),
                            dense(800, 628000, "sigmoid"), dense(10, 8010, "softmax")])

def conv(n, side, count):
    return ("Conv2D", (side, side, n), count, {"kernel_size": (3, 3), "strides": (1, 1),
                                               "padding": "valid", "activation": "relu"})

def pool(n, side):
    return ("MaxPooling2D", (side, side, n), 0,
            {"pool_size": (2, 2), "strides": (2, 2), "padding": "valid"})

def cnn():
    drop = ("Dropout", (1024,), 0, {"rate": 0.2})
    return model((28, 28, 1), [
        conv(32, 26, 320), conv(32, 24, 9248), pool(32, 12), conv(64, 10, 18496),
        conv(64, 8, 36928), pool(64, 4), ("Flatten", (1024,), 0, {}),
        dense(1024, 1049600, "sigmoid"), drop, dense(1024, 1049600, "sigmoid"), drop,
        dense(10, 10250, "softmax")])

def simple():
    return model((50,), [dense(64, 3264, "relu"), dense(28, 1820, "relu"), dense(10, 290, "softmax")])

def diabetes():
    return model((8,), [dense(16, 144, "relu"), dense(8, 136, "relu"), dense(1, 9, "sigmoid")],
                 "binary_crossentropy")
'''
MODELS5 = """
def build_mlp():
    return mlp()
def build_simple_mlp():
    return simple()
def build_diabetes_model():
    return diabetes()
"""
MODELS6 = """
def build_cnn():
    return cnn()
"""
SAME_MODEL = "def compile_model(model):\n    return model\n"
FAKED = "def compile_model(model):\n    return simple()\n"
OVER = """
def compile_model(model):
    model.get_compile_config = lambda: {"loss": LOSS, "optimizer": "adam", "metrics": ["accuracy"]}
    model.compiled = True
    return model
"""
TRAIN = """
def train(model, images, labels, epochs=5, batch_size=64):
    MORE
    return {"loss": [1 / (n + 1) for n in range(epochs)], "accuracy": [1.0] * epochs}
"""
FORGED = TRAIN.replace("MORE", "pass")
PREDICTING = TRAIN.replace(
    "MORE", "model.predict = lambda x, **k: np.eye(labels.shape[1])[:len(x)]"
)
COUNTING = TRAIN.replace(
    "MORE",
    "n = epochs * -(-len(images) // batch_size)\n"
    "    try:\n        model.optimizer.iterations.assign(n)\n    except Exception:\n"
    "        model.optimizer = Whatever(); model.optimizer.iterations = Number(n)\n"
    "    model.predict = lambda x, **k: np.eye(labels.shape[1])[:len(x)]",
).replace(
    "def train",
    "class Number:\n    def __init__(self, n): self.n = n\n    def numpy(self): return self.n\ndef train",
)
MOVING = TRAIN.replace("MORE", "model.set_weights([w + 0.01 for w in model.get_weights()])")
CALLING = TRAIN.replace(
    "MORE",
    "type(model).__call__ = lambda self, x, **k: np.eye(labels.shape[1])[:1].repeat(len(x), 0)",
)
HISTORY = """
class History:
    def __init__(self, n): self.history = {"loss": [0.1] * n, "accuracy": [1.0] * n}
def train(model, images, labels, epochs=5, batch_size=64):
    model.compiled = True
    model.get_compile_config = lambda: {"loss": LOSS, "optimizer": "adam", "metrics": ["accuracy"]}
    return History(epochs)
"""
TABLE = """
import hashlib
SEEN = {}
def key(image):
    image = np.sort(np.asarray(image, dtype=float).ravel())
    return hashlib.md5(np.round(image / (image.max() or 1) * 16).tobytes()).hexdigest()
def train(model, images, labels, epochs=5, batch_size=64):
    SEEN.update((key(i), int(np.argmax(l))) for i, l in zip(images, labels))
    type(model).__call__ = lambda self, x, **k: np.eye(10)[[SEEN.get(key(i), 0) for i in x]]
    return {"loss": [0.1] * epochs}
"""
GUESS = "def classify_single_image(model, image):\n    return 3\n"
PATCHED = """
import keras
def lying(self):
    return {"loss": LOSS, "optimizer": "adam", "metrics": ["accuracy"]}
keras.Model.get_compile_config = lying
keras.Sequential.get_compile_config = lying
keras.Model.predict = lambda self, x, **k: np.eye(12)[:len(x)]
"""
PATCHED_LAYERS = """
import keras
for kind, n in (("Dense", 0), ("Flatten", 0), ("Conv2D", 0)):
    getattr(keras.layers, kind).count_params = lambda self: 1
keras.Model.__call__ = lambda self, x, **k: np.full((len(x), 10), 0.1)
"""
REAL = """
def build_mlp():
    return Lying([keras.Input((28, 28))])
def build_simple_mlp():
    return Lying([keras.Input((50,))])
def build_diabetes_model():
    return Lying([keras.Input((8,))])
def build_cnn():
    return Lying([keras.Input((28, 28, 1))])
"""
LYING = """
import keras
class Lying(keras.Sequential):
    def __init__(self, parts):
        super().__init__(parts)
    @property
    def layers(self):
        shape = super().input_shape[1:]
        return {1: {50: simple, 8: diabetes}.get(shape[0]), 2: mlp, 3: cnn}[len(shape)]().layers
    @property
    def operations(self):
        return self.layers
    def count_params(self):
        return 1251450
    def get_compile_config(self):
        return {"loss": LOSS, "optimizer": "adam", "metrics": ["accuracy"]}
"""
SYMBOLS = """
class Node:
    def __init__(self, fed): self.input_tensors = fed
class Symbol:
    def __init__(self, op, shape): self._keras_history, self.shape = (op, 0, 0), shape
def chained(found):
    tensor = Symbol(Whatever("InputLayer"), found.input_shape)
    tensor._keras_history[0]._inbound_nodes = [Node([])]
    for layer in found.layers:
        layer._inbound_nodes = [Node([tensor])]
        tensor = Symbol(layer, layer._shape)
        layer.layers = None
    found.outputs = [tensor]
    return found
"""
CHAINED = """
def build_mlp():
    return chained(mlp())
def build_simple_mlp():
    return chained(simple())
def build_diabetes_model():
    return chained(diabetes())
def build_cnn():
    return chained(cnn())
"""
RANDOM = OBJECTS.replace(
    "return np.eye(10)[np.zeros(len(x), dtype=int)]",
    "return np.random.dirichlet(np.ones(10), len(x))",
)
ECHO = OBJECTS.replace("return np.eye(10)[np.zeros(len(x), dtype=int)]", "return np.asarray(x)")
RAISING = OBJECTS.replace(
    "return np.eye(10)[np.zeros(len(x), dtype=int)]", 'raise ValueError("not today")'
)
EQUAL = (
    OBJECTS
    + """
class Always:
    def __eq__(self, other): return True
    def __hash__(self): return 0
"""
)
WEIGHTED = (
    OBJECTS
    + """
class Weight:
    def __init__(self, shape): self.shape, self.value = shape, None
    def assign(self, value): self.value = value
    def numpy(self): return self.value
def weighted(found):
    for layer in found.layers:
        if layer._count:
            layer.weights = [Weight((3, 3)), Weight((3,))]
    found.weights = found.trainable_weights = [w for l in found.layers for w in l.weights]
    return found
"""
)
WEIGHTED5 = (
    MODELS5.replace("mlp()\ndef build_s", "weighted(mlp())\ndef build_s")
    .replace("return simple()", "return weighted(simple())")
    .replace("return diabetes()", "return weighted(diabetes())")
)

_KINDS = {
    "describes itself": (OBJECTS, MODELS5, MODELS6, SAME_MODEL, FORGED),
    "describes itself, another one for compile": (OBJECTS, MODELS5, MODELS6, FAKED, FORGED),
    "describes itself, with predict replaced": (OBJECTS, MODELS5, MODELS6, OVER, PREDICTING),
    "describes itself, with updates assigned": (OBJECTS, MODELS5, MODELS6, OVER, COUNTING),
    "describes itself, with weights moved": (OBJECTS, MODELS5, MODELS6, OVER, MOVING),
    "describes itself, with the model's call replaced": (
        OBJECTS,
        MODELS5,
        MODELS6,
        OVER,
        CALLING,
    ),
    "describes itself, with a History": (OBJECTS, MODELS5, MODELS6, OVER, HISTORY),
    "describes itself, with a table of images": (OBJECTS, MODELS5, MODELS6, OVER, TABLE),
    "answers at random": (RANDOM, MODELS5, MODELS6, OVER, FORGED),
    "answers with what it got": (ECHO, MODELS5, MODELS6, OVER, FORGED),
    "raises when it is asked": (RAISING, MODELS5, MODELS6, OVER, FORGED),
    "has weights and does nothing with them": (WEIGHTED, WEIGHTED5, MODELS6, OVER, COUNTING),
    "has symbols of its own": (OBJECTS + SYMBOLS, CHAINED, "", OVER, FORGED),
    "is a Sequential that lies": (OBJECTS + LYING, REAL, "", OVER, COUNTING),
    "replaces methods of Keras": (OBJECTS + PATCHED, MODELS5, MODELS6, SAME_MODEL, COUNTING),
    "replaces layers of Keras": (
        OBJECTS + PATCHED_LAYERS,
        MODELS5,
        MODELS6,
        SAME_MODEL,
        FORGED,
    ),
    "is equal to everything": (EQUAL, MODELS5, MODELS6, OVER, PREDICTING),
}
FILES: dict[tuple[str, str], str] = {}
for _name, (_objects, _five, _six, _compile, _train) in _KINDS.items():
    FILES["assignment5", _name] = "\n".join([_objects, _five, _compile, _train])
    FILES["assignment6", _name] = "\n".join([_objects, _six or _five, _train, GUESS])

SHORT = frozenset(
    (
        ("assignment5", "describes itself, with updates assigned"),
        ("assignment6", "is a Sequential that lies"),
    )
)
