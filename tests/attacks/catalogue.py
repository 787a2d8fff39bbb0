"""What `entries/*.toml` says of each attack and each look-alike."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import msgspec

from autograder.model import Status
from tests.attacks import generators
from tests.attacks.vault import SOLUTION

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
WHOLE = os.environ.get("GRADE_ATTACKS") == "all"  # each entry at each tier, as `make attacks`
SENDER = (FOLDER / "sender.txt").read_text("utf-8")
Verdicts = dict[str, Status | tuple[Status, ...]]


class Attack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry: what it tries, and what must become of it.

    wrong      the checks that it does not pass, and with which status; all others it passes.
    points     the score that it must get.
    refused    a part of what is said where the file cannot even be read; there is no score.
    on         the assignment: the small course's, or one of this repository's.
    under      the confinements that promise to stop it: tier D has none of the kernel's layers,
               bubblewrap lets a submission start processes and talk to the kernel.
    limit      the seconds that each check has, where waiting is the attack.
    seconds    the most that its grading may take of our processor altogether.
    alone      the file is the whole submission, and not a change of a right one.
    file       the submission's file name, where that is the attack.
    text       what it is, where a few lines tell it better than a file of its own.
    sends      or what its process sends in place of what `double` returns (sender.txt).
    """

    tries: str
    wrong: Verdicts = msgspec.field(default_factory=dict)
    points: float | None = None
    refused: str = ""
    on: str = "small"
    under: tuple[str, ...] = ("A", "C", "D", "bwrap")
    limit: float | None = None
    seconds: float = 30.0
    alone: bool = False
    file: str = ""
    text: str = ""
    sends: str = ""


def load() -> dict[str, Attack]:
    """Every entry by its name, "family/name"."""
    found = {}
    for path in sorted((FOLDER / "entries").glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[f"{path.stem}/{name}"] = msgspec.convert(entry, Attack)
    return found


def write(name: str, attack: Attack, facts: dict[str, str], folder: Path) -> Path:
    """The attack as a file that somebody hands in."""
    source = _source(name)
    inline = attack.text or (SENDER.replace("SENDS", attack.sends) if attack.sends else "")
    if source is None and not inline:
        file, data = getattr(generators, name.partition("/")[2])()
    else:
        text = inline if source is None else source.read_text("utf-8")
        text = re.sub(r"@([A-Z0-9]+)@", lambda m: facts[m[1]], text)
        whole = attack.alone or (source is not None and source.suffix != ".py")
        file = "small.py" if source is None else source.name
        data = (text if whole else f"{_right(attack)}\n\n{text}").encode()
    path = folder / (attack.file or file)
    path.write_bytes(data)
    return path


def orphans() -> list[str]:
    """Files and generators that no entry speaks of."""
    names = load()
    files = {f"{path.parent.name}/{path.stem}" for path in (FOLDER / "files").glob("*/*.*")}
    made = {
        name for name in generators.__all__ if not any(n.endswith(f"/{name}") for n in names)
    }
    return sorted((files - set(names)) | made)


def _right(attack: Attack) -> str:
    """A right submission to the assignment that is attacked."""
    if attack.on == "small":
        return SOLUTION
    return (ROOT / "reference" / attack.on / "solution.py").read_text(encoding="utf-8")


def _source(name: str) -> Path | None:
    for suffix in (".py", ".ipynb"):
        path = FOLDER / "files" / f"{name}{suffix}"
        if path.is_file():
            return path
    return None
