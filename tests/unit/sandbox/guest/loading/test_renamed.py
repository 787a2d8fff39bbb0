"""Imports of older versions of Keras are read as what they mean today."""

from __future__ import annotations

import ast

import pytest

from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.renamed import renamed
from tests.unit.sandbox.guest.loading.support import script


def now(source: str) -> tuple[str, list[str]]:
    """The source with its imports renamed, and the messages of what was noted."""
    cell, problems = CellLines("", source), []
    statements = [(cell, node) for node in ast.parse(source).body]
    found = [node for _, node in renamed(statements, Notes(problems))]
    compile(ast.Module(found, []), "", "exec")  # it has all that running it needs
    return "\n".join(map(ast.unparse, found)), [p["message"] for p in problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from keras.layers.core import Dense, Dropout as D",
         "from keras.layers import Dense, Dropout as D"),
        ("from keras.layers.normalization import BatchNormalization",
         "from keras.layers import BatchNormalization"),
        ("from keras.utils import np_utils", "from keras import utils as np_utils"),
        ("from keras.utils import np_utils, plot_model",
         "from keras import utils as np_utils\nfrom keras.utils import plot_model"),
        ("from keras.utils.np_utils import to_categorical",
         "from keras.utils import to_categorical"),
        ("from keras.optimizers import adam, SGD",
         "from keras.optimizers import Adam as adam, SGD"),
        ("from tensorflow.keras.optimizers import sgd as s",
         "from tensorflow.keras.optimizers import SGD as s"),
        ("from tensorflow.python.keras.models import Sequential",
         "from keras.models import Sequential"),
        ("from tensorflow.python.keras.layers.core import Dense",
         "from keras.layers import Dense"),
        ("from tensorflow.python import keras", "from tensorflow.python import keras"),
        ("from keras.engine.topology import Input", "from keras import Input"),
        ("import keras.layers.core as core", "import keras.layers as core"),
        ("import tensorflow.python.keras as K", "import keras as K"),
        ("def f():\n    from keras.utils import np_utils\n    return np_utils",
         "def f():\n    from keras import utils as np_utils\n    return np_utils"),
    ],
)  # fmt: skip
def test_an_old_import_is_read_as_the_new_one(old: str, new: str) -> None:
    """Each name comes from where it is now, under the name that the file uses."""
    assert now(old)[0] == new


@pytest.mark.parametrize(
    "source",
    ["from keras.layers import Dense", "import tensorflow.keras as tk", "import keras",
     "from keras_tuner.layers.core import Dense", "from .keras.utils import np_utils",
     "from keras.layers import *"],
)  # fmt: skip
def test_other_imports_stay_as_they_are(source: str) -> None:
    """What is right, or is no Keras, is neither changed nor noted."""
    assert now(source) == (source, [])


def test_each_old_name_is_noted_once() -> None:
    """The note says what to write instead."""
    source = "from keras.layers.core import Dense\n" * 2 + "from keras.optimizers import adam\n"
    assert now(source)[1] == [
        "keras.layers.core is gone from Keras; write keras.layers",
        "keras.optimizers.adam is gone from Keras; write keras.optimizers.Adam",
    ]


def test_a_name_that_is_nowhere_shows_no_path_of_this_machine() -> None:
    """Python ends its message with the module's file, which is none of the student's."""
    loading = script("from msgspec import no_such_name\n")
    assert loading.the("raised")["message"] == "There is no no_such_name in msgspec."
