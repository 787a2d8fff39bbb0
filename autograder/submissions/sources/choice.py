"""The choice of the submission among a student's files. Where it is not clear, it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from autograder.model import Submission
from autograder.submissions.sources.archives import NOT_OPENED, is_archive
from autograder.submissions.sources.claims import Claim
from autograder.submissions.sources.members import shown

CODE = (".py", ".ipynb")
DISGUISED = (".py.txt", ".ipynb.txt", ".ipynb.json")  # as browsers save them
# "small-1.py" is what a system makes of the second "small.py", "small (1).py" a browser.
_COPY = re.compile(r"(?P<stem>.+?)(?:-(?P<number>\d+)| ?\((?P<again>\d+)\))?", re.DOTALL)
_TO_DO = re.compile(r"raise NotImplementedError|YOUR CODE HERE")


class Choice(msgspec.Struct, frozen=True):
    """The files that may be the submission, mostly one; or why there is none.

    superseded  how many files of the same name came before.
    """

    files: tuple[Claim, ...] = ()
    reason: str = ""
    superseded: int = 0


def is_code(name: str) -> bool:
    """True if a name is a script's, a notebook's or an archive's."""
    return name.lower().endswith(CODE) or is_archive(name)


def choose(claims: Sequence[Claim], module: str, assignment: str, *, nested: bool) -> Choice:
    """Among one student's files: the one with the right name, or the only one.

    nested  whether they come from an archive already, so that no other one is opened.
    """
    files = [claim for claim in claims if not claim.refusal]
    code = [claim for claim in files if claim.name.lower().endswith(CODE)]
    right = [claim for claim in code if _stem(claim)[0].lower() == module.lower()]
    if right:
        return _latest(_nearest(right, assignment))
    if len(code) > 1:
        similar = [claim for claim in code if module.lower() in _stem(claim)[0].lower()]
        narrowed = _latest(similar or code)
        if len({_stem(claim)[0] for claim in narrowed.files}) == 1:
            return narrowed
        return Choice(
            reason=f"there are several files, and none is called {module}.py or "
            f"{module}.ipynb: {_listed(code)}"
        )
    archives = [claim for claim in files if is_archive(claim.name)]
    disguised = [claim for claim in files if claim.name.lower().endswith(DISGUISED)]
    for found in (code, disguised, [] if nested else archives):
        if len(found) == 1:
            return Choice(files=tuple(found))
    if archives:
        return Choice(
            reason=f"it holds an archive in turn, which is not opened: {_listed(archives)}"
            if nested
            else f"there are several archives: {_listed(archives)}"
        )
    return Choice(reason=_nothing(claims, files))


def between(
    candidates: Sequence[tuple[Claim, Submission]],
) -> tuple[Claim, Submission] | str:
    """Of a script and a notebook, or of two copies: the one with less still to do.

    A handout holds both forms, so that many students hand in the other one untouched. Where
    both are done alike, the notebook counts. The submission's notes say what was taken.
    """
    if len(candidates) == 1:
        return candidates[0]
    left = [sum(len(_TO_DO.findall(cell.source)) for cell in s.cells) for _, s in candidates]
    best = [pair for pair, open_ in zip(candidates, left, strict=True) if open_ == min(left)]
    notebooks = [pair for pair in best if pair[0].name.lower().endswith(".ipynb")]
    if len({submission.digest for _, submission in best}) == 1:
        why = "it has least left to do" if len(best) == 1 else "they are the same"
    elif len(notebooks) == 1:
        best, why = notebooks, "it is the notebook"
    else:
        listed = _listed([claim for claim, _ in best])
        return f"it is not clear which file counts: {listed}"
    claim, submission = best[0]
    listed = _listed([claim for claim, _ in candidates])
    note = f"Of {listed}, {shown(claim.name)} was graded: {why}."
    return claim, msgspec.structs.replace(submission, notes=(*submission.notes, note))


def _stem(claim: Claim) -> tuple[str, int]:
    """The name without its ending, and the number of the copy."""
    stem = claim.name.rpartition("/")[2].rpartition(".")[0]
    match = _COPY.fullmatch(stem)
    assert match is not None
    return match["stem"], int(match["number"] or match["again"] or 0)


def _nearest(claims: list[Claim], assignment: str) -> list[Claim]:
    """Those in the assignment's own folder, else those with the fewest folders around."""
    own = [claim for claim in claims if assignment in claim.name.split("/")[:-1]]
    claims = own or claims
    least = min(claim.name.count("/") for claim in claims)
    return [claim for claim in claims if claim.name.count("/") == least]


def _latest(claims: list[Claim]) -> Choice:
    """Without those that a copy with a higher number replaces."""
    last: dict[tuple[str, str, str], Claim] = {}
    for claim in sorted(claims, key=lambda claim: (_stem(claim)[1], claim.name)):
        folder, ending = claim.name.rpartition("/")[0], claim.name.rpartition(".")[2].lower()
        last[folder, _stem(claim)[0].lower(), ending] = claim
    return Choice(files=tuple(last.values()), superseded=len(claims) - len(last))


def _nothing(claims: Sequence[Claim], files: Sequence[Claim]) -> str:
    refusals = [claim.refusal or claim.member.refusal for claim in claims]
    if all(refusals):
        return next(iter(refusals), "it holds no files")
    packed = [claim for claim in files if claim.name.lower().endswith(NOT_OPENED)]
    if packed:
        return f"{_listed(packed)} is no kind of archive that is opened; ask for a .zip"
    return f"there is no .py or .ipynb file, but {_listed(files)}"


def _listed(claims: Sequence[Claim], most: int = 5) -> str:
    names = [shown(claim.name) for claim in claims]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if names[most:] else "")
