"""What a process is charged for: its computing, and the waiting that it chooses."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from autograder.errors import MachineBusy, TimedOut
from autograder.sandbox.host import clock, meter
from autograder.sandbox.host.meter import Allowance, Meter

pytestmark = pytest.mark.skipif(not clock.LINUX, reason="only Linux tells of other processes")


@pytest.fixture
def python() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Holds the processes of a test, and ends them."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()
        process.wait()


def metered(python: list[subprocess.Popen[bytes]], source: str) -> Meter:
    """A meter of a process that runs this."""
    python.append(subprocess.Popen([sys.executable, "-I", "-c", source]))
    descriptor = os.pidfd_open(python[-1].pid)
    found = Meter()
    found.clock = clock.clock_of(descriptor)
    os.close(descriptor)
    assert found.clock is not None
    assert found.clock.pid == python[-1].pid
    return found


def run(found: Meter, seconds: float) -> None:
    """Wait as a host does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        patience = found.patience()
        since = time.monotonic()
        time.sleep(patience)
        found.waited(time.monotonic() - since)


def test_computing_is_charged(python: list[subprocess.Popen[bytes]]) -> None:
    """An endless loop uses up its allowance, and waits hardly at all."""
    found, allowance = metered(python, "while True: pass"), Allowance(0.4)
    found.allow(allowance)
    with pytest.raises(TimedOut, match=r"running after 0\.4 s"):
        run(found, 60)
    assert allowance.waited < 0.4


def test_waiting_is_charged_apart(python: list[subprocess.Popen[bytes]]) -> None:
    """What sleeps computes nothing, and has a longer time for it."""
    found, allowance = metered(python, "import time; time.sleep(60)"), Allowance(0.2)
    found.allow(allowance)
    with pytest.raises(TimedOut, match=r"waiting after 0\.4 s"):
        run(found, 60)
    assert allowance.computed < 0.2


def test_who_stands_in_line_is_not_charged(python: list[subprocess.Popen[bytes]]) -> None:
    """Of two loops on one processor, each computes for half of the time, and neither waits."""
    processor = min(os.sched_getaffinity(0))
    source = f"import os\nos.sched_setaffinity(0, [{processor}])\nwhile True: pass"
    metered(python, source)
    found, allowance = metered(python, source), Allowance(60.0)
    found.allow(allowance)
    run(found, 2.0)
    assert allowance.computed < 1.5
    assert allowance.waited < 0.4


def test_many_threads_that_wake_together_do_not_stand_in_line(
    python: list[subprocess.Popen[bytes]],
) -> None:
    """They wait for one another, and not for other people's processes."""
    source = (
        "import threading, time\n"
        "def nap():\n"
        "    while True: time.sleep(0.05 - time.monotonic() % 0.05)\n"
        "for _ in range(300): threading.Thread(target=nap).start()\n"
    )
    found, allowance = metered(python, source), Allowance(60.0)
    found.allow(allowance)
    run(found, 3.0)
    assert allowance.waited > 0.2


def test_an_import_has_a_budget_of_its_own(python: list[subprocess.Popen[bytes]]) -> None:
    """What is computed meanwhile is charged to it, however often it begins and ends."""
    found, allowance = metered(python, "while True: pass"), Allowance(0.5)
    found.imports = Allowance(0.3)
    found.allow(allowance)
    found.begin_import(True)
    with pytest.raises(TimedOut, match=r"after 0\.3 s"):
        run(found, 60)
    found.begin_import(False)
    assert allowance.computed < 0.3
    with pytest.raises(TimedOut, match=r"after 0\.5 s"):
        run(found, 60)


def test_a_submission_has_a_total(python: list[subprocess.Popen[bytes]]) -> None:
    """Fresh allowances do not go beyond it."""
    found = metered(python, "while True: pass")
    found.total = Allowance(0.5)
    with pytest.raises(TimedOut, match=r"after 0\.5 s"):  # noqa: PT012  whichever turn it is
        for _ in range(60):
            found.allow(Allowance(5.0))
            run(found, 0.2)


def test_where_nobody_tells_the_walls_time_is_charged() -> None:
    """As on macOS."""
    found = Meter()
    found.allow(Allowance(0.2))
    with pytest.raises(TimedOut, match=r"running after 0\.2 s"):
        run(found, 60)


def test_a_machine_that_gives_too_little_is_at_fault() -> None:
    """Neither limit is met after a very long time on the wall."""
    allowance = Allowance(5.0)
    allowance.computed, allowance.waited = 1.0, 1.0
    allowance.passed = meter.LAST_SECONDS + meter.LAST_TIMES * 5.0 + 1
    with pytest.raises(MachineBusy, match=r"got 1 s of a processor in 161 s"):
        allowance.check()


def test_the_clock_of_a_process_that_ended_is_none(
    python: list[subprocess.Popen[bytes]],
) -> None:
    """No clock is made of a number that may be another process's by now."""
    python.append(subprocess.Popen([sys.executable, "-I", "-c", ""]))
    descriptor = os.pidfd_open(python[-1].pid)
    python[-1].wait()
    assert clock.clock_of(descriptor) is None
    os.close(descriptor)


def test_what_the_host_works_on_is_charged_to_the_submission() -> None:
    """Whatever guest sends it, and whichever check it is for: there is one budget."""
    total, found = Allowance(10.0), Meter()
    found.total = total
    for _ in range(3):
        found.allow(Allowance(2.0))
        found.worked(3.5)
        if total.computed < total.seconds:
            found.patience()
    found.allow(Allowance(2.0))
    with pytest.raises(TimedOut, match="running after 10 s"):
        found.patience()
