"""Lines, boxes and words of a picture, as SVG that stands by itself.

Every text is escaped and every number bounded, whatever a student's code gave. Ink has the
colour of the page around it. A colour never says what a shape or a word does not say too.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterable, Mapping
from html import escape

from autograder.wording import visible

# Seen well on white and on black.
INK, RIGHT, WRONG, GREY = "currentColor", "#3d7ab8", "#d9534f", "#767676"
SIZE = 12  # of letters, in pixels
MOST = 1e5  # pixels: nothing is drawn beyond
_DRAWING = re.compile(r'<svg [^>]*aria-label="([^"]*)".*?</svg>', re.DOTALL)

Attributes = Mapping[str, str | float]


def tag(name: str, attributes: Attributes, inner: str = "") -> str:
    """An element; `inner` is SVG. What is called stroke_width here is stroke-width there."""
    said = "".join(
        f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def words(x: float, y: float, said: str, anchor: str = "start", **more: str | float) -> str:
    """Text with its baseline at y."""
    place = {"x": x, "y": y, "text_anchor": anchor, "fill": INK, **more}
    return tag("text", place, escape(visible(said)))


def line(x1: float, y1: float, x2: float, y2: float, **more: str | float) -> str:
    """A straight line."""
    return tag("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": INK, **more})


def box(x: float, y: float, width: float, height: float, **more: str | float) -> str:
    """A rectangle."""
    place = {"x": x, "y": y, "width": width, "height": height}
    return tag("rect", {**place, "fill": "none", "stroke": INK, **more})


def dot(x: float, y: float, radius: float, **more: str | float) -> str:
    """A filled circle."""
    return tag("circle", {"cx": x, "cy": y, "r": radius, **more})


def cross(x: float, y: float, radius: float, **more: str | float) -> str:
    """Two lines that cross."""
    r, back = _value(2 * radius), _value(-2 * radius)
    start = f"M{_value(x - radius)} {_value(y - radius)}"
    path = f"{start}l{r} {r}m0 {back}l{back} {r}"
    return tag("path", {"d": path, "stroke": WRONG, "fill": "none", **more})


def way(points: Iterable[tuple[float, float]], **more: str | float) -> str:
    """A line through points."""
    places = " ".join(f"{_value(x)},{_value(y)}" for x, y in points)
    return tag("polyline", {"points": places, "fill": "none", "stroke": INK, **more})


def panel(width: float, height: float, parts: Iterable[str], label: str) -> str:
    """One drawing; `label` says in words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(visible(label))}" '
        f'viewBox="0 0 {_value(width)} {_value(height)}" width="{_value(width)}" '
        f'height="{_value(height)}" font-family="system-ui,sans-serif" '
        f'font-size="{SIZE}" style="max-width:100%;height:auto">{"".join(parts)}</svg>'
    )


def figure(title: str, *panels: str) -> str:
    """Drawings beside each other, or below where there is no room, under a title."""
    inner = "".join(panels)
    return (
        '<figure style="margin:.8em 0">'
        f"<figcaption>{escape(visible(title))}</figcaption>"
        '<div style="display:flex;flex-wrap:wrap;gap:.5em 1.5em;align-items:flex-start">'
        f"{inner}</div></figure>"
    )


def as_images(drawn: str) -> str:
    """A figure whose drawings are images, for pages that take SVG out but leave images.

    Grey ink is seen on white and on black.
    """
    return _DRAWING.sub(_as_image, drawn)


def _as_image(match: re.Match[str]) -> str:
    alone = match[0].replace("<svg ", f'<svg color="{GREY}" ', 1)
    data = base64.b64encode(alone.encode()).decode("ascii")
    return (
        f'<img alt="{match[1]}" src="data:image/svg+xml;base64,{data}" '
        'style="max-width:100%;height:auto">'
    )


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value)
    if not math.isfinite(value):
        return "0"
    return f"{max(-MOST, min(MOST, value)):.1f}".removesuffix(".0")
