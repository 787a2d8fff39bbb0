"""What is left of guests, sandboxes and their host."""

from __future__ import annotations

import contextlib
import glob
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import Crashed, IntakeError, SandboxFault
from autograder.model import Cell, Submission, Tier
from autograder.sandbox.host import confinement, launcher
from autograder.sandbox.host.sandbox import Guest, Sandbox

from .conftest import descendants, eventually, family, gone, submission

Opened = Callable[..., Guest]

SUBMISSION = Submission(name="x", cells=(Cell("def f(): return 1"),), digest="")


needs_linux = pytest.mark.skipif(
    not confinement.LINUX, reason="only Linux has /proc and lets a process adopt orphans"
)


@needs_linux
def test_no_process_outlives_its_guest(opened_weakly: Opened) -> None:
    """Children, daemons in sessions of their own and their children end with the guest."""
    guest = opened_weakly(
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
    opened_weakly: Opened, tmp_path: Path
) -> None:
    """Whatever the submission left there; what its links point to stays."""
    (tmp_path / "kept").write_text("mine")
    guest = opened_weakly(
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
@pytest.mark.parametrize("tier", [Tier.A, Tier.C])
def test_many_guests_leave_nothing(tier: Tier) -> None:
    """Of processes, descriptors, mounts, folders, groups and memory, in zygote and host."""
    crash = submission("import os\ndef f(): open('left', 'w').close(); os._exit(1)")
    with Sandbox(tier=tier) as sandbox:

        def use(count: int) -> None:
            for number in range(count):
                source = crash if number % 4 == 0 else SUBMISSION
                with sandbox.open(source) as guest, contextlib.suppress(Crashed):
                    guest.call("f", [], {})

        def held() -> list[object]:
            *_, zygote = processes = family(sandbox)
            folder = zygote_of(sandbox).folder
            return [
                processes,
                [len(os.listdir(f"/proc/{pid}/fd")) for pid in (*processes, os.getpid())],
                [len(Path(f"/proc/{pid}/mounts").read_text()) for pid in (zygote, os.getpid())],
                os.listdir(folder),
                [sorted(os.listdir(group)) for group in groups_named(folder)],
            ]

        use(8)
        before = held()
        kilobytes = resident(family(sandbox)[-1])
        use(100)
        assert held() == before
        assert resident(family(sandbox)[-1]) - kilobytes < 1024


def resident(pid: int) -> int:
    """The memory of a process, in kilobytes."""
    (line,) = (
        line
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    return int(line.split()[1])


@needs_linux
@pytest.mark.parametrize("tier", list(Tier))
def test_a_closed_sandbox_leaves_nothing(tier: Tier) -> None:
    """The zygote, its guests and every descriptor are gone; guests may be closed afterwards."""
    before = len(os.listdir("/dev/fd"))
    with Sandbox(tier=tier) as sandbox:
        guest = sandbox.open(SUBMISSION)
        processes = family(sandbox)
        folder = zygote_of(sandbox).folder
    assert len(processes) >= 2
    assert all(map(gone, processes))
    assert not os.path.exists(folder)
    assert groups_named(folder) == []
    guest.close()
    guest.close()
    assert len(os.listdir("/dev/fd")) == before


def zygote_of(sandbox: Sandbox) -> launcher.Zygote:
    assert sandbox._zygote is not None
    return sandbox._zygote


def groups_named(folder: str) -> list[str]:
    """The control groups that bear the name of a zygote's folder."""
    return glob.glob(f"/sys/fs/cgroup/**/{os.path.basename(folder)}", recursive=True)


@needs_linux
@pytest.mark.parametrize("tier", [Tier.A, Tier.C, Tier.D])
def test_the_death_of_the_zygote_cleans_up(tier: Tier) -> None:
    """Its guests end with it, even one in a loop; a new one takes its place."""
    with Sandbox(tier=tier) as sandbox:
        guest = sandbox.open(submission("def f():\n    while True: pass"))
        guest.allow(60)
        processes, folder = family(sandbox), zygote_of(sandbox).folder
        mounts = Path("/proc/self/mounts").read_text()
        killer = threading.Timer(0.2, os.kill, [processes[0], signal.SIGKILL])
        killer.start()
        with pytest.raises(SandboxFault):
            guest.call("f", [], {})
        killer.join()
        assert all(map(gone, processes))
        with sandbox.open(SUBMISSION) as another:
            assert another.call("f", [], {}).value == 1
        assert zygote_of(sandbox).folder != folder
        assert not os.path.exists(folder)
        assert groups_named(folder) == []
        assert Path("/proc/self/mounts").read_text() == mounts


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
    with sandbox.open(SUBMISSION) as another:
        assert another.call("f", [], {}).value == 1


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
        "from autograder.sandbox.host.sandbox import Sandbox\n"
        "from autograder.model import Cell, Submission\n"
        "source = 'def f():\\n    while True: pass'\n"
        "guest = Sandbox().open(Submission(name='x', cells=(Cell(source),), digest=''))\n"
        "print('open', flush=True)\n"
        "guest.call('f', [], {})\n"
    )
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    host = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    host.stdout.readline()
    processes = descendants(host.pid)
    (folder,) = tmp_path.iterdir()
    assert len(processes) >= 2
    host.send_signal(how)
    host.wait()
    host.stdout.close()
    assert all(map(gone, processes))
    assert eventually(lambda: not folder.exists())
    assert eventually(lambda: groups_named(str(folder)) == [])


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
        "from autograder.sandbox.guest import server as guest\n"
        "thread = threading.Thread(target=time.sleep, args=(600,), daemon=True)\n"
        "guest.rehearse = thread.start\n"
    )
    before, call = launcher._PROGRAM.split("zygote.main")
    monkeypatch.setattr(launcher, "_PROGRAM", f"{before}{program}zygote.main{call}")
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
        "from autograder.sandbox.host.sandbox import Sandbox\n"
        "with Sandbox():\n"
        "    assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
