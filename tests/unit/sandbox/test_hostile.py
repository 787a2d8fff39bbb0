"""What submissions do that end, hang, flood, forge or try to.

After each, the next honest submission is graded as ever: `opened` shares one zygote.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    NotLoaded,
    OutOfMemory,
    SandboxFault,
    StudentRaised,
    SubmissionError,
    TimedOut,
    WrongAnswer,
)
from autograder.model import Cell, Limits, Submission
from autograder.sandbox.host import confinement
from autograder.sandbox.host.meter import Allowance
from autograder.sandbox.host.past import Past
from autograder.sandbox.host.sandbox import Guest, Sandbox
from tests.unit.sandbox.conftest import submission

Opened = Callable[..., Guest]

HONEST = "def f(x): return x + 1"


def attack(opened: Opened, body: str, *, seconds: float = 20) -> SubmissionError:
    """What a call of `f`, with this body, raises; an honest submission works afterwards."""
    lines = "\n".join("    " + line for line in body.splitlines())
    guest = opened(f"import os, sys\ndef f(x):\n{lines}\n")
    guest.allow(seconds)
    with pytest.raises(SubmissionError) as caught:
        guest.call("f", [1], {})
    assert opened(HONEST).call("f", [1], {}).value == 2
    if not isinstance(caught.value, StudentRaised | OutOfMemory | WrongAnswer):
        assert not guest.alive
        with pytest.raises(type(caught.value)):  # whoever did not hear of it does now
            guest.call("f", [1], {})
    return caught.value


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ("os._exit(3)", "it ended its own process with os._exit(3)"),
        ("import ctypes; ctypes.string_at(0)", "a library crashed or aborted (signal 11)"),
        ("os.closerange(0, 256)", "it closed its connection to the grader"),
        ("os.close(3); import time; time.sleep(60)", "it was killed (signal 9)"),
    ],
)
def test_the_end_of_the_process_is_told(opened: Opened, body: str, how: str) -> None:
    """Whichever way it ended, it is a crash, with words for it."""
    error = attack(opened, body)
    assert isinstance(error, Crashed)
    assert error.how == how


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ("os.abort()", "a library crashed or aborted (signal 6)"),
        ("os.kill(os.getpid(), 9)", "it was killed (signal 9)"),
    ],
)
def test_a_signal_is_told(opened_weakly: Opened, body: str, how: str) -> None:
    """Where a guest is not the first process of its PID namespace, which no signal ends."""
    error = attack(opened_weakly, body)
    assert isinstance(error, Crashed)
    assert error.how == how


@pytest.mark.parametrize(
    ("body", "type_name", "text"),
    [
        ("sys.exit('bye')", "SystemExit", "bye"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
        ("raise GeneratorExit", "GeneratorExit", ""),
        ("input()", "EOFError", "EOF when reading a line"),
        ("return f(x)", "RecursionError", "maximum recursion depth exceeded"),
        ("raise ValueError('x' * 10**7)", "ValueError", "x" * 500),
        (
            "class Odd(Exception):\n    def __str__(self): raise SystemExit\nraise Odd",
            "Odd",
            "",
        ),
        ("raise type('\\x1b[31mRed', (Exception,), {})('\\u202eabc')", "Red", "abc"),
        ("raise ExceptionGroup('several', [ValueError(1)])", "ExceptionGroup", "several (1"),
    ],
)
def test_everything_raised_is_an_exception_of_the_students(
    opened: Opened, body: str, type_name: str, text: str
) -> None:
    """Also what usually ends a program; its text is short and safe to show."""
    error = attack(opened, body)
    assert isinstance(error, StudentRaised)
    assert error.type_name == type_name
    assert error.text.startswith(text)
    assert len(error.text) <= 500
    assert error.frames[0].function == "f"
    assert len(error.frames) <= 20


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\nwhile True: pass",
        "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
        "class Odd(Exception):\n    def __str__(self):\n        while True: pass\nraise Odd",
        "while True: print('x' * 1000)",
    ],
    ids=["loop", "signals", "regex", "str", "flood"],
)
def test_what_does_not_end_is_ended(opened: Opened, body: str) -> None:
    """The host alone measures the time, and needs no help to stop it."""
    error = attack(opened, body, seconds=0.3)
    assert isinstance(error, TimedOut)
    assert error.args == ("still running after 0.3 s",)


@pytest.mark.parametrize(
    "body",
    [
        "import time; time.sleep(60)",
        "import threading; threading.Lock().acquire() and threading.Event().wait()",
        "import time\nwhile True: print('.', flush=True); time.sleep(0.02)",
        "import time\nwhile True: os.write(1, b'.'); time.sleep(0.001)",
    ],
    ids=["sleep", "lock", "prints", "naps"],
)
def test_what_waits_for_ever_is_ended(opened: Opened, body: str) -> None:
    """Waiting takes no processor, and has a limit of its own, twice as long."""
    error = attack(opened, body, seconds=0.3)
    assert isinstance(error, TimedOut)
    assert error.args == ("still waiting after 0.6 s",)


def test_a_process_that_stops_itself_is_ended(opened_weakly: Opened) -> None:
    """It answers nothing any more, and cannot be asked to; that is no fault of the machine."""
    error = attack(opened_weakly, "os.kill(os.getpid(), 19)", seconds=0.3)
    assert isinstance(error, TimedOut)


def test_the_time_is_for_all_calls_together(opened: Opened) -> None:
    """A guest that has used its time up has none for another call."""
    guest = opened(
        "import time\n"
        "def f(seconds=0.3):\n"
        "    end = time.process_time() + seconds\n"
        "    while time.process_time() < end: pass\n"
    )
    guest.allow(0.8)
    guest.call("f", [], {})
    guest.call("f", [], {})
    with pytest.raises(TimedOut):
        guest.call("f", [0.5], {})
    assert not guest.alive


def test_an_allowance_goes_from_guest_to_guest(opened: Opened) -> None:
    """What one guest has used up, another that takes its place has not again."""
    allowance = Allowance(0.4)
    for _ in range(2):
        guest = opened("def f():\n    while True: pass")
        guest.allow(allowance)
        with pytest.raises(TimedOut):
            guest.call("f", [], {})
    assert 0.4 <= allowance.computed < 0.6


def test_time_that_the_host_takes_to_answer_is_nobodys(opened: Opened) -> None:
    """A call that asks the host waits for it, and not by its own choice."""
    guest = opened("def f(): return g()\ndef g(): return 0")
    guest.allow(0.2)

    def answer(name: str, args: list[Any], kwargs: dict[str, Any]) -> tuple[bool, Any]:
        time.sleep(0.6)
        return True, 1

    with guest.substituted(["g"], answer):
        assert guest.call("f", [], {}).value == 1


@pytest.mark.skipif(not confinement.LINUX, reason="only Linux enforces RLIMIT_DATA")
@pytest.mark.parametrize(
    "body",
    [
        "import numpy as np; return np.ones(10**10 // 8)",
        "return bytearray(10**10)",
        "items = []\nwhile True: items.append(bytearray(10**7))",
    ],
)
def test_memory_is_limited(opened: Opened, body: str) -> None:
    """More than the limit is refused, by NumPy and by Python, and the guest goes on."""
    error = attack(opened, body)
    assert isinstance(error, OutOfMemory)
    assert error.megabytes == 512


@pytest.mark.parametrize(
    "body",
    [
        "os.write(3, b'x')",
        "os.write(3, b'\\0' * 8)",
        "os.write(3, b'\\xff' * 64)",
        "[os.write(n, b'garbage' * 9) for n in (0, 1, 2, 3) if n]",
        # a whole frame, but of a request that was never made
        "from autograder.sandbox import wire\n"
        "os.write(3, wire.pack(999, 'value', [1, [], []], lambda v: (0, '', False)))",
        "from autograder.sandbox import wire\n"
        "os.write(3, wire.pack(0, 'ask', ['f', (), {}], lambda v: (0, '', False)))",
        # the right number, one frame too many
        "from autograder.sandbox import wire\n"
        "for n in range(9):\n"
        "    os.write(3, wire.pack(n, 'value', [1, [], []], lambda v: (0, '', False)))",
    ],
    ids=["byte", "empty", "huge", "every", "number", "ask", "many"],
)
def test_forged_replies_break_the_protocol(opened: Opened, body: str) -> None:
    """Whatever is sent beside one reply ends the guest, and nothing else."""
    error = attack(opened, body + "\nimport time; time.sleep(0.05)\nreturn 1", seconds=1)
    assert isinstance(error, BrokenProtocol | TimedOut)


def test_a_second_process_that_answers_breaks_the_protocol(opened_weakly: Opened) -> None:
    """Two replies to one request are one too many, whenever the second comes."""
    guest = opened_weakly("import os, time\ndef f(): os.fork()\ndef g(): time.sleep(1)")
    with pytest.raises(BrokenProtocol):  # noqa: PT012  the first call or the second
        guest.call("f", [], {})
        guest.call("g", [], {})


def test_a_frame_sent_between_two_calls_is_refused(opened: Opened) -> None:
    """An answer that comes before its question is none."""
    guest = opened(
        "import os, threading, time\nfrom autograder.sandbox import wire\n"
        "def f():\n"
        "    def forge():\n"
        "        time.sleep(0.1)\n"
        "        frame = wire.pack(3, 'value', ['forged', [], []], lambda v: (0, '', False))\n"
        "        for n in range(9): os.write(3, frame)\n"
        "    threading.Thread(target=forge).start()\n"
        "def g(): time.sleep(0.3); return 'own'\n"
    )
    guest.call("f", [], {})
    with pytest.raises(BrokenProtocol):
        guest.call("g", [], {})


def test_a_patched_numpy_changes_no_answer(opened: Opened) -> None:
    """The codec does not go through names that a submission can replace."""
    guest = opened(
        "import numpy as np, msgspec\n"
        "def f(x):\n"
        "    for name in ('ndarray', 'array', 'asarray', 'frombuffer', 'dtype', 'allclose'):\n"
        "        setattr(np, name, lambda *a, **k: True)\n"
        "    msgspec.msgpack.encode = msgspec.msgpack.Encoder = None\n"
        "    return x + 1\n"
    )
    for _ in range(2):
        reply = guest.call("f", [np.zeros(2)], {})
        assert reply.value.tolist() == [1, 1]


def test_threads_that_go_on_are_ended_with_the_guest(opened: Opened) -> None:
    """An honest answer counts, whatever still runs behind it."""
    guest = opened(
        "import threading\n"
        "def f():\n"
        "    def forever():\n"
        "        while True: pass\n"
        "    threading.Thread(target=forever).start()\n"
        "    return 1\n"
    )
    assert guest.call("f", [], {}).value == 1


def test_student_code_cannot_see_the_hosts_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guest's environment is made from nothing, its folder is empty."""
    monkeypatch.setenv("SECRET", "token")
    with Sandbox() as sandbox:
        source = "import os\ndef f(): return dict(os.environ), os.listdir(), os.getcwd()"
        guest = sandbox.open(Submission(name="x", cells=(Cell(source),), digest=""))
        found, files, folder = guest.call("f", [], {}).value
    assert found["HOME"] == found["TMPDIR"] == folder
    assert found["PYTHONHASHSEED"] == "0"
    assert files == []
    allowed = {"PATH", "LANG", "LC_CTYPE", "HOME", "TMPDIR", "PYTHONHASHSEED", "MPLBACKEND"}
    allowed |= {"HDF5_USE_FILE_LOCKING", "TF_CPP_MIN_LOG_LEVEL", "LD_LIBRARY_PATH"}
    allowed |= {"KERAS_BACKEND", "KERAS_HOME", "JOBLIB_MULTIPROCESSING"}
    # The kernels of the grader.
    allowed |= {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "MKL_CBWR"}
    allowed |= {"NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES"}
    assert {name for name in found if not name.endswith("_THREADS")} <= allowed


def test_a_guest_holds_no_descriptors_but_its_own(opened: Opened) -> None:
    """Input, output, errors and its socket."""
    guest = opened(
        "import os\n"
        "def is_open(n):\n"
        "    try: return bool(os.fstat(n))\n"
        "    except OSError: return False\n"
        "def f(): return [n for n in range(256) if is_open(n)]\n"
    )
    assert guest.call("f", [], {}).value == [0, 1, 2, 3]


def test_files_are_limited_in_size(opened: Opened) -> None:
    """A submission that writes for ever gets an OSError, not the machine's disk."""
    error = attack(
        opened,
        "with open('big', 'wb') as file:\n"
        "    for _ in range(100): file.write(b'x' * (1 << 20))",
    )
    assert isinstance(error, StudentRaised)
    assert error.type_name == "OSError"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("while True: pass", "slow"),
        ("os._exit(1)", "exited"),
    ],
)
def test_a_line_that_ends_the_loading_is_left_out(opened: Opened, line: str, kind: str) -> None:
    """The functions around it are kept, and the problem names the line."""
    guest = opened(f"import os\ndef f(): return 1\n{line}\ndef g(): return 2\n")
    assert guest.call("f", [], {}).value + guest.call("g", [], {}).value == 3
    (problem,) = guest.loaded.problems
    assert (problem.kind, problem.where, problem.text) == (kind, "line 3", line)


def test_a_cell_that_ends_the_loading_is_named(opened: Opened) -> None:
    """In a notebook the place is a cell and a line."""
    guest = opened("x = 1", "x = 2\nwhile True:\n    x += 1", "def f(): return x")
    assert guest.call("f", [], {}).value == 2
    (problem,) = guest.loaded.problems
    assert (problem.kind, problem.where) == ("slow", "cell 2, line 2")
    assert problem.text == "while True:"


def test_a_submission_that_never_loads_is_given_up(opened: Opened) -> None:
    """After three lines that had to be left out, the fourth is the submission's end."""
    with pytest.raises(NotLoaded, match=r"os\._exit\(4\)") as caught:
        opened(
            "import os\ndef f(): return x1, x2, x3, x4, x5\n"
            + "\n".join(f"x{n} = os._exit({n})" for n in range(1, 6))
        )
    error = caught.value
    assert isinstance(error.cause, Crashed)
    assert (error.where, error.text, error.before) == ("line 6", "x4 = os._exit(4)", 3)


def test_slow_lines_cost_one_attempt(opened: Opened) -> None:
    """Along with the first, all that no function needs is left out, and all of it is named."""
    guest = opened(
        "rate = 0.1\nwhile True: pass\ndef f(): return scale\nscale = int('2')\n"
        "while True: pass\nfor _ in iter(int, 1): pass\nprint(1)\nwhile True: pass\n"
        "def g(): return 3\nh = __import__('functools').partial(g)\nk = g"
    )
    assert guest.call("f", [], {}).value == 2
    assert guest.call("h", [], {}).value == guest.call("k", [], {}).value == 3
    assert guest.get("rate", "") == 0.1
    assert [(p.kind, p.where) for p in guest.loaded.problems] == [
        ("slow", "line 2"),
        *(("inessential", f"line {n}") for n in (5, 6, 7, 8)),
    ]


def test_an_import_that_hangs_is_left_out_by_name() -> None:
    """It has a budget of its own, and nothing else is left out with it."""
    source = (
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        while name == 'wave': pass\n"
        "sys.meta_path.insert(0, Finder())\n"
        "import wave\n"
        "x = [1]\nx.append(2)\n"
        "def f(): return x\n"
        "def g(): return wave\n"
    )
    limits = Limits(load_seconds=2, import_seconds=1)
    with Sandbox(limits=limits) as sandbox, sandbox.open(submission(source)) as guest:
        assert guest.call("f", [], {}).value == [1, 2]
        (problem,) = guest.loaded.problems
    assert (problem.kind, problem.where, problem.text) == ("import", "line 6", "import wave")
    assert problem.message == "still running after 1 s"


def test_an_import_in_a_function_is_not_its_own_time(opened: Opened) -> None:
    """What a library takes to be imported is charged to the imports' budget."""
    source = (
        "import sys, time\n"
        "class Finder:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        end = time.process_time() + 0.6\n"
        "        while name == 'wave' and time.process_time() < end: pass\n"
        "sys.meta_path.insert(0, Finder())\n"
        "def f():\n    import wave\n    return wave.__name__\n"
        "def g():\n    import wave\n    while True: pass\n"
    )
    guest = opened(source)
    guest.allow(0.3)
    assert guest.call("f", [], {}).value == "wave"
    with pytest.raises(TimedOut, match=r"after 0\.3 s"):
        guest.call("g", [], {})


def test_a_guest_that_says_it_imports_has_the_imports_budget() -> None:
    """And no more: whoever lies about it is ended like any other."""
    source = (
        "import os\nfrom autograder.sandbox import wire\n"
        "def f(number):\n"
        "    os.write(3, wire.pack(number, 'importing', [True], lambda v: (0, '', False)))\n"
        "    while True: pass\n"
    )
    limits = Limits(import_seconds=0.5)
    with Sandbox(limits=limits) as sandbox, sandbox.open(submission(source)) as guest:
        guest.allow(60)
        with pytest.raises(TimedOut, match=r"after 0\.5 s"):
            guest.call("f", [3], {})


def test_what_one_guest_was_too_slow_for_another_does_not_try(sandbox: Sandbox) -> None:
    """A submission's past is known to its next guest, which loads at once."""
    source, past = submission("while True: pass\ndef f(): return 1"), Past()
    sandbox.open(source, past).close()
    assert past.essential
    before = past.total.computed
    with sandbox.open(source, past) as guest:
        assert guest.call("f", [], {}).value == 1
        assert [problem.kind for problem in guest.loaded.problems] == ["slow"]
    assert past.total.computed - before < 0.4


def test_killing_the_zygote_is_a_fault_and_is_mended(opened_weakly: Opened) -> None:
    """The sandbox says that it failed, and the next guest has a new zygote."""
    guest = opened_weakly("import os, time\ndef f(): os.kill(os.getppid(), 9); time.sleep(60)")
    with pytest.raises(SandboxFault):
        guest.call("f", [], {})
    assert opened_weakly(HONEST).call("f", [1], {}).value == 2
