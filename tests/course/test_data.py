"""Data sets: found where they are, refused when they are others, explained when missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from data.loaders import CATALOGUE, DataMissing, load

SHAPES = {
    "intro_to_ann": {"X": (500, 2), "T": (500, 1)},
    "pima": {"X": (768, 8), "T": (768, 1)},
    "mnist": {"x_train": (60000, 28, 28), "x_test": (10000, 28, 28), "y_test": (10000,)},
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_data_set_is_read(name: str) -> None:
    """Shapes as the catalogue's users expect, and numbers that are labels."""
    path = Path(os.environ.get("GRADE_DATA", "")) / CATALOGUE[name]["file"]
    if not os.environ.get("GRADE_DATA") or not path.is_file():
        pytest.skip(f"GRADE_DATA names no folder that holds {path.name}")
    found = load(name)
    for key, shape in SHAPES[name].items():
        assert found[key].shape == shape
    labels = found.get("T", found.get("y_test"))
    assert labels is not None
    assert set(np.unique(labels)) <= set(range(10))


def test_another_file_of_that_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong file is named and left where it is."""
    monkeypatch.setenv("GRADE_DATA", str(tmp_path))
    path = tmp_path / "intro_to_ann.csv"
    path.write_text("Feature1,Feature2,Target\n1,2,0\n")
    with pytest.raises(DataMissing, match="its checksum differs"):
        load("intro_to_ann")
    assert path.exists()
    np.savez(tmp_path / "mnist.npz", x_train=np.zeros(3))
    with pytest.raises(DataMissing, match=r"x_train of mnist\.npz is not the expected one"):
        load("mnist")


def test_a_missing_file_says_where_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the file and without pooch, the source and the variable are named."""
    monkeypatch.setenv("GRADE_DATA", str(tmp_path))
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(DataMissing, match=r"GRADE_DATA.*It comes from https://"):
        load("pima")


def test_an_unknown_name_lists_the_known() -> None:
    """A misspelt name is answered with what there is."""
    with pytest.raises(DataMissing, match="there are intro_to_ann, pima, mnist"):
        load("iris2")
