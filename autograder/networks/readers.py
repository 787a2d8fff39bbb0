"""The libraries whose models can be read, each by a module of its own."""

from __future__ import annotations

from typing import Any, Protocol

from autograder.networks import keras, pytorch
from autograder.networks.nouns import Array, Link, Shape


class Reader(Protocol):
    """The questions that a library's module answers about a model of it.

    ALWAYS, NEVER   what to do about a dropout that always drops, or never does.
    """

    ALWAYS: str
    NEVER: str

    def require_a_model(self, model: Any) -> None:
        """Raises WrongAnswer for what is no model; a probe that gets None is told elsewhere."""

    def input_shape(self, model: Any, inputs: tuple[int, ...]) -> Shape:
        """The shape of one example: what the model says, or else `inputs`."""

    def has_layers(self, model: Any) -> bool:
        """True unless it has been made of nothing."""

    def traced(self, model: Any, shape: Shape) -> list[Link] | None:
        """The chain of what data passes; None where it branches, or cannot be told."""

    def as_made(self, model: Any, shape: Shape) -> list[Link]:
        """The layers in the order in which they were made."""

    def variables(self, link: Link) -> list[Any]:
        """The weights of one layer."""

    def every_variable(self, model: Any) -> list[Any]:
        """All weights of a model."""

    def fed(self, shape: tuple[int, ...]) -> int:
        """The number of numbers that each unit of a kernel is fed with."""

    def assign(self, variable: Any, array: Array) -> None:
        """Set a weight."""

    def answers(self, model: Any, x: Array, training: bool | None = None) -> Array:
        """The answers to examples; None leaves to the model whether it is trained."""

    def passed(self, model: Any, link: Link, h: Array) -> Array:
        """The answer of one layer or operation to h."""

    def by_itself(self, link: Link, h: Array, training: bool | None = None) -> Array:
        """The same of a layer whose place is not known."""


def reader_of(model: Any) -> Reader:
    """The module for a model; Keras's where it is no model at all."""
    return pytorch if pytorch.is_a_module(model) else keras
