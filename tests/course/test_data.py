"""Data sets: found where they are, refused when they are others, explained when missing."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.answers.reference import Reference
from autograder.course import course
from data import make
from data.loaders import CATALOGUE, DataMissing, first_of, load

EMBEDDED = {
    **{n: {"X": (400, 2), "T": (400, 1)} for n in ("moons", "circles", "blobs", "spirals")},
    "digits": {"images": (1797, 8, 8), "labels": (1797,)},
    "iris": {"X": (150, 4), "T": (150, 1)},
    "breast_cancer": {"X": (569, 30), "T": (569, 1)},
}
FETCHED = {
    "intro_to_ann": {"X": (500, 2), "T": (500, 1)},
    "pima": {"X": (768, 8), "T": (768, 1)},
    "mnist": {
        "x_train": (60000, 28, 28),
        "y_train": (60000,),
        "x_test": (10000, 28, 28),
        "y_test": (10000,),
    },
}


def read_as(name: str, shapes: dict[str, tuple[int, ...]]) -> None:
    """The data set has these arrays, and its labels are the classes of the digits at most."""
    found = load(name)
    assert {key: array.shape for key, array in found.items()} == shapes
    labels = next(found[key] for key in ("T", "labels", "y_test") if key in found)
    assert set(np.unique(labels)) <= set(range(10))


def test_the_catalogue_is_complete() -> None:
    """Each data set has a source, a licence, checksums, and is public or private."""
    assert {*EMBEDDED, *FETCHED} == set(CATALOGUE)
    for entry in CATALOGUE.values():
        assert entry["source"]
        assert entry["licence"]
        assert isinstance(entry["public"], bool)
        assert "sklearn" in entry or len(entry["sha256"]) == 64


@pytest.mark.parametrize("name", EMBEDDED)
def test_what_is_embedded_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """These need neither a folder nor a network."""
    monkeypatch.delenv("GRADE_DATA", raising=False)
    monkeypatch.setitem(sys.modules, "pooch", None)
    read_as(name, EMBEDDED[name])


@pytest.mark.parametrize("name", FETCHED)
def test_what_is_elsewhere_is_read(name: str) -> None:
    """These are in the folder that GRADE_DATA names, where there is one."""
    path = Path(os.environ.get("GRADE_DATA", "")) / CATALOGUE[name]["file"]
    if not os.environ.get("GRADE_DATA") or not path.is_file():
        pytest.skip(f"GRADE_DATA names no folder that holds {path.name}")
    read_as(name, FETCHED[name])


def test_the_script_makes_what_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m data.make` writes the arrays, and the copies beside checks, that are here."""
    for folder in ("data", "assignments/assignment5", "assignments/assignment6"):
        (tmp_path / folder).mkdir(parents=True)
    places = [tmp_path / path.relative_to(make.ROOT) for path in make.DIGITS]
    monkeypatch.setattr(make, "DIGITS", places)
    before, root = make.ROOT, tmp_path
    monkeypatch.setattr(make, "ROOT", root)
    for path in make.write():
        committed = before / path.relative_to(root)
        with np.load(path) as new, np.load(committed) as old:
            assert new.files == old.files
            for key in new.files:
                assert new[key].dtype == old[key].dtype
                np.testing.assert_array_equal(new[key], old[key])
        if path.name == "digits.npz":
            expected = CATALOGUE["digits"]["sha256"]
            assert hashlib.sha256(committed.read_bytes()).hexdigest() == expected


def test_the_irises_of_assignment_2_are_these() -> None:
    """The hundred rows that the assignment carries are the data set's."""
    solution = Reference(make.ROOT / "reference" / "assignment2").original
    np.testing.assert_array_equal(solution.load_iris()[0], load("iris")["X"][:100, [0, 2]])


def test_no_assignment_hands_out_a_private_data_set() -> None:
    """What `files` names goes to students."""
    private = {entry["file"] for entry in CATALOGUE.values() if not entry["public"]}
    for assignment in course.load(make.ROOT).assignments.values():
        assert not private & set(assignment.settings.files)


def test_a_private_data_set_is_never_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read from a folder, or not at all."""
    monkeypatch.setenv("GRADE_DATA", str(tmp_path))
    entry = {**CATALOGUE["pima"], "public": False}
    monkeypatch.setitem(CATALOGUE, "pima", entry)
    with pytest.raises(DataMissing, match=r"is private\. Name the folder"):
        load("pima")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_all_ends_of_lines_are_alike(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of the notes has those of an old Macintosh."""
    raw = end.join(["a,b,T", "1,2,0", "3,4.5,1", ""]).encode()
    (tmp_path / "intro_to_ann.csv").write_bytes(raw)
    monkeypatch.setenv("GRADE_DATA", str(tmp_path))
    entry = {**CATALOGUE["intro_to_ann"], "sha256": hashlib.sha256(raw).hexdigest()}
    monkeypatch.setitem(CATALOGUE, "intro_to_ann", entry)
    found = load("intro_to_ann")
    np.testing.assert_array_equal(found["X"], [[1, 2], [3, 4.5]])
    np.testing.assert_array_equal(found["T"], [[0], [1]])


def test_offline_the_embedded_default_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source that cannot be reached is said, with what to do; the default is read."""
    pytest.importorskip("pooch", reason="it fetches")
    monkeypatch.setenv("GRADE_DATA", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    nowhere = {**CATALOGUE["mnist"], "source": "http://127.0.0.1:9/mnist.npz"}
    monkeypatch.setitem(CATALOGUE, "mnist", nowhere)
    with pytest.warns(UserWarning, match=r"Without mnist: .*could not be fetched .*GRADE_DATA"):
        name, found = first_of("mnist", "digits")
    assert name == "digits"
    assert found["images"].shape == (1797, 8, 8)


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
    with pytest.raises(DataMissing, match=r"x_train of mnist is not the expected one"):
        load("mnist")
    (tmp_path / "mnist.npz").write_bytes(b"PK and no more")
    with pytest.raises(DataMissing, match=r"mnist\.npz is damaged"):
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
    with pytest.raises(DataMissing, match=r"there are moons, circles, .*mnist"):
        load("iris2")
