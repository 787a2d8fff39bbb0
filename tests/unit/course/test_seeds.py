"""The secret seed: made once, for its owner alone."""

from __future__ import annotations

import pytest

from autograder.course.seeds import LARGEST, fingerprint, new_salt, secret_seed
from autograder.errors import CourseError


def test_it_is_made_once(tmp_path):
    """The first call writes it, the others read it, and two files differ."""
    path = tmp_path / "gradebook.seed"
    seed = secret_seed(path)
    assert 0 < seed <= LARGEST
    assert secret_seed(path) == seed
    assert path.stat().st_mode & 0o777 == 0o600
    assert secret_seed(tmp_path / "other.seed") != seed


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "1 2", "9" * 20, "٣"])
def test_a_file_that_holds_none(text, tmp_path):
    """It is never taken for seed 0, which everybody knows."""
    path = tmp_path / "gradebook.seed"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=r"gradebook\.seed"):
        secret_seed(path)


def test_a_folder_that_is_not_there(tmp_path):
    """The message names the file that could not be kept."""
    with pytest.raises(CourseError, match="cannot be kept"):
        secret_seed(tmp_path / "nowhere" / "gradebook.seed")


def test_a_fingerprint_tells_seeds_apart_and_is_salted():
    """The same seed and salt give the same one; another of either does not."""
    salt = new_salt()
    assert fingerprint(7, salt) == fingerprint(7, salt)
    assert fingerprint(8, salt) != fingerprint(7, salt)
    assert (
        fingerprint(7, new_salt()).partition(":")[2] != fingerprint(7, salt).partition(":")[2]
    )
