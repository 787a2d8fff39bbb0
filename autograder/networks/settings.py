"""Settings of layers as plain data, whatever a library or a submission gives for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.networks.handles import type_name


def pairs(kind: str, settings: Sequence[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    """Two numbers where the library takes one for both; a window's own size for no stride."""
    found = dict(settings)
    for name in ("kernel_size", "stride", "padding", "dilation", "output_size"):
        if isinstance(found.get(name), int):
            found[name] = (found[name], found[name])
    if "stride" in found and found["stride"] in (None, ()):
        found["stride"] = found["kernel_size"]
    if found.get("padding") in ("same", "valid"):
        found["padding"] = _in_numbers(found["padding"], found)
    return tuple(found.items())


def _in_numbers(padding: str, settings: Mapping[str, Any]) -> Any:
    """The padding of both axes, where it is the same on both sides of an image."""
    match settings.get("kernel_size"), settings.get("dilation"):
        case (int(rows), int(columns)), (1, 1) if padding == "valid" or rows % 2 & columns % 2:
            return (rows // 2, columns // 2) if padding == "same" else (0, 0)
    return padding


def plain(value: Any) -> Any:
    """A setting that can be compared, whatever a layer gives for it."""
    if isinstance(value, (list, tuple)):
        return tuple(map(plain, value))
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, str):  # "same" and its like; a submission may say anything
        return value if value.isidentifier() and len(value) <= 20 else "a text"
    return value if value is None or is_small(value) else f"a {type_name(value)}"


def sizes(shape: Any) -> tuple[int, ...]:
    """A shape as its library gives it. Raises ValueError for what is none."""
    sizes = tuple(shape)
    if not all(map(is_small, sizes)):
        raise ValueError("no shape")
    return sizes


def is_factor(value: Any) -> bool:
    """True for a number that one may divide by."""
    return isinstance(value, (int, float)) and 1e-9 < abs(value) < 1e9


def is_small(value: Any) -> bool:
    """True for an integer that is the size of something."""
    return isinstance(value, int) and abs(value) < 1 << 31
