"""Pictures of what a check has seen: made of its public inputs, and deciding nothing.

What a student's code gave is numbers here, bounded in count and size. What a picture cannot be
made of, it is not made of: the words say it all.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from autograder.feedback.pictures.classes import confusion, misread
from autograder.feedback.pictures.curves import curves, printed
from autograder.feedback.pictures.drawing import as_images
from autograder.feedback.pictures.layers import layers
from autograder.feedback.pictures.leaves import Array, Leaf, first_missed, numbers
from autograder.feedback.pictures.matrices import matrices
from autograder.feedback.pictures.network import network
from autograder.feedback.pictures.plane import plane
from autograder.feedback.pictures.slopes import slopes
from autograder.sandbox.border import interpreted
from autograder.solution.heard import Attribute, Call
from autograder.solution.observed import Observed

MOST = 3  # pictures of one check
MOST_BYTES = 200_000  # of one picture

__all__ = ["as_images", "pictures"]

Event = Call | Attribute
Maker = Callable[[], str | None]


def pictures(seen: Observed) -> list[str]:
    """The pictures of one check that misses points, as figures of HTML; few or none."""
    nothing: tuple[int, list[Leaf]] = (0, [])
    number, parts = interpreted(partial(first_missed, seen), nothing)
    events = seen.cases[number] if number < len(seen.cases) else ()
    found: list[str] = []
    for makers in _choices(seen, events, parts):
        drawn = (interpreted(make, None) for make in makers)
        small = (one for one in drawn if one is not None and len(one) <= MOST_BYTES)
        found += itertools.islice(small, 1)
        if len(found) == MOST:
            break
    return found


def _choices(
    seen: Observed, events: Sequence[Event], parts: Sequence[Leaf]
) -> Iterator[Sequence[Maker]]:
    """The pictures that may be drawn, the most telling first; of one tuple, only the first."""
    for predicted, labels in seen.compared[:1]:
        classes = partial(_of_classes, predicted, labels)
        yield partial(classes, partial(plane, events)), partial(classes, confusion)
        yield (partial(classes, partial(misread, events)),)
    yield (partial(slopes, parts),)
    yield (partial(network, events, parts),)
    for leaf in parts:
        if not interpreted(partial(getattr, leaf, "right"), True):
            yield (
                partial(layers, leaf),
                partial(curves, leaf),
                partial(_of_classes, leaf.found, leaf.wanted, partial(plane, events)),
                partial(matrices, leaf),
            )
    for event in events:
        if isinstance(event, Call) and event.printed:
            yield (partial(printed, event.printed, event.name),)


def _of_classes(
    predicted: object, labels: object, draw: Callable[[Array, Array], str | None]
) -> str | None:
    mine, right = numbers(predicted), numbers(labels)
    if mine is None or right is None:
        return None
    return draw(mine.ravel(), right.ravel())
