"""What honest submissions do in a guest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.errors import (
    Missing,
    NotAttempted,
    SandboxFault,
    StudentRaised,
    SubmissionError,
    WrongAnswer,
)
from autograder.sandbox.host.messages import Handle
from autograder.sandbox.host.sandbox import Guest
from autograder.sandbox.wire import Opaque

Opened = Callable[..., Guest]

NETWORK = '''
import numpy as np

class MLP:
    """A network."""
    def __init__(self, n):
        self.n = n
        self.W = np.ones((n, n))
    def forward(self, x, scale=1.0):
        return self.W @ x * scale
    @property
    def broken(self):
        return {}["no such key"]
    def __getitem__(self, key):
        return ("item", key)

def twice(x):
    return x * 2

def shape_of(d, key):
    return d[key].shape

def outer(x):
    return inner(x) + 1

def inner(x):
    return x * 2

def stub(x):
    raise NotImplementedError("write me")

def calls_the_stub(x):
    return stub(x)

learning_rate = 0.5
'''


def test_calls_return_plain_data(opened: Opened) -> None:
    """An array goes in, an array of the same dtype comes out."""
    reply = opened(NETWORK).call("twice", [np.arange(3, dtype=np.int32)], {})
    assert reply.value.dtype == np.int32
    assert reply.value.tolist() == [0, 2, 4]
    assert (reply.mutated, reply.output, reply.lenient) == ((), "", ())


def test_an_np_matrix_travels_as_an_array_and_is_told(opened: Opened) -> None:
    """By itself or within what came back, and by its names where something is raised."""
    guest = opened(
        "import numpy as np\n"
        "def inside(x):\n    return {'a': 1, 'b': np.matrix(x)}\n"
        "def plain(x):\n    return np.asarray(np.matrix(x))\n"
        "def raising(x):\n    row, other = np.matrix(x), x\n    return row * other\n"
    )
    found = guest.call("inside", [np.ones(3)], {})
    assert found.matrix
    assert type(found.value["b"]) is np.ndarray
    assert not guest.call("plain", [np.ones(3)], {}).matrix
    with pytest.raises(StudentRaised) as caught:
        guest.call("raising", [np.ones((2, 3))], {})
    assert caught.value.matrices == ("row",)


def test_functions_and_names_are_listed(opened: Opened) -> None:
    """The host knows what can be called, and how."""
    loaded = opened(NETWORK).loaded
    assert {"MLP", "twice", "stub"} <= set(loaded.functions)
    assert [p.name for p in loaded.functions["shape_of"].parameters] == ["d", "key"]
    assert loaded.functions["stub"].empty
    assert "learning_rate" in loaded.names
    assert loaded.problems == ()


def test_objects_are_used_through_handles(opened: Opened) -> None:
    """Construct, read, write, call a method, index."""
    guest = opened(NETWORK)
    net = guest.call("MLP", [2], {}).value
    assert isinstance(net, Handle)
    assert (net.type_name, net.callable) == ("MLP", False)
    assert guest.get(net, "n") == 2
    guest.set(net, "W", np.full((2, 2), 3.0))
    forward = guest.get(net, "forward")
    assert forward.callable
    assert guest.call(forward, [np.ones(2)], {"scale": 0.5}).value.tolist() == [3.0, 3.0]
    assert guest.item(net, (1, "k")) == ("item", (1, "k"))
    assert guest.get("learning_rate", "") == 0.5


def test_one_object_has_one_handle(opened: Opened) -> None:
    """Two answers that are the same object give equal handles, also nested in a list."""
    guest = opened("shared = {1, 2}\ndef one(): return shared\ndef two(): return [shared]")
    assert guest.call("one", [], {}).value == guest.call("two", [], {}).value[0]


def test_handles_go_back_as_the_object(opened: Opened) -> None:
    """A handle among the arguments is the object itself."""
    guest = opened("def make(): return {1, 2, 3}\ndef size(s): return len(s)")
    assert guest.call("size", [guest.call("make", [], {}).value], {}).value == 3


def test_handles_mean_nothing_in_another_guest(opened: Opened) -> None:
    """A handle of another guest is refused before anything is sent."""
    source = "def make(): return object()\ndef same(x): return x"
    handle = opened(source).call("make", [], {}).value
    other = opened(source)
    with pytest.raises(SandboxFault, match="handle of this guest"):
        other.call("same", [handle], {})
    assert other.call("same", [1], {}).value == 1


def test_keys_in_another_case_are_found_and_said(opened: Opened) -> None:
    """`parameters['w1']` finds W1, and the reply says which key was written."""
    reply = opened(NETWORK).call("shape_of", [{"W1": np.ones((2, 3)), "b1": 0}, "w1"], {})
    assert reply.value == (2, 3)
    assert reply.lenient == ("w1",)


def test_ambiguous_keys_are_not_guessed(opened: Opened) -> None:
    """Of A1 and a1, neither is taken for another spelling."""
    guest = opened("def f(d): return d['Aa']")
    with pytest.raises(StudentRaised, match="KeyError: 'Aa'"):
        guest.call("f", [{"AA": 1, "aa": 2}], {})


NAMES = """
import copy, pickle

def as_an_array(parameters):
    return parameters.shape

def compared(parameters):
    return parameters < 1

class MLP:
    def add(self, other):
        return self + other

def added():
    return MLP().add(1)

def unknown():
    raise TypeError(f"what is {MLP}?")

def kept(parameters):
    return pickle.loads(pickle.dumps(parameters))

def copied(parameters):
    return copy.deepcopy(parameters)["w1"]
"""


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("as_an_array", [{"W1": 1}], "'dict' object has no attribute 'shape'"),
        ("compared", [{"W1": 1}], "'<' not supported between instances of 'dict' and 'int'"),
        ("added", [], "unsupported operand type(s) for +: 'MLP' and 'int'"),
        ("unknown", [], "what is <class 'MLP'>?"),
    ],
)
def test_messages_know_no_names_of_ours(
    opened: Opened, name: str, arguments: list[Any], text: str
) -> None:
    """Python's own messages speak of dicts and of the student's classes alone."""
    with pytest.raises(StudentRaised) as caught:
        opened(NAMES).call(name, arguments, {})
    assert caught.value.text == text


def test_a_dict_is_pickled_and_copied(opened: Opened) -> None:
    """A file of parameters holds a plain dict; a copy finds keys in another case, too."""
    guest = opened(NAMES)
    assert guest.call("kept", [{"W1": 1}], {}).value == {"W1": 1}
    assert guest.call("copied", [{"W1": 1}], {}).value == 1


def test_a_value_may_be_lent(opened: Opened) -> None:
    """A global that is not there is there while it is lent; one of their own stays theirs."""
    guest = opened("m = 3\ndef f(): return m, n")
    with pytest.raises(StudentRaised, match="name 'n' is not defined"):
        guest.call("f", [], {})
    with guest.lent({"m": 10, "n": 20}):
        assert guest.call("f", [], {}).value == (3, 20)
    with pytest.raises(StudentRaised, match="name 'n' is not defined"):
        guest.call("f", [], {})


def test_a_dict_comes_back_as_a_dict(opened: Opened) -> None:
    """The leniency of a dict does not travel."""
    reply = opened("def f(d): return d").call("f", [{"W1": 1, 2: (None,)}], {})
    assert type(reply.value) is dict
    assert reply.value == {"W1": 1, 2: (None,)}


def test_what_changed_in_place_is_named(opened: Opened) -> None:
    """By position, by keyword, and inside of a dict or list; the host's own stay the same."""
    guest = opened(
        "def f(x, d, items, scale):\n"
        "    x += 1\n    d['W1'][0] = 9\n    d['new'] = 1\n    items[1].append(2)\n"
        "    scale[:] = 0\n    return d['same']"
    )
    x, d = np.zeros(2), {"W1": np.ones(2), "same": np.array([np.nan])}
    reply = guest.call("f", [x, d, [1, []]], {"scale": np.ones(1)})
    assert reply.mutated == ("0", "1['W1']", "1['new']", "2[1]", "scale")
    assert x.tolist() == [0, 0]
    assert d["W1"].tolist() == [1, 1]


def test_an_exception_tells_the_students_lines(opened: Opened) -> None:
    """Only lines of the submission, the outermost first."""
    guest = opened("def f(x):\n    return g(x)\n\ndef g(x):\n    return [][x]\n")
    with pytest.raises(StudentRaised) as caught:
        guest.call("f", [3], {})
    assert caught.value.type_name == "IndexError"
    assert caught.value.text == "list index out of range"
    frames = [(f.where, f.function, f.text) for f in caught.value.frames]
    assert frames == [("line 2", "f", "return g(x)"), ("line 5", "g", "return [][x]")]


def test_an_exception_in_a_notebook_tells_the_cell(opened: Opened) -> None:
    """Where it is said the way that a student finds it."""
    guest = opened("x = 1", "\ndef f():\n    return 1 / 0")
    with pytest.raises(StudentRaised) as caught:
        guest.call("f", [], {})
    assert caught.value.frames[-1].where == "cell 2, line 3"


def test_a_stub_is_not_attempted(opened: Opened) -> None:
    """NotImplementedError is no error of a function that the student wrote, but of the stub."""
    guest = opened(NETWORK)
    for target in ("stub", "calls_the_stub"):
        with pytest.raises(NotAttempted) as caught:
            guest.call(target, [1], {})
        assert caught.value.name == "stub"


def test_a_method_of_a_class_is_not_attempted_by_its_full_name(opened: Opened) -> None:
    """`__init__` alone would not say whose."""
    guest = opened("class MLP:\n    def __init__(self):\n        raise NotImplementedError")
    with pytest.raises(NotAttempted, match=r"MLP\.__init__"):
        guest.call("MLP", [], {})


def test_a_librarys_not_implemented_is_an_exception(opened: Opened) -> None:
    """Only the student's own line makes it a stub."""
    guest = opened("import io\ndef f(): return io.BufferedIOBase().read()")
    with pytest.raises(SubmissionError) as caught:
        guest.call("f", [], {})
    assert not isinstance(caught.value, NotAttempted)


def test_missing_names_are_missing(opened: Opened) -> None:
    """A function, and an attribute of an object."""
    guest = opened(NETWORK)
    with pytest.raises(Missing, match="predict"):
        guest.call("predict", [], {})
    net = guest.call("MLP", [1], {}).value
    with pytest.raises(Missing, match=r"MLP\.weights"):
        guest.get(net, "weights")
    with pytest.raises(StudentRaised, match="KeyError"):
        guest.get(net, "broken")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("f = 3", "`f` is an int, not a function."),
        ("def f():\n    x = []\n    x.append(x)\n    return x", "nested deeper than 16 levels"),
        ("import numpy as np\ndef f(): return np.zeros(10**7)", "more than 16 MB of arrays"),
        ("def f(): return [0] * 10**6", "more than 200,000 items"),
    ],
)
def test_an_unusable_answer_is_explained(opened: Opened, source: str, words: str) -> None:
    """What cannot be sent is a wrong answer in a sentence, and the guest goes on."""
    guest = opened(source + "\ndef g(): return 1")
    with pytest.raises(WrongAnswer, match=words):
        guest.call("f", [], {})
    assert guest.call("g", [], {}).value == 1


def test_an_array_of_words_is_described(opened: Opened) -> None:
    """It comes back as a description, and cannot be passed on to the next function."""
    guest = opened("import numpy as np\ndef f(): return np.array(['a'])\ndef g(x): return 1")
    value = guest.call("f", [], {}).value
    assert isinstance(value, Opaque)
    with pytest.raises(WrongAnswer, match="cannot be passed on"):
        guest.call("g", [value], {})


def test_output_is_kept_and_capped(opened: Opened) -> None:
    """What a call prints comes with its reply, up to the limit, without control characters."""
    guest = opened(
        "import sys\n"
        "def f(): print('\\x1b[31mhello'); print('warn', file=sys.stderr)\n"
        "def g(): print('x' * 1_000_000)\n"
    )
    assert guest.call("f", [], {}).output == "hello\nwarn\n"
    output = guest.call("g", [], {}).output
    assert output.startswith("x" * 1000)
    assert output.endswith("\n[999,001 more bytes were left out]")
    assert guest.call("f", [], {}).output == "hello\nwarn\n"


def test_output_of_a_call_that_raised_is_kept(opened: Opened) -> None:
    """What was printed before an exception can still be shown."""
    guest = opened("def f():\n    print('so far')\n    return 1 / 0")
    with pytest.raises(StudentRaised):
        guest.call("f", [], {})
    assert guest.output == "so far\n"


def test_seeding_makes_draws_repeat(opened: Opened) -> None:
    """Whatever happened to the random state before, the same seed gives the same draws."""
    guest = opened(
        "import random, numpy as np\n"
        "def draw(): return random.random(), np.random.rand(2)\n"
        "def disturb(): np.random.set_state(np.random.RandomState(9).get_state()); draw()\n"
        "def patch(): np.random.seed = random.seed = lambda *a: None; draw()\n"
    )
    guest.seed(11)
    first = guest.call("draw", [], {}).value
    for trouble in ("disturb", "patch"):
        guest.call(trouble, [], {})
        guest.seed(11)
        again = guest.call("draw", [], {}).value
        assert again[0] == first[0]
        assert again[1].tolist() == first[1].tolist()
    assert first[1].tolist() == np.random.RandomState(11).rand(2).tolist()


def test_calls_to_substituted_functions_are_asked(opened: Opened) -> None:
    """The host's answer is what the call returns, as a copy; afterwards all is as before."""
    guest = opened(NETWORK)
    asked: list[Any] = []

    def answer(name: str, args: list[Any], kwargs: dict[str, Any]) -> tuple[bool, Any]:
        asked.append((name, args, kwargs))
        return True, args[0] * 100

    with guest.substituted(["inner", "no_such_function"], answer):
        assert guest.call("outer", [np.array(2.0)], {}).value == 201
        # A call of the host's goes to the student's own function.
        assert guest.call("inner", [4], {}).value == 8
    assert [(name, kwargs) for name, _, kwargs in asked] == [("inner", {})]
    assert guest.call("outer", [2], {}).value == 5


def test_a_declined_question_runs_the_students_function(opened: Opened) -> None:
    """(False, None) leaves the call to the submission."""
    guest = opened(NETWORK)
    with guest.substituted(["inner"], lambda *_: (False, None)):
        assert guest.call("outer", [2], {}).value == 5


def test_an_answer_may_make_calls_of_its_own(opened: Opened) -> None:
    """A request inside of a question is answered before it."""
    guest = opened(NETWORK)

    def answer(name: str, args: list[Any], kwargs: dict[str, Any]) -> tuple[bool, Any]:
        return True, guest.call("twice", [args[0] + 1], {}).value

    with guest.substituted(["inner"], answer):
        assert guest.call("outer", [2], {}).value == 7


def test_an_answer_that_raises_ends_the_call(opened: Opened) -> None:
    """The host's exception comes out of the call, and the guest can go on."""
    guest = opened(
        "def f(x):\n    try:\n        return g(x)\n    except:\n        return 0\n"
        "def g(x): return x"
    )

    def answer(*_: Any) -> tuple[bool, Any]:
        raise LookupError("no answer recorded")

    with (
        guest.substituted(["g"], answer),
        pytest.raises(LookupError, match="no answer recorded"),
    ):
        guest.call("f", [1], {})
    assert guest.call("f", [1], {}).value == 1


def test_threads_do_not_ask(opened: Opened) -> None:
    """A substituted function that a student's thread calls is the student's own."""
    guest = opened(
        "import threading\n"
        "def f():\n"
        "    found = []\n"
        "    t = threading.Thread(target=lambda: found.append(g()))\n"
        "    t.start(); t.join()\n"
        "    return found, g()\n"
        "def g(): return 'own'\n"
    )
    with guest.substituted(["g"], lambda *_: (True, "host's")):
        assert guest.call("f", [], {}).value == (["own"], "host's")


def test_large_arrays_go_both_ways(opened: Opened) -> None:
    """Frames larger than any socket buffer arrive whole."""
    x = np.arange(1_500_000.0)
    assert np.array_equal(opened(NETWORK).call("twice", [x], {}).value, 2 * x)


def test_an_own_kind_of_error_is_of_the_kind_that_it_refines(opened: Opened) -> None:
    """`class WrongSize(ValueError)` is a ValueError; one of no known kind keeps its name."""
    guest = opened(
        "class WrongSize(ValueError): pass\n"
        "class Mine(Exception): pass\n"
        "def refine(): raise WrongSize('x')\n"
        "def mine(): raise Mine('x')\n"
    )
    for name, kind in (("refine", "ValueError"), ("mine", "Mine")):
        with pytest.raises(StudentRaised) as caught:
            guest.call(name, [], {})
        assert caught.value.type_name == kind


def test_an_attribute_is_set_whatever_numpy_has_become(opened: Opened) -> None:
    """A submission that replaces NumPy's names changes its own code, and not the setting."""
    guest = opened(
        "import numpy as np\n"
        "class Neuron:\n"
        "    def __init__(self):\n"
        "        self.w = None\n"
        "    @property\n"
        "    def weights(self):\n"
        "        return self.w[1:]\n"
        "    @property\n"
        "    def bias(self):\n"
        "        return self.w[0]\n"
        "def make():\n"
        "    neuron = Neuron()\n"
        "    np.ndarray = np.zeros = lambda *args: True\n"
        "    return neuron\n"
    )
    neuron = guest.call("make", [], {}).value
    guest.set(neuron, "weights", np.array([1.0, 2.0]))
    guest.set(neuron, "bias", 3.0)
    assert guest.get(neuron, "w").tolist() == [3.0, 1.0, 2.0]
