"""Which parts a reference has, and what is noted of its calls to them."""

from __future__ import annotations

import types

import numpy as np

from autograder.answers.callgraph import parts_in, unread_in
from autograder.answers.tracing import Trace

SOURCE = """
import numpy as np

def half(x, by=2):
    return x / by

def mean(x, weights):
    return half(np.sum(x))

def spread(x):
    return mean(x, None) + half(x[0])

class Net:
    def __init__(self, w):
        self.w = w
        self.seen = 0
        self.last = None

    def answer(self, x):
        self.seen += 1
        self.last = half(x)
        return self.last @ self.w

    def train(self, X):
        for x in X:
            self.w = self.w + self.answer(x)
        return self.seen
"""


def traced(of: str) -> tuple[types.ModuleType, Trace]:
    """The source as a module in which calls to the parts of `of` are noted."""
    module = types.ModuleType("solution")
    exec(SOURCE, module.__dict__)
    trace = Trace(unread_in(SOURCE))
    trace.function(module, of, iter(["half", "mean", "spread"]))
    if isinstance(kind := getattr(module, of), type):
        trace.methods(kind)
    return module, trace


def test_parts_are_what_is_mentioned_at_whatever_depth() -> None:
    """In the order of their definition; of a class, the methods that it calls itself."""
    assert parts_in(SOURCE) == {
        "half": (),
        "mean": ("half",),
        "spread": ("half", "mean"),
        "Net": ("half", "Net.answer"),
    }


def test_functions_that_call_each_other_have_each_other_as_parts() -> None:
    """And not themselves."""
    source = "def a(n): return b(n)\ndef b(n): return a(n) + c()\ndef c(): return c\n"
    assert parts_in(source) == {"a": ("b", "c"), "b": ("a", "c"), "c": ()}


def test_parameters_that_are_never_looked_at() -> None:
    """They may be missing in a student's definition."""
    assert unread_in(SOURCE)["mean"] == {"weights"}
    assert unread_in(SOURCE)["half"] == frozenset()


def test_calls_to_parts_are_noted_while_the_function_runs() -> None:
    """With all arguments, which of them are defaults, and which are not read."""
    module, trace = traced("spread")
    module.half(1.0)
    assert trace.calls == []
    assert module.spread(np.array([2.0, 4.0])) == 4.0
    names = [(call.name, call.defaulted, call.unread, call.value) for call in trace.calls]
    assert names == [
        ("half", ("by",), (), 3.0),
        ("mean", (), ("weights",), 3.0),
        ("half", ("by",), (), 1.0),
    ]
    assert trace.calls[0].arguments == {"x": 6.0, "by": 2}


def test_calls_between_methods_are_noted_with_the_state_of_the_object() -> None:
    """What a method looks at before it sets it, and what it leaves changed."""
    module, trace = traced("Net")
    net = module.Net(np.array([1.0, 1.0]))
    net.answer(np.array([2.0, 2.0]))
    methods = [call for call in trace.calls if call.name == "Net.answer"]
    assert methods == []  # the probe's own call
    net.train([np.array([2.0, 0.0])])
    (call,) = (call for call in trace.calls if call.name == "Net.answer")
    assert call.value == 1.0
    assert list(call.arguments) == ["x"]
    assert sorted(call.reads) == ["seen", "w"]
    assert np.array_equal(call.reads["w"], [1.0, 1.0])
    assert sorted(call.writes) == ["last", "seen"]
    assert call.writes["seen"] == 2
