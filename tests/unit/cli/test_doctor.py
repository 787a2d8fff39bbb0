"""`grade doctor`."""

from __future__ import annotations

from tests import unprivileged


def test_doctor_proves_the_sandbox(grade):
    """Each promise is tried live and said to hold, and the exit code is 0."""
    done = grade("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    tried = done.stdout.partition("Self-test")[2].splitlines()
    for promise in ("loop", "memory", "crash", "output", "environment", "honest", "next"):
        assert any(line.startswith("  ok ") and promise in line for line in tried), promise
    assert not any("BROKEN" in line for line in tried)


def test_doctor_says_what_to_allow():
    """A layer that is not there has its reason, and what would bring it."""
    done = unprivileged.run(
        "from autograder.sandbox.kernel import namespaces\n"
        "import sys\n"
        "from autograder.cli import main\n"
        "from autograder.sandbox.host import launcher\n"
        "launcher._PROGRAM = 'from autograder.sandbox.kernel import syscalls\\n'\\\n"
        "    'def unshare(flags): raise PermissionError(1, \"Operation not permitted\")\\n'\\\n"
        "    'syscalls.unshare = unshare\\n' + launcher._PROGRAM\n"
        "sys.argv = ['grade', 'doctor']\n"
        "main()\n"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tier C: Landlock and seccomp, no namespaces" in done.stdout
    (line,) = [one for one in done.stdout.splitlines() if "network namespace  " in one]
    assert "Operation not permitted" in line
    told = " ".join(done.stdout.split())
    assert "allow user namespaces to this user" in told
    assert "memory and pids are delegated to this user" in told
