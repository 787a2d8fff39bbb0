"""What is left of guests, sandboxes and their host."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import IntakeError, SandboxFault
from autograder.model import Cell, Submission
from autograder.sandbox import confinement, launcher
from autograder.sandbox.host import Guest, Sandbox

Opened = Callable[..., Guest]

SUBMISSION = Submission(name="x", cells=(Cell("def f(): return 1"),), digest="")


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something that happens in another process has happened, within five seconds."""
    for _ in range(500):
        if holds():
            return True
        time.sleep(0.01)
    return False


def gone(pid: int) -> bool:
    """Whether no such process is left, or will be in a moment."""
    return eventually(lambda: not runs(pid))


def runs(pid: int) -> bool:
    with contextlib.suppress(OSError):
        if status(pid)[0] == "Z":  # ended; whoever inherited it has not waited for it yet
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def status(pid: int) -> list[str]:
    """The fields of /proc/pid/stat, from the state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


needs_linux = pytest.mark.skipif(
    not confinement.LINUX, reason="only Linux has /proc and lets a process adopt orphans"
)


@needs_linux
def test_no_process_outlives_its_guest(opened: Opened) -> None:
    """Children, daemons in sessions of their own and their children end with the guest."""
    guest = opened(
        "import os, time\n"
        "def f():\n"
        "    read, write = os.pipe()\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if os.fork() == 0:\n"
        "            os.setsid()\n"
        "            os.fork()\n"
        "            os.write(write, os.getpid().to_bytes(4, 'big'))\n"
        "            while True: time.sleep(1)\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
        "    raw = b''\n"
        "    while len(raw) < 8: raw += os.read(read, 8)\n"
        "    return [os.getpid()] + [int.from_bytes(r, 'big') for r in (raw[:4], raw[4:])]\n"
    )
    pids = guest.call("f", [], {}).value
    assert len(set(pids)) == 3
    assert pids[0] == guest.pid
    for pid in pids:
        os.kill(pid, 0)
    guest.close()
    assert all(gone(pid) for pid in pids)


def test_another_guest_survives(opened: Opened) -> None:
    """Closing one guest ends no other."""
    one, other = opened("def f(): return 1"), opened("def f(): return 2")
    one.close()
    assert other.call("f", [], {}).value == 2


def test_the_scratch_folder_is_removed_and_links_are_not_followed(
    opened: Opened, tmp_path: Path
) -> None:
    """Whatever the submission left there; what its links point to stays."""
    (tmp_path / "kept").write_text("mine")
    guest = opened(
        "import os\n"
        "def f(target):\n"
        "    os.makedirs('a/b/c')\n"
        "    open('a/b/c/file', 'w').close()\n"
        "    os.symlink(target, 'link')\n"
        "    os.symlink(target, 'a/b/link')\n"
        "    os.chmod('a/b/c', 0)\n"
        "    os.chmod('a', 0)\n"
        "    return os.getcwd()\n"
    )
    folder = Path(guest.call("f", [str(tmp_path)], {}).value)
    assert folder.is_dir()
    guest.close()
    assert not folder.exists()
    assert (tmp_path / "kept").read_text() == "mine"


def test_a_hundred_guests_leave_no_descriptor(sandbox: Sandbox) -> None:
    """Neither those that answered nor those that died."""
    crash = Submission(name="x", cells=(Cell("import os\ndef f(): os._exit(1)"),), digest="")
    sandbox.open(SUBMISSION).close()
    before = sorted(os.listdir("/dev/fd"))
    for number in range(100):
        guest = sandbox.open(crash if number % 4 == 0 else SUBMISSION)
        with contextlib.suppress(Exception):
            guest.call("f", [], {})
        guest.close()
    assert sorted(os.listdir("/dev/fd")) == before


@needs_linux
def test_a_closed_sandbox_leaves_nothing() -> None:
    """The zygote, its guests and every descriptor are gone; guests may be closed afterwards."""
    before = len(os.listdir("/dev/fd"))
    with Sandbox() as sandbox:
        guest = sandbox.open(SUBMISSION)
        zygote = int(status(guest.pid)[1])
    assert gone(guest.pid)
    assert gone(zygote)
    guest.close()
    guest.close()
    assert len(os.listdir("/dev/fd")) == before


def test_an_interrupted_host_ends_the_guest(sandbox: Sandbox) -> None:
    """After Ctrl-C amid a call, the late answer is taken for no other call's."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    source = "import time\ndef f(): time.sleep(60)"
    guest = sandbox.open(Submission(name="x", cells=(Cell(source),), digest=""))
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt):
            guest.call("f", [], {})
    finally:
        signal.signal(signal.SIGALRM, before)
    assert not guest.alive
    assert gone(guest.pid)


def test_windows_is_told_what_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence instead of an AttributeError from deep within."""
    monkeypatch.setattr(os, "name", "nt")
    with pytest.raises(SandboxFault, match="Windows") as caught:
        Sandbox()
    assert "WSL" in caught.value.hint


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_guests_end_with_their_host(
    how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that is killed leaves no process behind, even one in a loop, and no folder."""
    program = (
        "from autograder.sandbox.host import Sandbox\n"
        "from autograder.model import Cell, Submission\n"
        "source = 'def f():\\n    while True: pass'\n"
        "guest = Sandbox().open(Submission(name='x', cells=(Cell(source),), digest=''))\n"
        "print(guest.pid, flush=True)\n"
        "guest.call('f', [], {})\n"
    )
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    host = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    os.kill(pid, 0)
    host.send_signal(how)
    host.wait()
    host.stdout.close()
    assert gone(pid)
    assert eventually(lambda: not list(tmp_path.iterdir()))


def test_a_sandbox_may_be_made_by_a_thread_that_ends() -> None:
    """The zygote belongs to the process, as a worker of a thread pool needs it."""
    made: list[Sandbox] = []
    maker = threading.Thread(target=lambda: made.append(Sandbox()))
    maker.start()
    maker.join()
    with made[0] as sandbox:
        guest = sandbox.open(SUBMISSION)
        assert guest.call("f", [], {}).value == 1


def test_a_library_that_cannot_be_imported_is_a_fault() -> None:
    """The message tells what is missing, and the hint what to do."""
    with (
        Sandbox(preload=("numpy", "no_such_library")) as sandbox,
        pytest.raises(SandboxFault, match="needs no_such_library, which is not inst") as error,
    ):
        sandbox.open(SUBMISSION)
    assert "Install no_such_library" in error.value.hint


def test_a_zygote_with_threads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork copies one thread, and every lock that the others hold stays locked."""
    program = (
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    )
    monkeypatch.setattr(launcher, "_PROGRAM", program + launcher._PROGRAM)
    with Sandbox() as sandbox, pytest.raises(SandboxFault, match="threads"):
        sandbox.open(SUBMISSION)


def test_a_huge_submission_is_refused(sandbox: Sandbox) -> None:
    """More than four million characters of code are no homework."""
    huge = Submission(name="x", cells=(Cell("#" * 4_500_000),), digest="")
    with pytest.raises(IntakeError, match="more code than can be read"):
        sandbox.open(huge)


def test_the_order_of_sets_is_the_same_everywhere() -> None:
    """Strings hash alike in every zygote, so that a grading can be repeated."""
    source = "def f(): return list({'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'})"
    submission = Submission(name="x", cells=(Cell(source),), digest="")
    orders = []
    for _ in range(2):
        with Sandbox() as sandbox:
            orders.append(sandbox.open(submission).call("f", [], {}).value)
    assert orders[0] == orders[1]


def test_starting_a_sandbox_does_not_import_numpy() -> None:
    """The host's imports run beside the zygote's, not before them."""
    program = (
        "import sys\n"
        "from autograder.sandbox.host import Sandbox\n"
        "with Sandbox():\n"
        "    assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_layers_are_told_as_they_are() -> None:
    """What this version does not apply is not claimed."""
    layers = {layer.name: layer for layer in confinement.probe()}
    assert layers["process of its own"].present
    for name in ("namespaces", "Landlock", "seccomp"):
        assert not layers[name].present
        assert layers[name].why == "not applied by this version"
