"""A large notebook without its pictures, so that only its code has to fit.

What Jupyter shows below a cell can be a hundred times its code. It is dropped from the bytes,
before anything is decoded or parsed, so that a notebook takes little more memory than its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHOWN = frozenset({b'"outputs"', b'"widgets"'})
_KEYS = _SHOWN | {b'"attachments"'}

# A text, with the bracket of what it is the key of; or another bracket.
_TOKEN = re.compile(rb'("(?:[^"\\]++|\\.)*+")(\s*+:\s*+[\[{])?|[\[{]|[\]}]', re.DOTALL)
_PICTURE = re.compile(rb'(\]\(|src=\\?["\'])data:image/[^\s)"\'\\]{1000,}')


def slimmed(data: bytes, most: int) -> bytes:
    """The notebook in `data` without outputs and pictures, as far as it takes to fit `most`.

    What is no JSON, or is too large all the same, comes back too large or damaged; whoever
    reads it meets that.
    """
    if len(data) <= most:
        return data
    found = list(_found(data))
    shown = [(start, end) for key, start, end in found if key in _SHOWN]
    if len(data) - sum(end - start for start, end in shown) > most:
        shown = [(start, end) for _, start, end in found]
    data = _without(data, shown)
    return _PICTURE.sub(rb"\1data:,", data) if len(data) > most else data


def _found(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Find the text in the brackets behind each such key, the outermost ones only."""
    depth = 0
    within = start = 0  # the depth and the place at which it began
    key = b""
    for token in _TOKEN.finditer(data):
        opens_below_a_key = token.start(2) >= 0
        if token.start(1) >= 0 and not opens_below_a_key:
            continue
        if data[token.end() - 1] in b"[{":
            depth += 1
            if opens_below_a_key and not within and token[1] in _KEYS:
                key, within, start = token[1], depth, token.end()
        else:
            if depth == within:
                yield key, start, token.start()
                within = 0
            depth -= 1


def _without(data: bytes, places: list[tuple[int, int]]) -> bytes:
    view = memoryview(data)  # slices of it take no memory
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(data)]
    return b"".join(view[end:start] for end, start in zip(ends, starts, strict=True))
