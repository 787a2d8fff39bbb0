"""The secret seed: what draws the inputs that students are graded on."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
from pathlib import Path

from autograder.errors import CourseError

SEED_FILE = "gradebook.seed"  # beside the gradebook
LARGEST = 2**53 - 1  # what every reader of JSON takes as it is


_COST = 2**13  # of scrypt: 8 MB and some 20 ms, for each of 2**53 numbers that may be tried


def secret_seed(path: Path) -> int:
    """The seed in the file `path`, which is made, for its owner's eyes only, if missing.

    Raises CourseError when the file does not hold one whole number from 0 on.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_seed(path)
    except OSError as error:
        raise CourseError(
            f"The secret seed cannot be kept in {path}: {error.strerror}."
        ) from None
    seed = 1 + secrets.randbelow(LARGEST)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{seed}\n")
    return seed


def read_seed(path: Path) -> int:
    """The seed in the file `path`. Raises CourseError where it holds none."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"The secret seed in {path} cannot be read: {error}.") from None
    if not text.isdecimal() or not 0 <= int(text) <= LARGEST:
        raise CourseError(
            f"{path} does not hold a secret seed: one whole number up to {LARGEST}.",
            hint="Bring back a copy of the file. To draw a new seed, remove it and say "
            "--new-seed; the grades by the old seed then differ.",
        )
    return int(text)


def new_salt() -> str:
    """A salt for `fingerprint`."""
    return secrets.token_hex(16)


@functools.lru_cache(maxsize=4)
def fingerprint(seed: int, salt: str) -> str:
    """A fingerprint that tells one seed from another, and does not tell the seed: "SALT:HASH".

    It is slow, so that nobody finds the seed by trying all numbers.
    """
    made = hashlib.scrypt(
        str(seed).encode(), salt=bytes.fromhex(salt), n=_COST, r=8, p=1, dklen=32
    )
    return f"{salt}:{made.hex()}"
