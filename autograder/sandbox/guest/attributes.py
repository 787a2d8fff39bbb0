"""Setting an attribute of a student's object, as a probe does."""

from __future__ import annotations

from typing import Any

# Bound by name, so that a submission which patches NumPy cannot change what is done here.
from numpy import ndarray, zeros


def set_attribute(owner: Any, name: str, value: Any) -> None:
    """Set it; where it is a property that only shows what is kept elsewhere, set that.

    Such a property gives ``self._weights``, or a part of it, as ``self.w[1:]`` does.
    """
    shown = getattr(type(owner), name, None)
    if not isinstance(shown, property) or shown.fset is not None or shown.fget is None:
        setattr(owner, name, value)
        return
    try:
        place = shown.fget(_Places())
    except Exception:  # it does more than to show something
        place = None
    if not isinstance(place, _Place):
        setattr(owner, name, value)  # raises what Python says of it
    elif place.key is None:
        setattr(owner, place.name, value)
    else:
        _set_part(owner, place.name, place.key, value)


class _Place:
    """An attribute, or an item of one."""

    def __init__(self, name: str, key: Any = None) -> None:
        self.name = name
        self.key = key

    def __getitem__(self, key: Any) -> _Place:
        return _Place(self.name, key)


class _Places:
    """In place of an object: each attribute tells where it is."""

    def __getattr__(self, name: str) -> _Place:
        return _Place(name)


def _set_part(owner: Any, name: str, key: Any, value: Any) -> None:
    """Set an item; what is not there yet, or has another size, is made of zeros.

    Only the first and the last item may be set beside the others: ``w[0]`` and ``w[1:]``.
    """
    kept = getattr(owner, name, None)
    if isinstance(key, slice) and key in (slice(1, None), slice(None, -1)):
        length = len(value) + 1
        if not isinstance(kept, ndarray) or len(kept) != length:
            setattr(owner, name, zeros(length))
    elif kept is None:
        setattr(owner, name, zeros(1))
    getattr(owner, name)[key] = value
