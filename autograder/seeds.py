"""The secret seed: what draws the inputs that students are graded on."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from autograder.errors import CourseError

SEED_FILE = "gradebook.seed"  # beside the gradebook
LARGEST = 2**53 - 1  # what every reader of JSON takes as it is


def secret_seed(path: Path) -> int:
    """The seed in the file `path`, which is made, for its owner's eyes only, if missing.

    Raises CourseError when the file does not hold one whole number from 0 on.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise CourseError(
            f"The secret seed cannot be kept in {path}: {error.strerror}."
        ) from None
    seed = 1 + secrets.randbelow(LARGEST)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{seed}\n")
    return seed


def _read(path: Path) -> int:
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"The secret seed in {path} cannot be read: {error}.") from None
    if not text.isdecimal() or not 0 <= int(text) <= LARGEST:
        raise CourseError(
            f"{path} does not hold a secret seed: one whole number up to {LARGEST}.",
            hint="Remove it, and a new one is drawn; grades by the old one then differ.",
        )
    return int(text)
