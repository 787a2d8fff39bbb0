"""What is said when the code under test does anything but answer."""

from __future__ import annotations

import pytest

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    Missing,
    NotAttempted,
    NotLoaded,
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
        (TimedOut(9, waited=True), "predict was still waiting after 9 s", "a lock"),
        (OutOfMemory(512), "more than 512 MB", "(m, m)"),
        (Crashed("killed by signal 11"), "ended while predict was running: killed", "os._exit"),
        (BrokenProtocol("x"), "predict sent back could not be read", "Return numbers"),
        (Missing("predict"), f"{MISSING} predict.", "def predict(...)"),
        (Missing("MLP", of_class=True), f"{MISSING} MLP.", "class MLP:"),
        (NotAttempted("predict"), "predict is not written yet.", "NotImplementedError"),
        (
            NotAttempted("predict", "line 9"),
            "predict is not written yet.",
            "in line 9 has to go",
        ),
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


@pytest.mark.parametrize(
    ("cause", "happened"),
    [
        (TimedOut(5.0), "line 7, `train()`, was still running after 5 s"),
        (OutOfMemory(512), "line 7, `train()`, asked for more than 512 MB"),
        (Crashed("it was killed"), "line 7, `train()`, ended Python itself (it was killed)"),
        (BrokenProtocol("x"), "line 7, `train()`, wrote to a file or socket"),
    ],
)
def test_a_file_that_cannot_be_run_is_no_fault_of_a_function(cause, happened):
    """The line is named, and how many were left out before, but no function is blamed."""
    message, hint = describe(NotLoaded(cause, where="line 7", text="train()"), "predict")
    assert happened in message
    assert message.endswith(".")
    assert "predict" not in message
    assert "__main__" in hint
    after = describe(NotLoaded(cause, where="line 7", text="train()", before=3), "predict")[0]
    assert after.endswith("and 3 lines before had been left out for the like.")


def test_a_file_that_ends_python_before_its_first_line():
    """Where no line was reached, none is named."""
    message, _ = describe(NotLoaded(Crashed("it was killed")), "predict")
    assert message.endswith("not looked at: it ended Python itself (it was killed).")


def test_wrong_answer_speaks_for_itself():
    """The sentence of a WrongAnswer is shown as it is, without a hint."""
    said = describe(WrongAnswer("There are 3 predictions for 7 examples."), "predict")
    assert said == ("There are 3 predictions for 7 examples.", "")


def test_raised_is_explained():
    """An exception of the student's code goes to `explain`."""
    error = StudentRaised("KeyError", "'A1'")
    assert describe(error, "predict") == explain(error, "predict")
