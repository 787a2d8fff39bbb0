"""What a submission writes elsewhere goes into its scratch folder, and ends no function."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.sandbox.host.sandbox import Guest

Opened = Callable[..., Guest]

SOURCE = """
import json, logging, os, pickle
from pathlib import Path

import numpy as np

FOLDER = "/content/drive/My Drive/models"

def written_and_read(x):
    os.makedirs(FOLDER, exist_ok=True)
    with open(FOLDER + "/a.txt", "w") as file:
        file.write("kept")
    with open(FOLDER + "/a.txt") as file:
        return file.read()

def without_a_folder(x):
    with open("/home/me/never/made/w.json", "w") as file:
        json.dump(x, file)
    return x

def saved_by_numpy(x):
    np.save("/data/w.npy", x)
    np.savetxt("/data/w.csv", x)
    np.savez("/data/w.npz", x=x)
    return np.load("/data/w.npy") + np.loadtxt("/data/w.csv") + np.load("/data/w.npz")["x"]

def pickled(x):
    pickle.dump(x, open("/data/w.pickle", "wb"))
    return pickle.load(open("/data/w.pickle", "rb"))

def by_path(x):
    Path("/data/notes").mkdir(parents=True, exist_ok=True)
    Path("/data/notes/a.txt").write_text("kept")
    return Path("/data/notes/a.txt").read_text()

def logged(x):
    logger = logging.getLogger("mine")
    logger.addHandler(logging.FileHandler("/var/log/course/mine.log"))
    logger.warning("fine")
    return x

def made_once(x):
    if not os.path.exists("/results"):
        os.makedirs("/results")
    return os.path.isdir("/results")

def removed(x):
    open("/data/b.txt", "w").close()
    if os.path.exists("/data/b.txt"):
        os.remove("/data/b.txt")
    return os.path.exists("/data/b.txt")

def beside(x):
    with open("log.txt", "a") as file:
        print(x, file=file)
    return os.path.isfile("log.txt")

def not_there(x):
    return open("/no/such/file").read()
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("written_and_read", "kept"),
        ("without_a_folder", [1, 2]),
        ("pickled", [1, 2]),
        ("by_path", "kept"),
        ("logged", [1, 2]),
        ("removed", False),
        ("beside", True),
    ],
)
def test_writing_elsewhere_ends_nothing(opened: Opened, name: str, value: object) -> None:
    """A folder of another machine takes files, and gives them back within the submission."""
    assert opened(SOURCE).call(name, [[1, 2]], {}).value == value


def test_numpy_writes_too(opened: Opened) -> None:
    """Arrays are saved and loaded again."""
    assert opened(SOURCE).call("saved_by_numpy", [[1.0, 2.0]], {}).value.tolist() == [3, 6]


def test_a_folder_that_was_made_is_there(opened: Opened) -> None:
    """Called twice, `if not exists: makedirs` makes it once."""
    guest = opened(SOURCE)
    assert [guest.call("made_once", [0], {}).value for _ in range(2)] == [True, True]


def test_a_file_that_is_not_there_is_still_missing(opened: Opened) -> None:
    """Reading makes nothing up."""
    with pytest.raises(Exception, match="No such file"):
        opened(SOURCE).call("not_there", [0], {})
