"""The formats that are installed, by name."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from autograder.errors import UsageError, did_you_mean
from autograder.export.model import Exporter

GROUP = "autograder.exporters"


def names() -> list[str]:
    """The formats' names, sorted; none of them is imported."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def exporter(name: str) -> Exporter:
    """The exporter of that name; UsageError suggests a near one, or says what it needs."""
    points = {point.name: point for point in entry_points(group=GROUP)}
    if name not in points:
        raise UsageError(
            f"There is no format {name!r}.",
            hint=did_you_mean(name, points, f"There are: {', '.join(names())}."),
        )
    return _loaded(points[name])


def _loaded(point: EntryPoint) -> Exporter:
    try:
        made: Exporter = point.load()()
    except ImportError as error:
        raise UsageError(
            f"The format {point.name!r} needs {error.name}, which is not installed here."
        ) from None
    return made
