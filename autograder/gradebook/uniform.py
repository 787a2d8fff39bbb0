"""A test that an assignment's grades can stand side by side: all of them are on one basis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from autograder.errors import GradeError
from autograder.gradebook.entries import Basis


class Share(msgspec.Struct, frozen=True):
    """The number of gradings that count with this basis; `last` is the newest one's id."""

    basis: Basis
    count: int
    last: int


class Mixture(msgspec.Struct, frozen=True):
    """The gradings of one assignment, as to their bases.

    basis     what they should all have: the present one, or else that of the newest.
    total     how many gradings count.
    others    how many of them have another basis.
    sources   where these are from: "other checks", "another seed", "another version …".
    present   whether `basis` is what `grade batch` would grade with now.
    """

    basis: Basis
    total: int
    others: int
    sources: tuple[str, ...]
    present: bool

    @property
    def said(self) -> str:
        """Empty where all have one basis."""
        if not self.others:
            return ""
        are = "is" if self.others == 1 else "are"
        return (
            f"{self.basis.assignment}: {self.others} of {self.total} gradings {are} from "
            f"{' and '.join(self.sources)} than {'now' if self.present else 'the rest'}"
        )


def mixtures(shares: Iterable[Share], present: Iterable[Basis]) -> list[Mixture]:
    """For each assignment of `shares`; `present` has what grades now, with any seed."""
    now = {basis.assignment: (basis.key, basis.framework) for basis in present}
    by_name: dict[str, list[Share]] = {}
    for share in shares:
        by_name.setdefault(share.basis.assignment, []).append(share)
    return [_mixture(found, now.get(name)) for name, found in sorted(by_name.items())]


def refuse_mixed(found: Iterable[Mixture]) -> None:
    """Raise GradeError where gradings of one assignment have different bases."""
    mixed = [one for one in found if one.others]
    if not mixed:
        return
    again = " and ".join(f"grade regrade {one.basis.assignment}" for one in mixed)
    raise GradeError(
        "; ".join(one.said for one in mixed) + ". Their points cannot stand side by side.",
        hint=f"Grade all of them alike, and see first what changes: {again}\n"
        "Or leave those out, by name: --leave-out",
        slug="mixed",
    )


def _mixture(shares: Sequence[Share], now: tuple[str, str] | None) -> Mixture:
    newest = max(
        shares, key=lambda share: ((share.basis.key, share.basis.framework) == now, share.last)
    ).basis
    others = [share for share in shares if share.basis != newest]
    return Mixture(
        newest,
        sum(share.count for share in shares),
        sum(share.count for share in others),
        tuple(dict.fromkeys(_source(share.basis, newest) for share in others)),
        (newest.key, newest.framework) == now,
    )


def _source(other: Basis, newest: Basis) -> str:
    if other.key != newest.key:
        return "other checks"
    if other.framework != newest.framework:
        return f"another version of the autograder ({other.framework})"
    return "another seed"
