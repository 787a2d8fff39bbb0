"""What is said when the code under test does anything but answer."""

from __future__ import annotations

import pytest

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    Missing,
    NotAttempted,
    OutOfMemory,
    StudentRaised,
    TimedOut,
    WrongAnswer,
)
from autograder.wording import MISSING, describe, explain


@pytest.mark.parametrize(
    ("error", "happened", "advice"),
    [
        (TimedOut(5.0), "predict was still running after 5 s", "loop that never ends"),
        (OutOfMemory(512), "more than 512 MB", "(m, m)"),
        (Crashed("killed by signal 11"), "ended while predict was running: killed", "os._exit"),
        (BrokenProtocol("x"), "predict sent back could not be read", "Return numbers"),
        (Missing("predict"), f"{MISSING} predict.", "def predict(...)"),
        (NotAttempted("predict"), "predict is not written yet.", "NotImplementedError"),
    ],
)
def test_each_error_says_what_happened_and_what_to_try(error, happened, advice):
    """Message and hint are whole sentences about this error and this function."""
    message, hint = describe(error, "predict")
    assert happened in message
    assert advice in hint
    assert message.endswith(".")
    assert hint.endswith(".")
    assert "failed" not in message + hint


def test_wrong_answer_speaks_for_itself():
    """The sentence of a WrongAnswer is shown as it is, without a hint."""
    said = describe(WrongAnswer("There are 3 predictions for 7 examples."), "predict")
    assert said == ("There are 3 predictions for 7 examples.", "")


def test_raised_is_explained():
    """An exception of the student's code goes to `explain`."""
    error = StudentRaised("KeyError", "'A1'")
    assert describe(error, "predict") == explain(error, "predict")
