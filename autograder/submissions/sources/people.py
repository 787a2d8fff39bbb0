"""A folder for each student, a file for each student, or some of both."""

from __future__ import annotations

import re

from autograder.submissions.sources.archives import SUFFIXES
from autograder.submissions.sources.choice import is_code
from autograder.submissions.sources.claims import Claim, Placed, Search


def plain(placed: list[Placed], search: Search) -> list[Claim]:
    """Whoever runs the course has given the names at the top: each is a student's."""
    found = []
    word = _common_word([parts[0] for parts, _ in placed if len(parts) == 1], search)
    for parts, member in placed:
        if len(parts) > 1:
            person, student, name = f"{parts[0]}/", parts[0], "/".join(parts[1:])
        elif parts[0].startswith(".") and "." not in parts[0][1:]:
            continue  # such as .gitignore
        else:
            own = stem(parts[0])
            person, student, name = own, _owner(own, word, search), parts[0].lstrip(".")
        found.append(Claim(member=member, person=person, student=student, name=name))
    return found


def holds_work(placed: list[Placed], search: Search) -> bool:
    """True if a folder is a student's: it holds the file that was asked for, or one file."""
    files = [parts[0] for parts, _ in placed if len(parts) == 1 and is_code(parts[0])]
    names = {name.rpartition(".")[0].lower() for name in files}
    return len(files) == 1 or search.module.lower() in names


def stem(file: str) -> str:
    """The name of a file without the ending that programs give it."""
    for suffix in sorted((*SUFFIXES, ".ipynb.txt", ".ipynb.json", ".py.txt"), key=len)[::-1]:
        if file.lower().endswith(suffix):
            return file[: -len(suffix)] or file
    return file.rpartition(".")[0] or file


def _common_word(files: list[str], search: Search) -> str:
    """The assignment's name, where most files bear it beside their student's; "" otherwise."""
    for word in (search.module, search.assignment):
        if 2 * sum(_without(word, stem(file)) != stem(file) for file in files) > len(files):
            return word
    return ""


def _owner(own: str, word: str, search: Search) -> str:
    """The student of a file that bears their name: "doe_jane" of "small_doe_jane"."""
    return own if search.is_somebody(own) else _without(word, own)


def _without(word: str, own: str) -> str:
    around = re.escape(word)
    if not word:
        return own
    rest = re.sub(rf"^{around}[ _.-]+|[ _.-]+{around}$", "", own, flags=re.IGNORECASE)
    return rest or own
