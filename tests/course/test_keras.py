"""Keras in the sandbox: guests that train, and the structure of models as plain data."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.answers.choice import forget, live_key
from autograder.authoring import library, network, training
from autograder.course import course
from autograder.errors import StudentRaised, WrongAnswer
from autograder.judging.networks import compare_networks, compare_trainings
from autograder.judging.outcome import Block
from autograder.model import Cell, Limits, Submission
from autograder.networks.nouns import Layer, Network, Training
from autograder.sandbox.host.sandbox import Guest, Sandbox
from autograder.solution.contact import Contact
from autograder.solution.solution import Solution
from tests.missing import needs

ROOT = Path(__file__).parents[2]
TRAININGS = 20 if os.environ.get("GRADE_SOAK") else 3

needs("keras", "the guests need Keras")

SOURCE = """
import os
import keras
import numpy as np
import tensorflow as tf
from keras import layers

def sequential():
    return keras.Sequential([
        keras.Input((28, 28)),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])

def without_input():
    model = keras.Sequential()
    model.add(layers.Flatten())
    model.add(layers.Dense(64, activation=keras.activations.relu))
    model.add(layers.Dense(10, activation="softmax"))
    return model

def apart():
    return keras.Sequential([
        layers.Reshape((784,), input_shape=(28, 28)),
        layers.Dense(64), layers.ReLU(),
        layers.Dense(10), layers.Activation("softmax"),
    ])

def functional():
    inputs = tf.keras.Input((28, 28), name="pixels")
    x = tf.keras.layers.Flatten()(inputs)
    x = tf.keras.activations.relu(tf.keras.layers.Dense(64, name="hidden")(x))
    return tf.keras.Model(inputs, tf.keras.layers.Dense(10, activation=tf.nn.softmax)(x))

def nested():
    hidden = keras.Sequential([layers.Dense(64), layers.Activation("relu")])
    return keras.Sequential([
        keras.Input((28, 28)), layers.Flatten(), hidden, layers.Dense(10), layers.Softmax(),
    ])

class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.flat = layers.Flatten()
        self.hidden = layers.Dense(64, activation="relu")
        self.out = layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.out(self.hidden(self.flat(x)))

def subclassed():
    return Own()

class OfTensors(Own):
    def call(self, x):
        return tf.nn.softmax(self.logits(self.hidden(tf.reshape(x, (-1, 784)))))

def of_tensors():
    model = OfTensors()
    model.logits = layers.Dense(10)
    return model

class Twice(Own):
    def call(self, x):
        return tf.nn.softmax(super().call(x))

def softened_twice():
    return Twice()

def tensor():
    return tf.constant([1.0, 2.0])

class Fake:
    def __init__(self, name="", **config):
        self.__class__ = type(name, (Fake,), {}) if name else type(self)
        self.config, self.weights, self.built = config, [], True
    def get_config(self):
        return self.config
    def count_params(self):
        return self.config.get("count", 0)
    def compute_output_shape(self, shape):
        return self.config["shape"]
    def __call__(self, x, training=False):
        return np.full((len(x), 10), 0.1)

def fake():
    model = Fake("Sequential")
    model.input_shape = (None, 28, 28)
    model.layers = [
        Fake("Flatten", shape=(None, 784)),
        Fake("Dense", shape=(None, 64), count=50240, activation="relu"),
        Fake("Dense", shape=(None, 10), count=650, activation="softmax"),
    ]
    return model

def linear():
    return keras.Sequential([keras.Input((4,)), layers.Dense(3)])

def broken():
    return keras.Sequential([layers.Dense(3), layers.Reshape((5,))])

def by_name(model):
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])

def by_object(model):
    model.compile(
        loss=keras.losses.CategoricalCrossentropy(),
        optimizer=keras.optimizers.Adam(0.01),
        metrics=["mse", keras.metrics.CategoricalAccuracy()],
    )

def by_function(model):
    loss = keras.losses.categorical_crossentropy
    model.compile(loss=loss, optimizer="Adam", metrics=["acc"])

def of_logits(model):
    model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True), optimizer="sgd")

def in_large_steps(model):
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.1))

def of_its_own(model):
    model.compile(loss=lambda wanted, found: 0.0 * found, optimizer="adam")

def train(epochs):
    os.write(2, b"noise of a library\\n")
    X = np.random.rand(64, 4)
    model = linear()
    model.compile(loss="mse", optimizer="adam")
    return model.fit(X, X[:, :3], epochs=epochs, batch_size=16, verbose=1).history["loss"][-1]
"""

DENSE = Network(
    (28, 28),
    (
        Layer("Flatten", (784,), 0),
        Layer("Dense", (64,), 50_240, "relu"),
        Layer("Dense", (10,), 650, "softmax"),
    ),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox whose zygote has imported Keras, with an assignment's limits."""
    limits = Limits(seconds=60, load_seconds=40, megabytes=1536)
    with Sandbox(limits=limits, preload=("numpy", "tensorflow", "keras")) as opened:
        yield opened


@pytest.fixture
def guest(sandbox: Sandbox) -> Iterator[Guest]:
    """A fresh guest with the file above."""
    with opened(sandbox) as one:
        yield one


@pytest.fixture(scope="module")
def solution(sandbox: Sandbox) -> Iterator[Solution]:
    """The file above as a probe sees it."""
    with opened(sandbox) as one:
        one.allow(120)
        yield Solution(Contact(one, {}))


def opened(sandbox: Sandbox) -> Guest:
    """A guest with the file above."""
    return sandbox.open(Submission(name="own.py", cells=(Cell(SOURCE),), digest=""))


def rng() -> np.random.Generator:
    """What draws weights and examples."""
    return np.random.default_rng(7)


def told(blocks: Iterator[Block]) -> list[str]:
    """The messages of the blocks that miss something."""
    return [block.message for block in blocks if block.credit < 1]


def test_trainings_are_deterministic(sandbox: Sandbox) -> None:
    """Guests in a row train, none hangs, and all reach one and the same loss."""
    losses = set()
    for _ in range(TRAININGS):
        with opened(sandbox) as one:
            one.seed(7)
            losses.add(one.call("train", [2], {}).value)
    assert len(losses) == 1


def test_another_seed_gives_another_training(guest: Guest) -> None:
    """The seed reaches Keras' own generators."""
    losses = []
    for seed in (1, 2, 1):
        guest.seed(seed)
        losses.append(guest.call("train", [1], {}).value)
    assert losses[0] == losses[2] != losses[1]


def test_noise_stays_in_the_guests_output(guest: Guest, capfd: pytest.CaptureFixture) -> None:
    """Progress bars and a library's own lines reach the capped output, and no terminal."""
    reply = guest.call("train", [2], {})
    assert "noise of a library" in reply.output
    assert "Epoch 1/2" in reply.output
    assert capfd.readouterr() == ("", "")


def test_noise_reaches_no_terminal(tmp_path: Path) -> None:
    """Progress bars, logging, warnings and lines of C on descriptor 2 are not in the report."""
    reference = ROOT / "reference" / "assignment5"
    file = tmp_path / "noisy.py"
    sources = [reference / "solution.py", reference / "submissions" / "noisy.py"]
    file.write_text("\n\n".join(path.read_text("utf-8") for path in sources), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", "check", "assignment5", str(file),
         "--only", "train"],
        cwd=ROOT, capture_output=True, text=True, timeout=110,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "passed" in done.stdout
    for noise in ("Epoch", "loss", "NOISE", "Warning"):
        assert noise not in done.stdout


def test_a_training_fits_into_the_limits_of_the_assignments() -> None:
    """Both assignments allow what the tests here run with, and preload Keras."""
    found = course.load(ROOT)
    for name in ("assignment5", "assignment6"):
        assert found.assignment(name).limits.megabytes == 1536
        assert found.assignment(name).settings.preload[-1] == "keras"


@pytest.mark.parametrize(
    "name", ["sequential", "without_input", "apart", "functional", "nested", "subclassed"]
)
def test_the_way_of_writing_makes_no_difference(solution: Solution, name: str) -> None:
    """One network in six ways of writing it reads the same."""
    assert network(getattr(solution, name)(), (28, 28), rng()) == DENSE


def test_a_model_for_other_inputs_is_read_too(solution: Solution) -> None:
    """The model's own input shape is told, whatever the probe expects."""
    found = network(solution.linear(), (28, 28), rng())
    assert found == Network((4,), (Layer("Dense", (3,), 15),))


def test_a_model_that_cannot_run_says_so(solution: Solution) -> None:
    """The student's own error comes through, for a model that cannot be built."""
    with pytest.raises(StudentRaised):
        network(solution.broken(), (4,), rng())


def test_what_is_no_model_is_named(solution: Solution) -> None:
    """A layer in place of a model is an answer that is no use, in words."""
    layer = library(solution, "keras").layers.Dense(3)
    with pytest.raises(WrongAnswer, match="an object of type Dense came"):
        network(layer, (4,), rng())
    with pytest.raises(WrongAnswer, match="an object of type Dense came"):
        training(layer, rng())


@pytest.mark.parametrize(
    ("name", "metrics"),
    [
        ("by_name", ("accuracy",)),
        ("by_object", ("accuracy", "mse")),
        ("by_function", ("accuracy",)),
    ],
)
def test_names_and_objects_compile_alike(
    solution: Solution, name: str, metrics: tuple[str, ...]
) -> None:
    """A loss, an optimizer and a metric are the same by name, as an object, as a function."""
    model = solution.sequential()
    getattr(solution, name)(model)
    assert training(model, rng()) == Training("categorical_crossentropy", "adam", metrics)


def test_a_loss_of_logits_is_told(solution: Solution) -> None:
    """from_logits, which no accuracy shows, is part of the loss's name."""
    model = solution.sequential()
    solution.of_logits(model)
    assert training(model, rng()) == Training("categorical_crossentropy, from logits", "sgd")


def test_a_learning_rate_that_is_far_too_large_is_told(solution: Solution) -> None:
    """With 0.1 Adam learns nothing, and no name shows it."""
    model = solution.sequential()
    solution.in_large_steps(model)
    found = training(model, rng())
    assert found.optimizer == "adam with a learning rate of 0.1"
    wanted = Training("categorical_crossentropy", "adam")
    assert told(compare_trainings(wanted, found)) == [
        "The optimizer is adam with a learning rate of 0.1; adam is needed."
    ]


def test_a_model_that_was_not_compiled(solution: Solution) -> None:
    """Nothing was chosen, and this is said once for all."""
    found = training(solution.sequential(), rng())
    assert found == Training()
    wanted = Training("mse", "adam", ("accuracy",))
    assert set(told(compare_trainings(wanted, found))) == {"The model has not been compiled."}


def test_a_loss_of_the_students_own(solution: Solution) -> None:
    """A lambda has no name that could be compared."""
    model = solution.sequential()
    solution.of_its_own(model)
    assert training(model, rng()).loss == "a function of your own"


def test_a_model_that_says_what_it_is_not(solution: Solution) -> None:
    """Layers that lie about themselves earn nothing, however right what they say is."""
    found = network(solution.fake(), (28, 28), rng())
    assert found.doubt
    assert not any(layer.shown for layer in found.layers)
    assert [block.credit for block in compare_networks(DENSE, found)] == [0.0] * 6


def test_a_model_that_computes_the_same_is_right(solution: Solution) -> None:
    """With functions of TensorFlow in `call`, no layer can be read, and all is right."""
    found = network(solution.of_tensors(), (28, 28), rng())
    assert told(compare_networks(DENSE, found)) == []


def test_a_second_softmax_in_call_is_seen(solution: Solution) -> None:
    """The layers are right, and the whole is another function."""
    found = network(solution.softened_twice(), (28, 28), rng())
    assert "not what these layers give" in " ".join(told(compare_networks(DENSE, found)))


def test_a_tensor_that_comes_back_is_an_array(solution: Solution) -> None:
    """Its numbers are numbers, and a remark says so."""
    assert np.array_equal(solution.tensor(), [1.0, 2.0])
    assert solution._contact.remarks == ["tensor returns a tensor, which was read as an array."]


def test_a_probe_makes_objects_where_the_submission_runs(solution: Solution) -> None:
    """`library` gives Keras there, and an object of it can be passed to a function."""
    keras = library(solution, "keras")
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
    solution.by_name(model)
    assert training(model, rng()).loss == "categorical_crossentropy"


def test_the_grader_never_imports_keras() -> None:
    """A check with the reference at hand asks a guest for its answers."""
    program = (
        "import sys; from pathlib import Path; from autograder.course import course;"
        "from autograder.answers.choice import forget, live_key;"
        f"found = course.load(Path({str(ROOT)!r})).assignment('assignment5');"
        "check = next(c for c in found.checks if c.id == 'build_diabetes_model');"
        "print(len(live_key(found, 0).case(check, 0).expected.value.layers));"
        "print(sorted({'keras', 'tensorflow'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=100
    )
    assert done.stdout == "3\n[]\n", done.stderr


def test_the_reference_in_its_guest_tells_its_parts() -> None:
    """A call from one of the reference's functions to another is traced, with plain data."""
    found = course.load(ROOT).assignment("assignment6")
    check = next(c for c in found.checks if c.id == "classify_single_image")
    calls = live_key(found, 0).case(check, 0).calls
    assert {call.name for call in calls} == {"add_channel_axis"}
    assert calls[0].arguments["images"].shape == (1, 28, 28)
    assert calls[0].value.shape == (1, 28, 28, 1)


def test_a_reference_that_is_forgotten_has_no_process() -> None:
    """`forget` ends what was opened for the answers, which is asked for again later."""
    key = live_key(course.load(ROOT).assignment("assignment6"), 0)
    assert "conv2d" in key.signatures
    kept = weakref.ref(key.reference)
    del key
    forget()
    assert kept() is None  # its finalizer closes its sandbox


def changed(index: int, **fields: Any) -> Network:
    """The dense network with one layer changed."""
    layers = list(DENSE.layers)
    kept = {name: getattr(layers[index], name) for name in Layer.__dataclass_fields__}
    layers[index] = Layer(**{**kept, **fields})
    return Network(DENSE.inputs, tuple(layers))


def without(index: int) -> Network:
    """The dense network without one layer."""
    return Network(DENSE.inputs, DENSE.layers[:index] + DENSE.layers[index + 1 :])


@pytest.mark.parametrize(
    ("found", "messages"),
    [
        (lambda: DENSE, []),
        (
            lambda: changed(1, shape=(28,), parameters=21_980),
            ["Layer 2 (Dense) has 28 units; 64 are needed."],
        ),
        (
            lambda: changed(1, activation="linear"),
            ["Layer 2 (Dense) has no activation; relu is needed."],
        ),
        (lambda: without(0), ["A layer is missing: Flatten as layer 1."]),
        (
            lambda: changed(1, parameters=50_176),
            [
                "Layer 2 (Dense) has 50,176 parameters; 50,240 are needed. "
                "Does it have its biases?"
            ],
        ),
        (
            lambda: Network(DENSE.inputs, (*DENSE.layers, Layer("Dropout", (10,), 0))),
            ["One layer is not asked for: layer 4 (Dropout)."],
        ),
        (
            lambda: Network((784,), DENSE.layers),
            ["The model takes examples of the shape (784,); (28, 28) is needed."],
        ),
    ],
)
def test_a_difference_names_its_layer(
    found: Callable[[], Network], messages: list[str]
) -> None:
    """Each difference is one message, and costs nothing but itself."""
    assert told(compare_networks(DENSE, found())) == messages


def test_an_empty_model_earns_nothing() -> None:
    """Right inputs and no superfluous layer are worth nothing by themselves."""
    blocks = list(compare_networks(DENSE, Network((28, 28), ())))
    assert [block.credit for block in blocks] == [0.0] * len(blocks)
