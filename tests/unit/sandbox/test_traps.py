"""What is easily got wrong when student code is confined: each trap once fallen into."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.errors import Crashed, OutOfMemory, StudentRaised, TimedOut
from autograder.model import Tier
from autograder.sandbox import layers
from autograder.sandbox.host import confinement
from autograder.sandbox.host.sandbox import Guest, Sandbox
from autograder.sandbox.kernel import numbers
from tests import unprivileged

from .conftest import LIMITS, family, opener, submission

Opened = Callable[..., Guest]

pytestmark = pytest.mark.skipif(
    not confinement.LINUX, reason="the kernel's layers are Linux's; elsewhere there is tier D"
)

CALLS = "\n".join(
    [
        "import ctypes, errno",
        "def call(number, *arguments):",
        "    library = ctypes.CDLL(None, use_errno=True)",
        "    result = library.syscall(number, *arguments)",
        "    return errno.errorcode[ctypes.get_errno()] if result < 0 else 'allowed'",
    ]
)


@pytest.fixture(scope="module", params=[Tier.A, Tier.C], ids=str)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """With all layers, and as in an ordinary container."""
    with Sandbox(limits=LIMITS, tier=request.param) as sandbox:
        assert sandbox.tier is request.param
        yield sandbox


# 1. A fork copies one thread


def test_the_zygote_has_one_thread(sandbox: Sandbox, opened: Opened) -> None:
    """Whatever NumPy would start, it does not start it here."""
    guest = opened("import os\ndef f(): return os.environ['OPENBLAS_NUM_THREADS']")
    assert guest.call("f", [], {}).value == "1"
    for pid in family(sandbox):
        assert len(os.listdir(f"/proc/{pid}/task")) == 1


# The last bits depend on the kernels that a library chooses


KERNELS = (
    "import sys\n"
    "import numpy as np\n"
    "from autograder.model import Cell, Submission\n"
    "from autograder.sandbox.host.sandbox import Sandbox\n"
    "source = 'def f(a, b): return a @ b, (a @ b).tobytes().hex()'\n"
    "rng = np.random.default_rng(1)\n"
    "arguments = [rng.normal(size=(9, 40)), rng.normal(size=(40, 30))]\n"
    "with Sandbox() as sandbox:\n"
    "    submission = Submission(name='f', cells=(Cell(source),), digest='')\n"
    "    guest = sandbox.open(submission)\n"
    "    guest.allow(10)\n"
    "    _, bits = guest.call('f', arguments, {}).value\n"
    "a, b = arguments\n"
    "print(bits == (a @ b).tobytes().hex())\n"
)


@pytest.mark.parametrize("kernels", ["Prescott", "Haswell", ""])
def test_a_guest_computes_with_its_host_s_kernels(root: Path, kernels: str) -> None:
    """Equal to the last bit, or a training of hundreds of steps would not be equal at all."""
    chosen = {"OPENBLAS_CORETYPE": kernels} if kernels else {}
    inherited = {n: v for n, v in os.environ.items() if not n.startswith("OPENBLAS_")}
    done = subprocess.run(
        [sys.executable, "-c", KERNELS],
        env={**inherited, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(root), **chosen},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "True\n"


# 2. Libraries read /proc, which cannot be mounted by everybody


def test_a_guest_finds_itself_in_proc_and_nobody_else(opened: Opened) -> None:
    """TensorFlow aborts without the first two."""
    guest = opened(
        "import os\n"
        "def own():\n"
        "    exe = os.readlink('/proc/self/exe')\n"
        "    return exe, len(open('/proc/self/cmdline').read()), open('/proc/cpuinfo').read()\n"
        "def other(): return os.listdir('/proc')\n"
        "def parent(pid): return open(f'/proc/{pid}/environ').read()\n"
    )
    exe, length, processors = guest.call("own", [], {}).value
    assert "python" in exe
    assert length
    assert "processor" in processors
    with pytest.raises(StudentRaised, match="PermissionError"):
        guest.call("other", [], {})
    with pytest.raises(StudentRaised, match=r"PermissionError|FileNotFoundError"):
        guest.call("parent", [os.getpid()], {})


# 3. Signals to a process group cross PID namespaces


def test_a_signal_to_its_group_reaches_itself_only() -> None:
    """Even where neither Landlock nor seccomp would stop it."""
    blunt = frozenset({layers.LANDLOCK, layers.SECCOMP})
    source = "import os, time\ndef f():\n    os.kill(0, 9); time.sleep(0.3); return 'alive'"
    with Sandbox(limits=LIMITS, without=blunt) as sandbox, opener(sandbox) as opened:
        before = family(sandbox)
        assert opened(source).call("f", [], {}).value == "alive"
        assert family(sandbox)[: len(before)] == before


# 4. Landlock says nothing about a file's mode, times and attributes


@pytest.mark.parametrize("without", [frozenset(), frozenset({layers.SECCOMP})])
def test_the_mode_of_other_files_stays(tmp_path: Path, without: frozenset[str]) -> None:
    """Nor do their times change, though the same user owns them; seccomp sees to that."""
    path = tmp_path / "grades.csv"
    path.write_text("ada,10")
    path.chmod(0o644)
    before = path.stat()
    source = (
        "import os\n"
        "def f(path):\n"
        "    for change in (lambda: os.chmod(path, 0o600), lambda: os.utime(path, (1, 1)),\n"
        "                   lambda: os.setxattr(path, 'user.x', b'1')):\n"
        "        try: change()\n"
        "        except OSError: pass\n"
    )
    with (
        Sandbox(limits=LIMITS, tier=Tier.C, without=without) as sandbox,
        sandbox.open(submission(source)) as guest,
    ):
        guest.call("f", [str(path)], {})
    now = path.stat()
    unchanged = (now.st_mode, now.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert unchanged == (not without)


def test_copying_a_file_works(opened: Opened) -> None:
    """What copies permissions and times fails at neither."""
    guest = opened(
        "import os, shutil\n"
        "def f():\n"
        "    open('a', 'w').write('text')\n"
        "    shutil.copy('a', 'b'); shutil.copy2('a', 'c'); os.mkdir('d')\n"
        "    shutil.copytree('d', 'e'); shutil.move('a', 'd/a')\n"
        "    return open('c').read(), sorted(os.listdir())\n"
    )
    assert guest.call("f", [], {}).value == ("text", ["b", "c", "d", "e"])


def test_no_file_is_emptied_by_reading_it(opened: Opened) -> None:
    """Landlock before Linux 6.2 asks for no right to do so."""
    guest = opened(
        "import os, numpy\n"
        "def f(): os.open(numpy.__file__, os.O_RDONLY | os.O_TRUNC)\n"
        "def g(): os.truncate(numpy.__file__, 0)\n"
        "def h(): return len(open(numpy.__file__).read())\n"
    )
    for name in ("f", "g"):
        with pytest.raises(StudentRaised, match=r"PermissionError|Read-only"):
            guest.call(name, [], {})
    assert guest.call("h", [], {}).value


def test_python_itself_cannot_be_changed() -> None:
    """The root is read-only by itself, whoever owns the files in it."""
    blunt = frozenset({layers.LANDLOCK, layers.SECCOMP})
    source = "import numpy, os\ndef f(): os.open(numpy.__file__, os.O_RDWR)"
    with (
        Sandbox(limits=LIMITS, without=blunt) as sandbox,
        opener(sandbox) as opened,
        pytest.raises(StudentRaised, match="Read-only file system"),
    ):
        opened(source).call("f", [], {})


# 5. Python may be installed in a home folder


def test_python_is_there_and_the_home_around_it_is_not(opened: Opened, root: Path) -> None:
    """What the zygote has not imported can still be, and the course cannot be read."""
    guest = opened(
        "import os\n"
        "def f(): import wave, sqlite3, scipy.special; return scipy.special.expit(0.0)\n"
        "def g(path): return os.listdir(path)\n"
    )
    assert guest.call("f", [], {}).value == 0.5
    for path in (root, root / "reference", Path.home(), Path("/"), Path("/home")):
        with pytest.raises(StudentRaised, match=r"PermissionError|FileNotFoundError"):
            guest.call("g", [str(path)], {})


# 6. The first process of a PID namespace ignores most signals


def test_a_guest_that_no_signal_ends_is_ended() -> None:
    """It survives its own SIGKILL, but not the grader's clock."""
    source = (
        "import os, resource\n"
        "def f(): os.kill(os.getpid(), 9); return os.getpid(), resource.getrlimit(0)\n"
        "def g():\n    while True: pass\n"
    )
    assert resource.RLIMIT_CPU == 0
    with Sandbox(limits=LIMITS) as sandbox, opener(sandbox) as opened:
        guest = opened(source)
        pid, (soft, hard) = guest.call("f", [], {}).value
        assert pid == 1
        assert soft == hard > 0
        guest.allow(0.2)
        with pytest.raises(TimedOut):
            guest.call("g", [], {})


# 7. Saving a model locks a file, and temporary files need a place


def test_files_are_locked_and_temporary_files_made(opened: Opened) -> None:
    """Both in the scratch space."""
    guest = opened(
        "import fcntl, os, tempfile\n"
        "def f():\n"
        "    with tempfile.NamedTemporaryFile() as file:\n"
        "        fcntl.flock(file, fcntl.LOCK_EX)\n"
        "        same = os.path.dirname(file.name) == os.getcwd()\n"
        "    return same, os.environ['HDF5_USE_FILE_LOCKING']\n"
    )
    assert guest.call("f", [], {}).value == (True, "FALSE")


# 8. System calls by number

REFUSED = (
    "execve execveat socket bind connect mount umount2 bpf add_key keyctl ptrace memfd_create "
    "process_vm_readv process_vm_writev io_uring_setup userfaultfd unshare setns pidfd_open "
    "perf_event_open shmget semget msgget mq_open open_by_handle_at sethostname chroot reboot"
)


@pytest.mark.parametrize("name", REFUSED.split())
def test_a_call_is_refused(opened: Opened, name: str) -> None:
    """With an error that honest libraries can handle."""
    assert opened(CALLS).call("call", [*numbers.of(name), 0, 0, 0, 0], {}).value == "EPERM"


def test_threads_are_allowed_and_processes_are_not(opened: Opened) -> None:
    """The C library falls back from clone3, which no filter can look into, on clone."""
    guest = opened(
        CALLS + "\nimport os, subprocess, threading\n"
        "def thread():\n"
        "    found = []\n"
        "    t = threading.Thread(target=found.append, args=(1,)); t.start(); t.join()\n"
        "    return found\n"
        "def fork(): os.fork()\n"
        "def run(): subprocess.run(['true'])\n"
    )
    assert guest.call("call", [*numbers.of("clone3"), 0, 0], {}).value == "ENOSYS"
    assert guest.call("thread", [], {}).value == [1]
    for name in ("fork", "run"):
        with pytest.raises(StudentRaised, match="PermissionError"):
            guest.call(name, [], {})


def test_signals_and_limits_are_for_itself_only(opened: Opened) -> None:
    """Also where the others have numbers: in their groups, by files, and through limits."""
    guest = opened(
        "import fcntl, os, resource, signal, socket\n"
        "def refused(change):\n"
        "    try: change()\n"
        "    except OSError: return True\n"
        "    return False\n"
        "def f(pid):\n"
        "    one, _ = socket.socketpair()\n"
        "    limit = (1, 1)\n"
        "    return [refused(change) for change in (\n"
        "        lambda: os.kill(pid, 0), lambda: os.kill(-1, 0), lambda: os.kill(0, 0),\n"
        "        lambda: fcntl.fcntl(one, fcntl.F_SETOWN, pid),\n"
        "        lambda: resource.prlimit(pid, resource.RLIMIT_CPU, limit),\n"
        "        lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),\n"
        "        lambda: os.sched_setaffinity(pid, {0}),\n"
        "        lambda: one.sendto(b'', '/tmp/x'))]\n"
        "def own():\n"
        "    one, other = socket.socketpair()\n"
        "    one.sendall(b'x'); os.kill(os.getpid(), 0)\n"
        "    return other.recv(1), resource.getrlimit(resource.RLIMIT_CPU)[0] > 0\n"
    )
    assert guest.call("f", [os.getpid()], {}).value == [True] * 8
    assert guest.call("own", [], {}).value == (b"x", True)


def test_nobody_looks_as_if_the_machine_kept_it_waiting(opened: Opened) -> None:
    """Neither by a lower priority, nor by waiting for a thread or a disk of its own choice."""
    if platform.machine() != "x86_64":
        pytest.skip("the numbers are those of x86_64")
    guest = opened(
        CALLS + "\nimport os, sys\n"
        "def refused(change):\n"
        "    try: change()\n"
        "    except OSError: return True\n"
        "    return False\n"
        "def f():\n"
        "    return [refused(change) for change in (\n"
        "        lambda: os.nice(1), lambda: os.open(os.__file__, os.O_DIRECT),\n"
        "        lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)))]\n"
        "def vfork():\n    return call(56, 0x14F00, 0, 0, 0, 0)\n"
        "def thrown_away():\n"
        "    file = os.open(os.__file__, os.O_RDONLY)\n"
        "    os.sync(); os.fsync(file)\n"
        "    return call(221, 999, 0, 0, 4), call(28, 0, 4096, 21)\n"
    )
    assert guest.call("f", [], {}).value == [True] * 3
    assert guest.call("vfork", [], {}).value == "EPERM"
    assert guest.call("thrown_away", [], {}).value == ("allowed", "allowed")


def test_a_foreign_manner_of_calling_ends_the_process(opened: Opened) -> None:
    """The numbers of the 32-bit calls mean other things, so none is let through."""
    if platform.machine() != "x86_64":
        pytest.skip("only x86_64 has these two manners")
    x32 = CALLS + "\ndef f(): return call(0x40000000 + 39)"
    i386 = (
        "import ctypes, mmap\n"
        "def f():\n"
        "    page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)\n"
        "    page.write(b'\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3')  # mov eax, 20; int 0x80; ret\n"
        "    address = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
        "    return ctypes.CFUNCTYPE(ctypes.c_int)(address)()\n"
    )
    for source in (x32, i386):
        with pytest.raises(Crashed, match="in a manner that is not allowed"):
            opened(source).call("f", [], {})


# 9. RLIMIT_DATA does not count all memory


@pytest.mark.parametrize(
    "flags", ["MAP_SHARED", "MAP_PRIVATE | 0x100"], ids=["shared", "stack"]
)
def test_uncounted_memory_is_refused(opened: Opened, flags: str) -> None:
    """Shared memory and what looks like a stack would be had without a limit."""
    guest = opened(
        "import mmap\n"
        "def map(flags): return len(mmap.mmap(-1, 4096, flags=mmap.MAP_ANONYMOUS | flags))\n"
        f"def f(): return map(mmap.{flags})\n"
        "def g(): return map(mmap.MAP_PRIVATE)\n"
    )
    with pytest.raises(StudentRaised, match="Cannot allocate memory"):
        guest.call("f", [], {})
    assert guest.call("g", [], {}).value == 4096


def test_memory_counts_from_what_was_inherited(opened: Opened) -> None:
    """The limit is on top of NumPy, however large that is."""
    guest = opened("def f(megabytes): return len(bytearray(megabytes << 20)) >> 20")
    assert guest.call("f", [LIMITS.megabytes - 64], {}).value == LIMITS.megabytes - 64
    with pytest.raises(OutOfMemory):
        guest.call("f", [LIMITS.megabytes + 1], {})


# 10. Without rights, the zygote must itself be in a PID namespace of its own


def test_an_ordinary_user_forks_guest_after_guest() -> None:
    """Each is the first process of its own namespace."""
    done = unprivileged.run(
        "from autograder.model import Cell, Submission\n"
        "from autograder.sandbox.host.sandbox import Sandbox\n"
        "source = 'import os\\ndef f(): return os.getpid(), os.getuid()'\n"
        "submission = Submission(name='x', cells=(Cell(source),), digest='')\n"
        "with Sandbox() as sandbox:\n"
        "    for _ in range(3):\n"
        "        with sandbox.open(submission) as guest:\n"
        "            print(*guest.call('f', [], {}).value)\n"
    )
    user = unprivileged.NOBODY if os.geteuid() == 0 else os.geteuid()
    assert (done.stdout, done.stderr) == (f"1 {user}\n" * 3, "")
