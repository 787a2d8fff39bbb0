"""`grade doctor`."""

from __future__ import annotations

from autograder.cli import selftest
from autograder.errors import TimedOut
from autograder.sandbox.messages import Reply


def test_doctor_proves_the_sandbox(grade):
    """Each promise is tried live and said to hold, and the exit code is 0."""
    done = grade("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    tried = done.stdout.partition("Self-test")[2].splitlines()
    for promise in ("loop", "memory", "crash", "output", "environment", "honest", "next"):
        assert any(line.startswith("  ok ") and promise in line for line in tried), promise
    assert "Tier D" in done.stdout


def test_a_broken_promise_is_seen():
    """The judgements are no rubber stamps: each refuses what a broken sandbox would give."""
    judges = {function: judge for _, function, judge in selftest._TRIALS}
    assert not judges["loop"](Reply(1))[0]
    assert not judges["hoard"](Reply(8 << 30))[0]
    assert not judges["crash"](Reply(None))[0]
    assert not judges["flood"](Reply("done", output="x" * selftest.FLOOD))[0]
    assert not judges["environment"](Reply(["PATH", selftest.SECRET]))[0]
    assert not judges["answer"](TimedOut(1.0))[0]
