"""One form: a function of an assignment, written in some way, and whether it is right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """A change of the reference, and what the check of the changed function must make of it.

    name    unique, for messages.
    check   "assignment5/build_mlp".
    source  the functions that replace the reference's.
    right   whether all points are due; otherwise some must be lost.
    says    the diagnoses that would be true; any other one is a false accusation.
    said    words that the message must hold.
    unsaid  words that would be false.
    """

    name: str
    check: str
    source: str
    right: bool = True
    says: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
