"""Words for a value that cannot leave the sandbox."""

from __future__ import annotations

from autograder.sandbox.wire import Opaque

ARRAY_OF = "array of "  # as the wire names arrays that do not travel
HELD = {
    "str": "text, and no numbers",
    "bytes": "bytes, and no numbers",
    "object": "Python objects, and not numbers alone",
    "datetime": "dates, and no numbers",
    "timedelta": "times, and no numbers",
    "record": "records, and not numbers alone",
    "void": "records, and not numbers alone",
}


def in_words(value: Opaque) -> str:
    """Its type and content in words, for a student."""
    text = " ".join(value.text.split()).removeprefix("array(")
    text = f"{text[:58]}…" if len(text) > 60 else text
    if value.type_name.startswith(ARRAY_OF):
        held = value.type_name.removeprefix(ARRAY_OF).rstrip("0123456789")
        what = HELD.get(held, "no numbers")
        return f"an array of shape {value.shape} that holds {what} ({text})"
    return f"an object of type {value.type_name} ({text})"
