"""What a student reads: points of the secret inputs, words of the public ones."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from autograder.grading.told import OURS, SOURCE, speaks, told
from autograder.model import Diagnosis, Evidence, Report, Status, Tier, Verdict

LEAK = "0.123456"


def verdict(status: Status, points: float = 0.0, word: str = "", check: str = "f") -> Verdict:
    """A verdict whose every text is `word`."""
    return Verdict(
        id=check,
        of="f",
        title="F",
        status=status,
        points=points,
        possible=4.0,
        message=word,
        hint=word,
        diagnosis=Diagnosis(word, word) if word else None,
        evidence=(Evidence(word, word, word),) if word else (),
        seconds=1.25 if word else 0.0,
    )


def report(seed: int, *verdicts: Verdict, **more: Any) -> Report:
    """A report of these verdicts."""
    settings: dict[str, Any] = {
        "assignment": "small",
        "points": sum(one.points for one in verdicts),
        "possible": 4.0 * len(verdicts),
        "seed": seed,
        "tier": Tier.A,
        "versions": {"small": "abc"},
        "notes": (),
        "checks": verdicts,
    }
    return Report(**(settings | more))


@pytest.mark.parametrize("secret", [one for one in Status])
@pytest.mark.parametrize("public", [None, *Status])
def test_nothing_of_the_secret_run_but_its_points_and_status(secret, public):
    """No text, number, time or seed of it is there, whatever became of either run."""
    points = 4.0 if secret is Status.PASSED else 1.0
    hidden = report(987_654_321, verdict(secret, points, LEAK), notes=(LEAK,))
    seen = None if public is None else report(0, verdict(public, 2.0, "public"), notes=("n",))
    shown = told(hidden, seen)
    text = msgspec.json.encode(shown).decode()
    assert LEAK not in text
    assert "987654321" not in text
    assert "1.25" not in text or seen is not None
    assert (shown.points, shown.checks[0].points) == (points, points)
    assert shown.checks[0].status is secret
    assert shown.seed == 0


def test_wrong_on_both_says_what_the_public_run_found():
    """Message, hint, diagnosis, evidence and seconds are of that run, and it is said whose."""
    seen = verdict(Status.FAILED, 0.0, "public")
    shown = told(report(9, verdict(Status.FAILED, 0.0, LEAK)), report(0, seen))
    assert shown.checks == (seen,)
    assert shown.notes == (SOURCE,)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.FAILED, "there the answer is wrong."),
        (Status.PARTIAL, "there a part of the answer is wrong."),
        (Status.ERRORED, "there your code raised an error."),
        (Status.TIMED_OUT, "there it ran too long."),
        (Status.OUT_OF_MEMORY, "there it took too much memory."),
        (Status.CRASHED, "there its process ended early."),
    ],
)
def test_right_in_public_and_wrong_in_secret_is_said_in_words(status, words):
    """Exactly that, and what became of it, without a number."""
    seen = report(0, verdict(Status.PASSED, 4.0))
    shown = told(report(9, verdict(status, 1.0, LEAK)), seen).checks[0]
    assert shown.points == 1.0
    assert shown.message == (
        "Right on the practice inputs that you can see, and not on those that grade: " + words
    )
    assert not any(letter.isdigit() for letter in shown.message + shown.hint)
    assert (shown.diagnosis, shown.evidence) == (None, ())


@pytest.mark.parametrize(
    ("secret", "public", "said"),
    [
        ((Status.ERRORED, 0.0), (Status.FAILED, 0.0), "your code raised an error."),
        ((Status.PARTIAL, 1.0), (Status.PARTIAL, 2.0), "Less of it is right on the inputs"),
        ((Status.PARTIAL, 2.0), (Status.PARTIAL, 1.0), "More of it is right on the inputs"),
        ((Status.PASSED, 4.0), (Status.FAILED, 0.0), "It is right on the inputs that grade."),
        ((Status.PARTIAL, 1.0), (Status.PARTIAL, 1.0), ""),
    ],
)
def test_two_runs_that_differ(secret, public, said):
    """Where the runs end differently, the words say so, behind what the public one found."""
    hidden = report(9, verdict(*secret, LEAK))
    message = told(hidden, report(0, verdict(*public, "public"))).checks[0].message
    assert message.startswith("public")
    assert said in message
    assert said or message == "public"


def test_a_public_run_of_other_checks_tells_nothing():
    """What differs may then be the check, and "right on the practice inputs" would be false."""
    seen = report(0, verdict(Status.PASSED, 4.0), versions={"small": "older"})
    shown = told(report(9, verdict(Status.FAILED, 0.0, LEAK)), seen).checks[0]
    assert shown.message == "On the inputs that grade, the answer is wrong."


def test_our_fault_is_said_without_its_text():
    """What failed in the grader may quote a value; a student reads that it was not theirs."""
    shown = told(report(9, verdict(Status.GRADER_FAULT, 0.0, LEAK)), None)
    assert shown.checks[0].message == OURS
    assert shown.ungraded


def test_a_remark_is_the_public_run_s():
    """A key that is named after a secret input would show it, on a check that passed."""
    hidden = report(9, verdict(Status.PASSED, 4.0, LEAK))
    shown = told(hidden, report(0, verdict(Status.PASSED, 4.0, "public")))
    assert shown.checks[0].message == "public"
    assert told(hidden, report(0, verdict(Status.PASSED, 4.0))).checks[0].message == ""


def test_what_says_nothing_needs_no_second_run():
    """All right without a word: nothing more to tell. A remark or a note is more."""
    right = verdict(Status.PASSED, 4.0)
    assert not speaks(report(9, right))
    assert told(report(9, right), None).notes == ()
    assert speaks(report(9, right, notes=("a",)))
    assert speaks(report(9, verdict(Status.PASSED, 4.0, "a remark")))
    assert speaks(report(9, verdict(Status.FAILED)))


def test_a_course_without_a_secret_tells_all():
    """What was graded with the public seed is public."""
    open_ = report(0, verdict(Status.FAILED, 0.0, "public"), notes=("n",))
    assert told(open_, None) == open_


def test_a_number_on_data_held_out_stays_with_the_instructor() -> None:
    """Neither that of the secret run nor that of the public one is shown."""
    hidden = msgspec.structs.replace(verdict(Status.PASSED, 4.0), number=0.9375)
    seen = msgspec.structs.replace(verdict(Status.PARTIAL, 2.0, "public"), number=0.8125)
    for shown in (told(report(7, hidden), report(0, seen)), told(report(0, seen), None)):
        assert "number" not in msgspec.json.decode(msgspec.json.encode(shown))["checks"][0]
