"""What a student's signature means, and which function was meant."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.sandbox.messages import Function, Parameter
from autograder.solution import adapt, resolve

SIGNATURES = {
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
