"""A grading as a student reads it: points from the secret inputs, words from the public ones.

    grading on the secret seed ──► points, status ──┐
    grading on the public seed ──► words, numbers ──┴──► told ──► whatever a student may read

A student's code sees the secret inputs, and can put them into whatever is shown of that run: an
exception's text, a key, the seconds that it takes. So nothing of that run is shown but what it
earned. The public run must be in a guest of its own, which has never seen a secret input.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import UNSET
from msgspec.structs import replace

from autograder.grading.report import PUBLIC_SEED
from autograder.model import Report, Status, Verdict

SOURCE = (
    "Your points come from inputs that stay hidden. What is said here about your code was "
    "found on the practice inputs, which you can see."
)
OURS = (
    "The grader failed here. That is not your fault, and it is no zero: a person will look "
    "at it."
)
TRY_MORE = (
    "Try inputs of your own: other numbers, other sizes, zeros and negative numbers. Look for "
    "a number in your code that fits the practice inputs alone."
)
_THERE: Mapping[Status, str] = {
    Status.PARTIAL: "a part of the answer is wrong",
    Status.FAILED: "the answer is wrong",
    Status.ERRORED: "your code raised an error",
    Status.TIMED_OUT: "it ran too long",
    Status.OUT_OF_MEMORY: "it took too much memory",
    Status.CRASHED: "its process ended early",
    Status.NOT_ATTEMPTED: "nothing came back",
    Status.SKIPPED: "it could not be judged",
}


def speaks(report: Report) -> bool:
    """True if a report says anything beyond that all is right: then a public run is needed."""
    return bool(report.notes) or not all(
        verdict.status is Status.PASSED and not verdict.message for verdict in report.checks
    )


def told(secret: Report, public: Report | None) -> Report:
    """The report that a student may read.

    secret   the grading that counts: points, status.
    public   the same submission, graded with the public seed; None where `secret` does not
             speak, or where the public run has failed. One by other checks tells nothing.
    """
    if secret.seed == PUBLIC_SEED:
        public = secret  # a course without a secret
    elif public is not None and _checks(public) != _checks(secret):
        public = None
    seen = {verdict.id: verdict for verdict in public.checks} if public is not None else {}
    checks = tuple(_told(verdict, seen.get(verdict.id)) for verdict in secret.checks)
    notes = public.notes if public is not None else ()
    if secret.seed != PUBLIC_SEED and any(verdict.message for verdict in checks):
        notes = (*notes, SOURCE)
    return Report(
        assignment=secret.assignment,
        points=secret.points,
        possible=secret.possible,
        seed=PUBLIC_SEED,
        tier=secret.tier,
        versions=secret.versions,
        notes=notes,
        checks=checks,
    )


def _checks(report: Report) -> tuple[str | None, ...]:
    """The fingerprint of the checks, and the autograder's version."""
    return tuple(report.versions.get(name) for name in (report.assignment, "autograder"))


def _told(secret: Verdict, public: Verdict | None) -> Verdict:
    """Made of the public verdict, or of nothing: what is not named here is not shown."""
    if secret.status.ours:
        return _bare(secret, OURS)
    if public is None or public.status.ours:
        passed = secret.status is Status.PASSED
        return _bare(secret, "" if passed else _on_hidden(secret.status))
    seen = replace(
        public,
        status=secret.status,
        points=secret.points,
        possible=secret.possible,
        answer="",
        number=UNSET,
        explained=secret.explained,
    )
    if public.status is Status.PASSED and secret.status is not Status.PASSED:
        right = "Right on the practice inputs that you can see, and not on those that grade"
        message = f"{right}: there {_THERE[secret.status]}."
        return replace(seen, message=message, hint=TRY_MORE)
    message = " ".join(filter(None, (public.message, _difference(secret, public))))
    return replace(seen, message=message)


def _bare(secret: Verdict, message: str) -> Verdict:
    return Verdict(
        id=secret.id,
        of=secret.of,
        title=secret.title,
        status=secret.status,
        points=secret.points,
        possible=secret.possible,
        message=message,
        explained=secret.explained,  # a teacher's words
    )


def _difference(secret: Verdict, public: Verdict) -> str:
    """In what the run that counts differs from the one that the words are about."""
    if secret.status is not public.status:
        if secret.status is Status.PASSED:
            return "It is right on the inputs that grade."
        return _on_hidden(secret.status)
    if secret.points != public.points:
        more = "More" if secret.points > public.points else "Less"
        return f"{more} of it is right on the inputs that grade."
    return ""


def _on_hidden(status: Status) -> str:
    return f"On the inputs that grade, {_THERE[status]}."
