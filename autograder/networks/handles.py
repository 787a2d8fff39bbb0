"""Questions to a model, its layers and its weights, wherever they are."""

from __future__ import annotations

import contextlib
import importlib
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from autograder.errors import StudentRaised, WrongAnswer

REFUSED: tuple[type[Exception], ...] = (  # what an object answers that is not as it should be
    StudentRaised,
    WrongAnswer,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    RuntimeError,
)


_PLAIN = (str, bytes, int, float, complex, tuple, list, dict, set, frozenset, np.ndarray)


def library(model: Any, name: str) -> Any:
    """A library where the model lives. Raises WrongAnswer for what is plain data here.

    A named tuple of a submission may have whatever attributes a model has.
    """
    there = getattr(type(model), "__library__", None)
    if there is not None:
        return there(model, name)
    if model is None or isinstance(model, _PLAIN):
        raise WrongAnswer(
            f"A model is needed here, but a value of type {type_name(model)} came."
        )
    return importlib.import_module(name)


def aside(model: Any) -> AbstractContextManager[None]:
    """While it lasts, what a model is asked is no answer of the student's function."""
    there = getattr(type(model), "__aside__", None)
    return there(model) if there is not None else contextlib.nullcontext()


def numbers(value: Any) -> np.ndarray[Any, Any]:
    """A tensor, an array or numbers as an array. Raises ValueError for anything else."""
    value = value.numpy() if hasattr(value, "numpy") else value
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise ValueError("no numbers")
    return array


def dimensions(shape: Any) -> tuple[int, ...]:
    """A variable's shape, which TensorFlow has a class of its own for."""
    return tuple(int(n) for n in (shape if isinstance(shape, tuple) else shape.as_list()))


def key(thing: Any) -> tuple[str, int]:
    """A key that tells two objects of a guest apart: a handle's number, or the object."""
    handle = getattr(thing, "__dict__", {}).get("_handle")
    return ("handle", handle.id) if handle is not None else ("object", id(thing))


def type_name(handle: Any) -> str:
    """The name of an object's class."""
    return getattr(handle, "__type_name__", None) or type(handle).__name__


def attribute(handle: Any, name: str) -> Any:
    """An attribute, or None where there is none."""
    try:
        return getattr(handle, name)
    except (StudentRaised, AttributeError):
        return None
