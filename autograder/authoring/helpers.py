"""Helpers that a probe may use beside the code under test."""

from __future__ import annotations

import importlib.util
import types
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.authoring.nouns import (
    Solution,
)
from autograder.errors import CourseError
from autograder.errors import NotAttempted as NotAttempted  # these three for probes to catch
from autograder.errors import StudentRaised as StudentRaised
from autograder.errors import WrongAnswer as WrongAnswer
from autograder.networks import curves as curves
from autograder.networks import network as network
from autograder.networks import training as training

# Told of each comparison with labels, where somebody draws it. It decides nothing.
LISTENER: ContextVar[Callable[[Any, Any], None] | None] = ContextVar("LISTENER", default=None)


def accuracy(predicted: ArrayLike, labels: ArrayLike) -> float:
    """The share of `predicted` that equals `labels`, in 0..1; any shape, same size.

    Booleans, integers and floats are all classes: True, 1 and 1.0 are one class.
    """
    try:
        found = np.asarray(predicted, dtype=float).ravel()
    except (TypeError, ValueError):
        raise WrongAnswer("The predictions are not numbers.") from None
    wanted = np.asarray(labels, dtype=float).ravel()
    if found.size != wanted.size:
        raise WrongAnswer(f"There are {found.size} predictions for {wanted.size} examples.")
    if (listener := LISTENER.get()) is not None:
        listener(found, wanted)
    return float(np.mean(found == wanted))


def handed_in(solution: Solution, name: str) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of a safetensors file that lies beside a submission, by their names.

    name   "model.safetensors"; `extra_files` in assignment.toml lets it come along.

    The file is read where `solution` runs. Raises WrongAnswer, in words for the student, where
    it is not there, is damaged or holds anything but arrays.
    """
    if not name.endswith(".safetensors"):
        raise CourseError(f"Expected the name of a safetensors file, but got {name!r}.")
    if importlib.util.find_spec("safetensors") is None:  # never a guest's word for it
        raise CourseError(
            "The package safetensors is not installed here.", hint="pip install safetensors"
        )
    try:
        found = library(solution, "safetensors.numpy").load_file(name)
    except StudentRaised as error:
        if error.type_name == "FileNotFoundError":
            raise WrongAnswer(
                f"{name} is not there. Save your arrays with safetensors, and hand that in "
                "beside your own."
            ) from None
        raise WrongAnswer(
            f"{name} cannot be read. Save your arrays again, with save_file of safetensors, "
            "and hand in the whole file."
        ) from None
    if not isinstance(found, dict):
        raise WrongAnswer(f"{name} holds no arrays.")
    for key, array in found.items():
        if not isinstance(key, str) or not isinstance(array, np.ndarray):
            raise WrongAnswer(f"{name} holds something other than arrays with names.")
    return found


def library(solution: Solution, name: str) -> Any:
    """A library as it is imported where `solution` runs, whatever that file imports.

    With it a probe prepares objects that only live there, so that one wrong function does
    not cost a student the next: ``keras = library(solution, "keras")``. Takes `solution`,
    not `given`: objects cannot pass from one process to another.
    """
    there = getattr(type(solution), "__library__", None)
    if there is not None:
        return there(solution, name)
    if not isinstance(solution, types.ModuleType):
        raise CourseError(f"Expected library(solution, {name!r}), but got another object.")
    return importlib.import_module(name)  # the reference, where it runs in this process
