"""The trusted side of the sandbox: open a guest with a submission, call it, close it.

    with Sandbox(limits=limits) as sandbox, sandbox.open(submission) as guest:
        guest.allow(limits.seconds)
        reply = guest.call("forward_propagation", [X, parameters], {})

Most of the framework needs this module alone, and the messages that it gives.
"""

from __future__ import annotations

import contextlib
import os
import weakref

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    NotLoaded,
    OutOfMemory,
    SandboxFault,
    SubmissionError,
    TimedOut,
)
from autograder.model import Limits, Submission, Tier
from autograder.sandbox import layers
from autograder.sandbox.host.conversation import RETRIES
from autograder.sandbox.host.conversation import Guest as Guest
from autograder.sandbox.host.launcher import Zygote
from autograder.sandbox.host.messages import Problem
from autograder.sandbox.host.past import Past
from autograder.sandbox.layers import SandboxLayer
from autograder.sandbox.text import clean


class Sandbox:
    """Opens guests. One owner at a time; close it, or use it as a context manager.

    preload   what the zygote imports, so that guests have it at once.
    ahead     for many submissions in a row: the next guest is forked while this one works,
              and a closed one is ended behind the back of the next.
    tier      at most this one, where the machine would give a stronger.
    without   layers (of `layers.SWITCHES`) to leave out, for tests of what each is good for.

    The constructor returns before the zygote is ready. Raises SandboxFault.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        preload: tuple[str, ...] = ("numpy",),
        ahead: bool = False,
        tier: Tier | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        if os.name != "posix":
            raise SandboxFault(
                "The sandbox does not run on Windows itself.",
                hint="Use the Windows Subsystem for Linux (WSL) and run the command there.",
            )
        self.limits = limits if limits is not None else Limits()
        self._preload = preload
        self._ahead = ahead
        self._spare: Guest | None = None
        self._without = without if tier is None else without | layers.beyond(tier)
        self._zygote: Zygote | None = self._new_zygote()
        self._guests: weakref.WeakSet[Guest] = weakref.WeakSet()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def layers(self) -> tuple[SandboxLayer, ...]:
        """The layers that confine guests here, with reasons. Raises SandboxFault."""
        if self._zygote is None:
            self._zygote = self._new_zygote()
        try:
            return self._zygote.layers
        except SandboxFault:  # it may have been killed before it said anything
            self._zygote.close()
            self._zygote = self._new_zygote()
            return self._zygote.layers

    @property
    def tier(self) -> Tier:
        """The strength of these layers. Raises SandboxFault."""
        return layers.tier_of([layer.name for layer in self.layers if layer.present])

    def open(self, submission: Submission, past: Past | None = None) -> Guest:
        """A guest with the submission loaded.

        A top-level statement that hangs, ends the process or eats the memory is left out in
        another attempt, up to three of them, and becomes a Problem; along with the first that
        is no import, everything is left out that no function needs. Each attempt may take a
        quarter of `limits.load_seconds`.

        past   what came of earlier guests with it, to which this one's is added.

        Raises SandboxFault, IntakeError, NotLoaded.
        """
        past = past or Past()
        left_out = past.left_out
        again = self._spare is not None  # it may have been lost while it waited
        while True:
            guest = self._start()
            try:
                guest.load(submission, past)
                self._guests.add(guest)
                self._fork_ahead()
                return guest
            except (TimedOut, Crashed, OutOfMemory, BrokenProtocol) as error:
                guest.close()
                place = guest.loading_at
                if place is None and again:
                    again = False
                    continue
                hopeless = isinstance(error, BrokenProtocol) or place in left_out
                if place is None or hopeless or len(left_out) == RETRIES:
                    where, text = _line(submission, place) if place else ("", "")
                    raise NotLoaded(
                        error, where=where, text=text, before=len(left_out)
                    ) from error
                left_out[place] = _left_out(submission, place, error, guest.is_importing)
                past.essential = past.essential or not guest.is_importing
            except NotLoaded as error:
                guest.close()
                self._read_unrun(submission, error)
                raise
            except SandboxFault:
                guest.close()
                if not again:
                    raise
                again = False
            except BaseException:
                guest.close()
                raise

    def _read_unrun(self, submission: Submission, error: NotLoaded) -> None:
        """See whose fault an exception is that came in place of what a submission holds.

        A guest says what it likes once it runs a student's code, or that has broken what we
        run there. Raises SandboxFault where the same submission cannot be read without that.
        """
        with self._start() as guest:
            try:
                guest.load(submission, Past(), unrun=True)
            except SubmissionError:
                raise SandboxFault(f"A submission could not be read: {error.cause}.") from error

    def close(self) -> None:
        """End every guest, and the zygote."""
        for guest in (*self._guests, *filter(None, [self._spare])):
            guest.close()
        self._spare = None
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def _start(self) -> Guest:
        """A guest that is ready to load, of a new zygote where this one is lost."""
        if self._zygote is not None:
            try:
                return self._begun(self._zygote)
            except SandboxFault:
                self._zygote.close()
        self._zygote = self._new_zygote()
        return self._begun(self._zygote)

    def _new_zygote(self) -> Zygote:
        return Zygote(self._preload, megabytes=self.limits.megabytes, without=self._without)

    def _begun(self, zygote: Zygote) -> Guest:
        spare, self._spare = self._spare, None
        guest = spare or self._new_guest(zygote)
        guest.begin()
        return guest

    def _fork_ahead(self) -> None:
        if self._ahead and self._spare is None and self._zygote is not None:
            with contextlib.suppress(SandboxFault):  # the next `open` will meet it again
                self._spare = self._new_guest(self._zygote)

    def _new_guest(self, zygote: Zygote) -> Guest:
        # What more than NumPy is for takes long, and Keras starts threads, which may spread.
        share = set(self._preload) <= {"numpy"}
        patient = not self._ahead
        return Guest(zygote, self.limits, patient=patient, share=share)


def _left_out(
    submission: Submission, place: tuple[str, int], error: SubmissionError, importing: bool
) -> Problem:
    kind = "slow" if isinstance(error, TimedOut) else "exited"
    return Problem("import" if importing else kind, *_line(submission, place), str(error))


def _line(submission: Submission, place: tuple[str, int]) -> tuple[str, str]:
    """The place of a statement, for a person, and its first line; a guest named the place."""
    filename, line = place
    cells = {cell.label: cell.source for cell in submission.cells}
    lines = cells.get(filename, cells.get("", "")).splitlines()
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    where = f"{filename}, line {line}" if filename in cells else f"line {line}"
    return clean(where), clean(text, 120)
