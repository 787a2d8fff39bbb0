"""Read the course's data sets, from a folder of yours or fetched once. See README.md."""

from __future__ import annotations

import hashlib
import io
import os
import tomllib
from pathlib import Path

import numpy as np

CATALOGUE = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))


class DataMissing(Exception):
    """A data set is not here, or is not what it should be; the text says what to do."""


def load(name: str) -> dict[str, np.ndarray]:
    """The arrays of a data set, by name.

    intro_to_ann   X (500, 2), T (500, 1) of zeros and ones.
    pima           X (768, 8), T (768, 1) of zeros and ones.
    mnist          x_train (60000, 28, 28), y_train (60000,), x_test, y_test; uint8.

    Raises DataMissing.
    """
    if name not in CATALOGUE:
        raise DataMissing(f"There is no data set {name!r}; there are {', '.join(CATALOGUE)}.")
    raw = _verified(name, _path_of(name))
    if name == "mnist":
        return _arrays(name, raw)
    # The lines of one file end as on an old Macintosh; splitlines takes all ends alike.
    lines = raw.decode("ascii").splitlines()
    rows = lines[1:] if not lines[0][0].isdigit() else lines
    table = np.array([line.split(",") for line in rows if line], dtype=float)
    return {"X": table[:, :-1], "T": table[:, -1:]}


def _path_of(name: str) -> Path:
    entry = CATALOGUE[name]
    folder = os.environ.get("GRADE_DATA", "")
    if folder and (Path(folder) / entry["file"]).is_file():
        return Path(folder) / entry["file"]
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


def _verified(name: str, path: Path) -> bytes:
    """The file's bytes, if they are the expected ones, or an archive of expected arrays."""
    raw = path.read_bytes()
    entry = CATALOGUE[name]
    if hashlib.sha256(raw).hexdigest() != entry["sha256"] and "arrays" not in entry:
        raise DataMissing(f"{path} is not the expected file: its checksum differs.")
    return raw


def _arrays(name: str, raw: bytes) -> dict[str, np.ndarray]:
    """The arrays of an archive, each verified: archives of one content differ in bytes."""
    expected = CATALOGUE[name]["arrays"]
    with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
        found = {key: archive[key] for key in expected if key in archive}
    for key, digest in expected.items():
        if key not in found or hashlib.sha256(found[key].tobytes()).hexdigest() != digest:
            raise DataMissing(
                f"The {key} of {CATALOGUE[name]['file']} is not the expected one."
            )
    return found
