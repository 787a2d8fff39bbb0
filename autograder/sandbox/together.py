"""One processor for a guest and its host.

They take turns, so a second processor is of no use to them, and to wake a process on another
processor takes longer than most calls. So the host stays where it is while it has a guest, and
the guest comes there. Where that is, the kernel decides again for each guest.
"""

from __future__ import annotations

import contextlib
import os
import threading

from autograder.sandbox.kernel import syscalls


class _Place(threading.local):
    """The number of guests that keep this thread on its processor, and its other processors."""

    guests = 0
    before: frozenset[int] = frozenset()


_place = _Place()


def meet() -> int | None:
    """Keep this thread on its processor, whose number is returned, until it parts.

    None where there is no choice, or no way to say so; then there is nothing to part from.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    if not _place.guests:
        _place.before = frozenset(os.sched_getaffinity(0))
    if len(_place.before) == 1:
        return None
    try:
        processor = syscalls.current_processor()
        os.sched_setaffinity(0, {processor})
    except OSError:
        return None
    _place.guests += 1
    return processor


def have_one() -> bool:
    """True if this thread, and what it starts, has but one processor."""
    return hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) == 1


def part() -> None:
    """Undo one `meet` of this thread."""
    if _place.guests:
        _place.guests -= 1
        if not _place.guests:
            with contextlib.suppress(OSError):  # the machine may have fewer by now
                os.sched_setaffinity(0, _place.before)


def come(processor: int) -> None:
    """Bring this process, a guest, to the processor of its host."""
    with contextlib.suppress(OSError):  # it is slower elsewhere, and no less right
        os.sched_setaffinity(0, {processor})
