"""Read the course's data sets: from this folder, scikit-learn, a folder of yours, or the net.

Whatever is read is verified. See README.md.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import tomllib
import warnings
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
CATALOGUE = tomllib.loads((HERE / "catalogue.toml").read_text("utf-8"))

Arrays = dict[str, np.ndarray]


class DataMissing(Exception):
    """A data set is not here, or is not what it should be; the text says what to do."""


def load(name: str) -> Arrays:
    """The arrays of a data set, by name.

    moons, circles, blobs, spirals   X (400, 2), T (400, 1): classes from 0 on.
    digits           images (1797, 8, 8) from 0 to 16, labels (1797,); uint8.
    iris             X (150, 4), T (150, 1) of 0 to 2.
    breast_cancer    X (569, 30), T (569, 1) of zeros and ones.
    intro_to_ann     X (500, 2), T (500, 1) of zeros and ones.
    pima             X (768, 8), T (768, 1) of zeros and ones.
    mnist            x_train (60000, 28, 28), y_train (60000,), x_test, y_test; uint8.

    Raises DataMissing.
    """
    if name not in CATALOGUE:
        raise DataMissing(f"There is no data set {name!r}; there are {', '.join(CATALOGUE)}.")
    entry = CATALOGUE[name]
    if "sklearn" in entry:
        return _verified(name, _of_sklearn(name, entry["sklearn"]))
    path = _path_of(name)
    raw = path.read_bytes()
    if "arrays" in entry:  # archives of one content differ in bytes
        try:
            with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
                return _verified(name, dict(archive))
        except (OSError, ValueError, zipfile.BadZipFile):
            raise DataMissing(f"{path} is damaged, or is no archive of arrays.") from None
    if hashlib.sha256(raw).hexdigest() != entry["sha256"]:
        raise DataMissing(f"{path} is not the expected file: its checksum differs.")
    # The lines of one file end as on an old Macintosh; splitlines takes all ends alike.
    lines = raw.decode("ascii").splitlines()
    rows = lines[1:] if not lines[0][0].isdigit() else lines
    table = np.array([line.split(",") for line in rows if line], dtype=float)
    return {"X": table[:, :-1], "T": table[:, -1:]}


def first_of(*names: str) -> tuple[str, Arrays]:
    """The first of these data sets that can be had: its name and its arrays.

    A warning says why an earlier one could not. Name an embedded one last, as in
    ``first_of("mnist", "digits")``. Raises DataMissing when there is none.
    """
    for name in names[:-1]:
        try:
            return name, load(name)
        except DataMissing as error:
            warnings.warn(f"Without {name}: {error}", stacklevel=2)
    return names[-1], load(names[-1])


def _of_sklearn(name: str, function: str) -> Arrays:
    try:
        datasets = importlib.import_module("sklearn.datasets")
    except ModuleNotFoundError:
        raise DataMissing(
            f"{name} is part of scikit-learn, which is not installed here: "
            "pip install scikit-learn."
        ) from None
    X, labels = getattr(datasets, function)(return_X_y=True)
    return {"X": X, "T": labels.reshape(-1, 1).astype(float)}


def _path_of(name: str) -> Path:
    entry = CATALOGUE[name]
    if (HERE / entry["file"]).is_file():
        return HERE / entry["file"]
    folder = os.environ.get("GRADE_DATA", "")
    if folder and (Path(folder) / entry["file"]).is_file():
        return Path(folder) / entry["file"]
    if not entry["public"]:
        raise DataMissing(
            f"{entry['file']} is private. Name the folder that holds it in GRADE_DATA."
        )
    try:
        import pooch
    except ModuleNotFoundError:
        raise DataMissing(
            f"{entry['file']} is not here. Put it into a folder and name that in GRADE_DATA, "
            "or let it be fetched: pip install pooch. "
            f"It comes from {entry['source']}"
        ) from None
    try:
        return Path(
            pooch.retrieve(
                entry["source"],
                known_hash=f"sha256:{entry['sha256']}",
                fname=entry["file"],
                path=pooch.os_cache("deep-learning-autograder"),
            )
        )
    except (OSError, ValueError) as error:
        raise DataMissing(
            f"{entry['file']} could not be fetched ({type(error).__name__}). Download "
            f"{entry['source']} yourself, and name its folder in GRADE_DATA."
        ) from error


def _verified(name: str, found: Arrays) -> Arrays:
    for key, digest in CATALOGUE[name]["arrays"].items():
        array = found.get(key, np.empty(0))
        if hashlib.sha256(array.tobytes()).hexdigest() != digest:
            raise DataMissing(f"The {key} of {name} is not the expected one.")
    return found
