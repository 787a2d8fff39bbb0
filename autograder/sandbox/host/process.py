"""A guest's process: asked for, met, and ended for good.

Nothing here imports NumPy before the zygote runs, so that the two import it side by side.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from autograder.errors import Crashed, SandboxFault, SubmissionError
from autograder.model import Limits
from autograder.sandbox import together
from autograder.sandbox.host.launcher import Asked, Zygote, how_it_ended
from autograder.sandbox.host.meter import Allowance

if TYPE_CHECKING:
    from autograder.sandbox.host.channel import Channel

OUR_SECONDS = 60.0  # for what a guest does where no student code runs


class Process:
    """A process that the zygote forks, with the channel to it.

    patient   whether `close` waits until it has ended.
    handle    makes a handle of (id, type name, callable).
    foreign   gives these three of a handle.

    The constructor only asks for it; `arrived` waits until it is there. Raises SandboxFault.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        *,
        patient: bool,
        handle: Callable[[int, str, bool], Any],
        foreign: Callable[[Any], tuple[int, str, bool]],
    ) -> None:
        from autograder.sandbox.host.channel import Channel

        self.alive = True
        self.failure: SubmissionError | None = None  # the submission's own, that ended it
        self._zygote = zygote
        self._patient = patient
        self._has_met = False
        ours, theirs = socket.socketpair()
        read, write = os.pipe()
        self.channel: Channel = Channel(
            ours, read, output_bytes=limits.output_bytes, handle=handle, foreign=foreign
        )
        try:
            self._forked = zygote.fork(theirs, write)
            # The kernel's own limit only backs up the host's.
            seconds = 60 + limits.load_seconds + limits.import_seconds + 100 * limits.seconds
            self.channel.meter.allow(Allowance(OUR_SECONDS))
            self.channel.post("begin", limits.megabytes, int(seconds))
        except SandboxFault:
            self._release()
            raise
        finally:
            theirs.close()
            os.close(write)

    @property
    def pid(self) -> int:
        """Its number. Raises SandboxFault."""
        return self._zygote.answer(self._forked)

    def arrived(self) -> None:
        """Wait until it is there. Raises SandboxFault."""
        try:
            self._zygote.answer(self._forked)
        except SandboxFault:
            self._release()
            raise
        self.channel.meter.clock = self._forked.clock

    def meet(self) -> int | None:
        """Stay on one processor with it from now on: which, or None where that is of no use."""
        processor = together.meet()
        self._has_met = processor is not None
        return processor

    def close(self) -> None:
        """End it and all that it started; its scratch folder goes with it."""
        if self.alive:
            with contextlib.suppress(SandboxFault):  # a lost zygote has taken its guests along
                ended = self._end()
                if self._patient:
                    self._zygote.answer(ended)

    def fail(self, error: SubmissionError | None) -> NoReturn:
        """End it, and raise `error`, or say how it ended by itself."""
        if error is not None and not self.alive:  # a nested request has ended it
            raise error
        ended = self._end(patiently=error is None)
        self.failure = error or Crashed(how_it_ended(self._zygote.answer(ended)))
        raise self.failure

    def _end(self, *, patiently: bool = False) -> Asked:
        self.alive = False
        try:
            return self._zygote.end(self.pid, patiently=patiently)
        finally:
            self._release()

    def _release(self) -> None:
        self.alive = False
        self.channel.close()
        if self._has_met:
            self._has_met = False
            together.part()
