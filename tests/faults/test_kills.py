"""kill -9 of the grader, of a worker, of a zygote, at random moments of a batch.

`GRADE_FAULTS` says at how many; `make faults` tries 50. The moments are drawn from a seed, so
that a failure can be seen again.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time

import pytest

from tests.faults.support import SECONDS, Class, children, descendants, is_alive, until, words

pytestmark = pytest.mark.timeout(600)  # whole batches, on a machine that may be busy

MOMENTS = int(os.environ.get("GRADE_FAULTS", "6"))
VICTIMS = ("grader", "worker", "zygote")
SIZE = 24


def workers(grader: int) -> list[int]:
    """The worker processes of a batch."""
    return [pid for pid in descendants(grader) if "spawn_main" in words(pid)]


def zygotes(grader: int) -> list[int]:
    """The zygotes of its workers; what is below them are guests."""
    return [
        child
        for worker in workers(grader)
        for child in children(worker)
        if "zygote.main" in words(child)
    ]


def wait_for_moment(process: subprocess.Popen[str], moment: random.Random) -> None:
    """Until some submissions have been graded, and then a little longer."""
    assert process.stdout is not None
    graded = moment.randrange(0, SIZE - 4)
    for line in process.stdout:
        count, _, rest = line.partition(" of ")
        if count.isdigit() and int(count) >= graded and "graded" in rest:
            break
    time.sleep(moment.uniform(0, 0.3))


@pytest.mark.parametrize("number", range(MOMENTS))
def test_killed_at_a_random_moment(number, tmp_path, root):
    """Nothing is lost and nothing is there twice; no process and no file stays behind."""
    moment = random.Random(number)
    victim = VICTIMS[number % len(VICTIMS)]
    group = Class(tmp_path, root, str(tmp_path / "g.db"), SIZE)
    process = group.start()
    if victim == "grader" and moment.random() < 0.5:
        time.sleep(moment.uniform(0, 2))  # before, or while, the workers start
    else:
        wait_for_moment(process, moment)
    family = list(descendants(process.pid))
    found = {
        "grader": [process.pid],
        "worker": workers(process.pid),
        "zygote": zygotes(process.pid),
    }[victim]
    if found:
        os.kill(moment.choice(found), signal.SIGKILL)
    out, err = process.communicate(timeout=SECONDS)
    if victim == "grader":
        until(lambda: not any(map(is_alive, family)))
        assert group.grade().returncode == 0
    else:
        assert process.returncode == 0, (out, err)
    group.whole()
    until(lambda: not any(map(is_alive, family)))
    until(lambda: not list(group.temporary.iterdir()), 10)
