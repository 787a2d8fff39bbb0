"""Litter, which programs leave in a source: work in it is listed, and the rest is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from autograder.submissions.sources.choice import is_code
from autograder.submissions.sources.claims import Claim, Placed, Search, stray
from autograder.submissions.sources.gradescope import METADATA
from autograder.submissions.sources.junk import first_junk, is_environment_s, is_litter
from autograder.submissions.sources.members import SourceMember, shown

_FULL_OF_CODE = {".git", ".venv", "node_modules", "site-packages"}
_CHECKPOINTS, _CHECKPOINT = ".ipynb_checkpoints", "-checkpoint"
_ENVIRONMENT = "a virtual environment of Python"


def without_junk(found: Sequence[Claim]) -> list[Claim]:
    """The claims without what programs wrote; who has nothing else keeps one, to be listed."""
    kept: list[Claim] = []
    junk: dict[str, Claim] = {}
    environments = {
        (claim.person, claim.name.rpartition("/")[0])
        for claim in found
        if is_environment_s(claim.member.name)
    }
    for claim in found:
        part = "" if claim.refusal else first_junk(claim.name.split("/"))
        if not part and environments and _is_of_environment(claim, environments):
            part = _ENVIRONMENT
        if part:
            junk.setdefault(
                claim.person,
                msgspec.structs.replace(
                    claim, refusal=f"there is nothing but {part}, which is not read"
                ),
            )
        else:
            kept.append(claim)
    if junk:
        people = {claim.person for claim in kept}
        kept += [claim for person, claim in junk.items() if person not in people]
    return kept


def work_in(aside: Collection[Placed], paths: Collection[str], search: Search) -> list[Claim]:
    """Possible work of somebody in folders of programs at the top, where nobody hands in.

    aside  what lies in such folders. Where these are full of code by nature, only what lies
           directly in them or is called like what was asked for.
    paths  of all files of the source: a checkpoint of one of these is no work of its own.
    """
    return [
        stray("/".join(parts), member, f"only programs write into {shown(parts[0])}")
        for parts, member in aside
        if len(parts) > 1
        and is_code(parts[-1])
        and not is_litter(parts[-1])
        and (
            len(parts) == 2
            or parts[0].lower() not in _FULL_OF_CODE
            or search.module.lower() in parts[-1].lower()
        )
        and _original(member.path) not in paths
    ]


def left_out(
    members: Collection[SourceMember], claims: Collection[Claim], search: Search
) -> tuple[tuple[str, int], ...]:
    """The numbers of nobody's files, by the folder or file that says why; most first."""
    claimed = {claim.member.key for claim in claims}
    ours = set(search.assignments)
    counts: Counter[str] = Counter()
    for member in members:
        if member.key not in claimed and not _is_read(member):
            counts[_why(member.parts, ours)] += member.files
    return tuple((shown(label), number) for label, number in counts.most_common() if number)


def _is_read(member: SourceMember) -> bool:
    """True if it is Gradescope's list of people, which is nobody's and no rubbish."""
    return member.name == METADATA and not first_junk(member.parts)


def _is_of_environment(claim: Claim, environments: Collection[tuple[str, str]]) -> bool:
    """True if it is an environment's list, or lies in a folder beside one."""
    if is_environment_s(claim.member.name):
        return True
    above = claim.name.rpartition("/")[0]
    while above:
        above = above.rpartition("/")[0]
        if (claim.person, above) in environments:
            return True
    return False


def _original(path: str) -> str:
    """The notebook that Jupyter made this checkpoint of; the path itself where it is none."""
    folder, _, name = path.rpartition("/")
    above, _, own = folder.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if own != _CHECKPOINTS or not stem.endswith(_CHECKPOINT):
        return ""
    return f"{above}/{stem.removesuffix(_CHECKPOINT)}{dot}{ending}".lstrip("/")


def _why(parts: tuple[str, ...], assignments: Collection[str]) -> str:
    junk = first_junk(parts)
    if junk:
        return "._*" if junk.startswith("._") else junk
    return next((part for part in parts if part in assignments), parts[0])
