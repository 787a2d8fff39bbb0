"""What a student's signature means, and which function was meant."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.sandbox.host.messages import Function, Parameter
from autograder.solution.signatures import (
    adapt,
    given_back,
    other_defaults,
    parameters_in,
    resolve,
    with_defaults,
)

SIGNATURES = {
    "initialize_parameters": ("n_x", "n_h", "n_y"),
    "forward_propagation": ("X", "parameters"),
    "compute_cost": ("A2", "Y", "parameters"),
    "nn_model": ("X", "Y", "n_h", "num_iterations", "print_cost"),
}


def function(name: str, *parameters: str, empty: bool = False, known: bool = True) -> Function:
    """A student's function; `x=` has a default, `*x` and `**x` take the rest."""
    found = []
    for text in parameters:
        kind = {"**": "var_keyword", "*": "var_positional"}.get(
            text[: len(text) - len(text.lstrip("*"))], "positional"
        )
        found.append(Parameter(text.strip("*="), kind, text.endswith("=")))
    return Function(name, tuple(found), known, empty)


def adapted(
    mine: Function, *args: Any, **kwargs: Any
) -> tuple[tuple[Any, ...], dict[str, Any], str]:
    """The call that a student's function gets, and what is remarked."""
    remarks: list[str] = []
    names = SIGNATURES[mine.name]
    positional, keywords = adapt(mine, names, args, kwargs, remarks.append)
    return positional, keywords, " ".join(remarks)


def test_the_usual_signature_is_called_as_it_is() -> None:
    """No remark where nothing is unusual, whatever the arguments are called."""
    assert adapted(function("compute_cost", "a", "b", "c"), 1, 2, 3) == ((1, 2, 3), {}, "")


def test_fewer_arguments() -> None:
    """A cost that needs no parameters is called without, and that is said."""
    args, kwargs, remark = adapted(function("compute_cost", "A2", "Y"), 1, 2, 3)
    assert (args, kwargs) == ((1, 2), {})
    assert remark == "compute_cost takes 2 arguments; it was called with these alone."


def test_another_order_of_the_task_s_names() -> None:
    """The task's own names in another order are matched by name."""
    args, kwargs, remark = adapted(function("compute_cost", "Y", "A2", "parameters"), 1, 2, 3)
    assert (args, kwargs) == ((), {"A2": 1, "Y": 2, "parameters": 3})
    assert "takes (Y, A2, parameters)" in remark


def test_keywords_by_their_place() -> None:
    """`iterations` in the place of num_iterations is meant to be it."""
    mine = function("nn_model", "X", "Y", "n_h", "iterations=")
    args, kwargs, remark = adapted(mine, 1, 2, 3, num_iterations=20)
    assert (args, kwargs) == ((1, 2, 3), {"iterations": 20})
    assert remark == "nn_model calls its argument 'num_iterations' 'iterations'."


def test_keywords_that_are_not_there() -> None:
    """A function that fixes its iterations is called without them, and that is said."""
    args, kwargs, remark = adapted(function("nn_model", "X", "Y", "n_h"), 1, 2, 3,
                                   num_iterations=20)  # fmt: skip
    assert (args, kwargs) == ((1, 2, 3), {})
    assert remark == "nn_model takes no argument 'num_iterations'; it was called without."


def test_functions_that_take_anything() -> None:
    """`*args`, `**kwargs` and unknown signatures get the call as it is."""
    for mine in (function("nn_model", "*args", "**kw"), function("nn_model", known=False)):
        assert adapted(mine, 1, 2, print_cost=True) == ((1, 2), {"print_cost": True}, "")


@pytest.mark.parametrize(
    ("defined", "found"),
    [
        (function("forward_propagation", "X", "p"), "forward_propagation"),
        (function("forward_prop", "X", "p"), "forward_prop"),
        (function("forward", "X", "p"), "forward"),
        (function("ForwardPropagation", "X", "p"), "ForwardPropagation"),
        (function("foward_propagation", "X", "p"), "foward_propagation"),
        (function("forward_prop", "X", "p", "a", "b"), None),
        (function("forward_prop", "X", "p", empty=True), None),
        (function("backward_propagation", "a", "b", "c", "d"), None),
        (function("plot", "X", "p"), None),
        (function("compute_cost", "A2", "Y"), None),
    ],
)
def test_near_names(defined: Function, found: str | None) -> None:
    """A near name with as many arguments is taken; another task's function never is."""
    assert resolve("forward_propagation", {defined.name: defined}, SIGNATURES) == found


@pytest.mark.parametrize(
    ("name", "defined", "found"),
    [
        ("nn_model", function("neural_network_model", "X", "Y", "n_h", "n="), True),
        ("nn_model", function("neural_nets_model", "X", "Y", "n_h", "n=", "p="), True),
        ("nn_model", function("new_plot", "X", "Y", "n_h", "n="), False),
        ("forward_propagation", function("fp", "X", "p"), True),
        ("initialize_parameters", function("initialize_weights_and_bias", "n_x", "n_h", "n_y"),
         True),
        ("initialize_parameters", function("initialize_velocity", "a", "b", "c"), False),
        ("initialize_parameters", function("initialize_adam", "parameters"), False),
    ],
)  # fmt: skip
def test_names_of_other_kinds(name: str, defined: Function, found: bool) -> None:
    """Spelt-out initials count, and the same first word where the arguments are the task's."""
    taken = resolve(name, {defined.name: defined}, SIGNATURES)
    assert taken == (defined.name if found else None)


def test_two_that_may_be_meant_are_none() -> None:
    """Where two functions fit as well, neither is taken."""
    both = [function("neural_network_model", "X", "Y", "n_h", "n="),
            function("neural_net_model", "X", "Y", "n_h", "n=")]  # fmt: skip
    assert resolve("nn_model", {one.name: one for one in both}, SIGNATURES) is None


def test_an_argument_that_the_task_does_not_have() -> None:
    """compute_cost(A2, X, Y): A2 and Y go by their names, X gets what is left."""
    args, kwargs, remark = adapted(function("compute_cost", "A2", "X", "Y"), 1, 2, 3)
    assert (args, kwargs) == ((), {"A2": 1, "Y": 2, "X": 3})
    assert remark == "compute_cost takes (A2, X, Y); the arguments were matched by name."


def test_one_s_own_names_stay_in_their_places() -> None:
    """compute_cost(A, Y, p) shares one name, at its own place: nothing has moved."""
    mine = function("compute_cost", "A", "Y", "p")
    assert adapted(mine, 1, 2, 3) == ((1, 2, 3), {}, "")


SOURCE = """
def step(parameters, grads, learning_rate=1.2, *, verbose=False):
    pass

class MLP:
    def __init__(self, ni, nh=2):
        pass

    def train(self, patterns, iterations, N=0.5, M=0.1, then=print):
        pass
"""


def test_parameters_are_read_from_the_source() -> None:
    """Functions, methods and classes, each parameter with its plain default or with none."""
    found = parameters_in(SOURCE)
    assert found["step"] == [
        ("parameters", []), ("grads", []), ("learning_rate", [1.2]), ("verbose", [False]),
    ]  # fmt: skip
    assert found["MLP"] == [("ni", []), ("nh", [2])]
    assert found["MLP.train"][2:] == [("N", [0.5]), ("M", [0.1]), ("then", [])]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("step() missing 1 required positional argument: 'learning_rate'",
         ((1, 2), {"learning_rate": 1.2})),
        ("step() missing 1 required positional argument: 'lr'", ((1, 2, 1.2), {})),
        ("step() missing 2 required positional arguments: 'lr' and 'x'", None),
        ("step() missing 1 required positional argument: 'grads'", None),
        ("unsupported operand", None),
    ],
)  # fmt: skip
def test_a_default_that_is_not_there(text: str, filled: Any) -> None:
    """The task's default is lent by name, or by its place; what has none is not made up."""
    known = [("parameters", []), ("grads", []), ("learning_rate", [1.2])]
    found = with_defaults(text, known, (1, 2), {})
    assert (found and found[:2]) == filled


def test_another_default_is_named() -> None:
    """Only where the call relies on it, with both values."""
    known = [("parameters", []), ("learning_rate", [1.2])]
    mine = Function(
        "step",
        (Parameter("p", "positional", False), Parameter("lr", "positional", True, (0.6,))),
        signature_known=True,
        empty=False,
    )
    said = ["step has the default lr=0.6; the task's is 1.2."]
    assert other_defaults(mine, known, ["parameters"]) == said
    assert other_defaults(mine, known, ["parameters", "learning_rate"]) == []


def test_what_functions_give_back() -> None:
    """The object, one of its attributes, or what fit returns; of others nothing is said."""
    source = (
        "class Net:\n"
        "    def fit(self):\n        return self\n\n"
        "    def test(self):\n        return self.answers\n\n"
        "    def sum(self):\n        return self.a + self.b\n\n"
        "def train(model, x):\n    return model.fit(x)\n"
    )
    assert given_back(source) == {"Net.fit": "", "Net.test": "answers", "train": "fit()"}
