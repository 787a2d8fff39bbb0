"""The confusion of classes, and images that were taken for another class."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence

import numpy as np

from autograder.feedback.pictures.drawing import (
    RIGHT,
    SIZE,
    WRONG,
    box,
    figure,
    panel,
    tag,
    words,
)
from autograder.feedback.pictures.leaves import Array, numbers
from autograder.solution.heard import Attribute, Call

MOST_CLASSES, CELL = 12, 26.0
MOST_IMAGES, SIDE = 12, 48.0
LARGEST_SIDE = 64  # pixels of an image


def confusion(predicted: Array, labels: Array) -> str | None:
    """The confusion matrix; None where these are not a few classes."""
    if predicted.size != labels.size or not labels.size or not _whole(labels):
        return None
    classes = np.unique(labels)
    if not 2 <= classes.size <= MOST_CLASSES:
        return None
    counts = np.zeros((classes.size, classes.size + 1), dtype=int)
    rows, known = np.searchsorted(classes, labels), np.isin(predicted, classes)
    columns = np.where(
        known, np.searchsorted(classes, np.where(known, predicted, classes[0])), classes.size
    )
    np.add.at(counts, (rows, columns), 1)
    if known.all():
        counts = counts[:, :-1]
    wrong = int(np.sum(predicted != labels))
    title = f"{wrong} of {labels.size} are wrong. Down: the right class; across: yours"
    return figure(title, _table(classes, counts, f"{title}. {_worst(classes, counts)}"))


def _worst(classes: Array, counts: np.ndarray) -> str:
    others = counts.copy()
    np.fill_diagonal(others, 0)
    row, column = np.unravel_index(int(others.argmax()), others.shape)
    taken = f"{classes[column]:g}" if column < classes.size else "no class at all"
    return f"Most often, {classes[row]:g} was taken for {taken}: {others[row, column]} times."


def _table(classes: Array, counts: np.ndarray, label: str) -> str:
    names = [f"{name:g}" for name in classes] + ["other"]
    left, top = 34.0, SIZE + 6.0
    parts = [
        words(left + (n + 0.5) * CELL, SIZE, names[n], "middle") for n in range(counts.shape[1])
    ]
    for row in range(classes.size):
        y = top + row * CELL
        parts.append(words(left - 6, y + CELL / 2 + 4, names[row], "end"))
        most = max(1, int(counts[row].sum()))
        for column, count in enumerate(counts[row]):
            right = row == column
            x = left + column * CELL
            parts.append(
                box(
                    x,
                    y,
                    CELL - 1,
                    CELL - 1,
                    fill=RIGHT if right else WRONG,
                    fill_opacity=0.5 * count / most,
                    stroke_opacity=1 if right else 0.25,
                )
            )
            if count:
                parts.append(
                    words(
                        x + CELL / 2,
                        y + CELL / 2 + 4,
                        str(count),
                        "middle",
                        font_size=10 if count > 999 else SIZE,
                    )
                )
    width = left + counts.shape[1] * CELL + 8
    return panel(width, top + classes.size * CELL + 2, parts, label)


def misread(events: Sequence[Call | Attribute], predicted: Array, labels: Array) -> str | None:
    """The first images that were taken for another class; None where there are no images."""
    images = _images(events, predicted.size)
    if images is None or predicted.size != labels.size:
        return None
    chosen = np.flatnonzero(predicted != labels)[:MOST_IMAGES]
    if not chosen.size:
        return None
    panels = [_image(images[n], f"{labels[n]:g}", f"{predicted[n]:g}") for n in chosen]
    return figure("The first that are wrong: the right class, then yours", *panels)


def _images(events: Sequence[Call | Attribute], count: int) -> Array | None:
    """So many images that were passed to a function of the submission, (m, height, width)."""
    for event in reversed(events):
        for value in event.args if isinstance(event, Call) else ():
            shape: tuple[int, ...] = value.shape if isinstance(value, np.ndarray) else ()
            if len(shape) in (3, 4) and shape[0] == count and max(shape[1:]) <= LARGEST_SIDE:
                array = numbers(value)
                if array is not None and (len(shape) == 3 or shape[3] == 1):
                    return array.reshape(shape[:3])
    return None


def _image(image: Array, right: str, mine: str) -> str:
    place = {"x": 0, "y": SIZE + 5, "width": SIDE, "height": SIDE}
    style = {"href": _png(image), "style": "image-rendering:pixelated"}
    picture = tag("image", {**place, **style})
    said = f"{right}, not {mine}"
    parts = [words(0, SIZE, said), picture]
    return panel(SIDE + 20, SIDE + SIZE + 7, parts, f"An image of {right}, taken for {mine}")


@np.errstate(all="ignore")
def _png(image: Array) -> str:
    """A grey image as an address that holds it."""
    known = np.nan_to_num(image, nan=0.0)
    low, high = float(known.min()), float(known.max())
    grey = (255 * (known - low) / (high - low if high > low else 1.0)).astype(np.uint8)
    height, width = grey.shape
    rows = b"".join(b"\0" + row.tobytes() for row in grey)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return "data:image/png;base64," + base64.b64encode(data).decode("ascii")


def _whole(labels: Array) -> bool:
    return bool(np.all(np.isfinite(labels)) and np.all(labels == np.round(labels)))
