"""The functions and classes of a submission are described as they are in the end."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.guest.loading.support import notebook, script


def test_parameters_are_described() -> None:
    """Every kind of parameter is named as the protocol names it."""
    function = script("def f(a, /, b, *c, d, e=1, **g): return a\n").function("f")
    assert [(p["name"], p["kind"], p["has_default"]) for p in function["parameters"]] == [
        ("a", "positional", False),
        ("b", "positional", False),
        ("c", "var_positional", False),
        ("d", "keyword_only", False),
        ("e", "keyword_only", True),
        ("g", "var_keyword", False),
    ]
    assert function["signature_known"] is True


@pytest.mark.parametrize(
    "parameters",
    ["", "a, b=1", "a, /, b, *c, d, e=2, **k", "*, x", "a=1, *rest", "**k", "a, /, *, b=None"],
)
def test_parameters_are_those_of_inspect(parameters: str) -> None:
    """What is read off a plain function is what `inspect.signature` says of a wrapped one."""
    plain = script(f"def f({parameters}):\n    x = 1\n    return x\n").function("f")
    wrapped = script(
        f"import functools\ndef g({parameters}):\n    return 1\n"
        "@functools.wraps(g)\ndef f(*a, **k):\n    return g(*a, **k)\n"
    ).function("f")
    assert plain["parameters"] == wrapped["parameters"]


def test_a_class_is_described_by_its_initialiser() -> None:
    """A class counts as a function of its `__init__`'s parameters, without self."""
    function = script(
        "class MLP:\n    def __init__(self, n_x, n_h=4): self.n = n_x\n"
    ).function("MLP")
    assert [p["name"] for p in function["parameters"]] == ["n_x", "n_h"]
    assert not function["empty"]


def test_only_what_the_submission_defines_is_described() -> None:
    """Imported functions and classes are not theirs; assigned and wrapped ones are."""
    loading = script(
        "from math import sqrt\nfrom fractions import Fraction\nimport numpy as np\n"
        "from functools import lru_cache, partial\n"
        "square = lambda x: x * x\ntanh = np.tanh\nmul = np.dot\n"
        "root = partial(sqrt)\nnumber = 3\n"
        "@lru_cache\ndef cached(x): return x\n"
        "@np.vectorize\ndef step(x): return 1 if x > 0 else 0\n"
        "again = square\n"
    )
    assert loading.functions == {"square", "tanh", "mul", "root", "cached", "step", "again"}


def test_an_object_that_fights_being_asked_has_no_signature() -> None:
    """A signature that raises is unknown, and costs nothing else."""
    loading = script(
        "class M(type):\n    @property\n    def __signature__(self): raise SystemExit\n"
        "class A(metaclass=M): x = 1\ndef f(x): return x\n"
    )
    assert loading.function("A")["signature_known"] is False
    assert loading.function("f")["signature_known"] is True


@pytest.mark.parametrize(
    "body",
    [
        '"""Doc."""',
        "pass",
        "...",
        "return",
        "return None",
        '"""Doc."""\n    # YOUR CODE HERE\n    raise NotImplementedError',
        'raise NotImplementedError("later")',
        '"""Doc."""\n    pass\n    return None',
    ],
)
def test_a_stub_is_empty(body: str) -> None:
    """A body that says nothing is the stub's."""
    assert script(f"def f(x):\n    {body}\n").function("f")["empty"] is True


@pytest.mark.parametrize(
    "body", ["return 0", "x = 1", "return x", "raise ValueError", "print(x)"]
)
def test_a_body_that_does_anything_is_not_empty(body: str) -> None:
    """One statement of one's own is an attempt."""
    assert script(f"def f(x):\n    {body}\n").function("f")["empty"] is False


def test_a_decorated_stub_is_empty() -> None:
    """Decorators above a stub do not make it an attempt."""
    loading = script(
        "import functools\n@functools.lru_cache\n@functools.cache\ndef f(x):\n    pass\n"
    )
    assert loading.function("f")["empty"] is True


def test_a_class_of_stubs_is_empty() -> None:
    """A class is empty when all of its methods are."""
    loading = script(
        "class A:\n    '''Doc.'''\n    def __init__(self, n): pass\n    def go(self): ...\n"
        "class B:\n    def __init__(self, n): self.n = n\n    def go(self): ...\n"
    )
    assert loading.function("A")["empty"] is True
    assert loading.function("B")["empty"] is False


def test_the_last_definition_counts() -> None:
    """A function written twice is noted, with the line that counts."""
    loading = notebook("def f(x): return 1", "", "def f(x, y): return 2")
    problem = loading.the("redefined")
    assert (problem["where"], problem["text"], problem["names"]) == ("cell 3, line 1", "f", [])
    assert "cell 3, line 1" in problem["message"]
    assert len(loading.function("f")["parameters"]) == 2


def test_a_failed_second_definition_leaves_the_first() -> None:
    """What counts is what is there: the note names the first when the second failed."""
    loading = script("def f(x): return 1\ndef f(x=missing): return 2\n")
    assert loading.the("redefined")["where"] == "line 1"
    assert loading.namespace["f"](0) == 1


@pytest.mark.parametrize("second", ["def f(x): return 1", "def f(x): pass"])
def test_a_copy_or_a_stub_is_no_redefinition(second: str) -> None:
    """The same text again, or an empty one, is not worth a note."""
    assert notebook("def f(x): return 1", second).problems("redefined") == []
