"""The host's end of one guest: what it is asked, and what comes of it.

Nothing here imports NumPy before the zygote runs, so that the two import it side by side.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    IntakeError,
    MachineBusy,
    NotLoaded,
    OutOfMemory,
    SandboxFault,
    SubmissionError,
    TimedOut,
    Unsendable,
    WrongAnswer,
)
from autograder.model import Limits, Submission
from autograder.sandbox import together
from autograder.sandbox.host.launcher import Zygote
from autograder.sandbox.host.messages import (
    MAX_CHANGES,
    MAX_FIXES,
    CallResult,
    Changes,
    Contents,
    Handle,
    Loaded,
    Message,
    Value,
    texts_from,
)
from autograder.sandbox.host.meter import Allowance
from autograder.sandbox.host.past import Past
from autograder.sandbox.host.process import OUR_SECONDS, Process
from autograder.sandbox.host.replies import foreign, sendable, succeeded
from autograder.sandbox.text import clean

if TYPE_CHECKING:
    from autograder.sandbox.host.channel import Answer, Channel, Reply

RETRIES = 3  # how many statements that hang or kill a submission's loading are left out
MOST_WEIGHT = 32 << 20  # bytes of memory for what comes back in one run of a check


class Guest:
    """A process with one submission. Made by `Sandbox.open`; close it when done.

    The constructor only asks for it; `begin` waits until it is there.

    patient   whether `close` waits until the process has ended.
    share     whether it shares its host's processor, for calls that are short.

    After TimedOut, Crashed or BrokenProtocol it is no longer `alive`.
    """

    def __init__(
        self, zygote: Zygote, limits: Limits, *, patient: bool = True, share: bool = False
    ) -> None:
        self.loaded = Loaded({}, (), ())
        self._limits = limits
        self._shares = share
        self._substituted: tuple[list[str], dict[str, list[str]], list[str]] = ([], {}, [])
        self._next_seed: int | None = None
        self._weight = 0  # of what came back, since it was allowed to
        self._process = Process(
            zygote,
            limits,
            patient=patient,
            handle=lambda number, name, callable_: Handle(number, name, callable_, self),
            foreign=lambda value: foreign(value, self),
        )
        self._channel: Channel = self._process.channel

    def __enter__(self) -> Guest:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The number of its process. Raises SandboxFault."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """True if it can still be asked."""
        return self._process.alive

    @property
    def loading_at(self) -> tuple[str, int] | None:
        """The top-level statement that was reached last: its file name and line."""
        return self._channel.at

    @property
    def is_importing(self) -> bool:
        """True if it says that it is importing something."""
        return self._channel.meter.importing

    def allow(self, allowance: Allowance | float) -> None:
        """Give all calls from now on so much processor time together.

        An `Allowance` may go from guest to guest, and is used up by all of them; a number of
        seconds makes a fresh one.
        """
        if not isinstance(allowance, Allowance):
            allowance = Allowance(allowance)
        self._weight = 0
        self._channel.meter.allow(allowance)

    def seed(self, number: int) -> None:
        """Seed `random`, `numpy.random` and, where it is imported, Keras.

        It is done when the next request goes out, which saves one for each case of a check.
        """
        self._next_seed = number

    def call(
        self,
        target: str | Handle,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        kind: str = "call",
        *how: Any,
    ) -> CallResult:
        """Call a function of the submission, or a callable handle. Raises SubmissionError.

        kind   "witness" for a value with what was printed and the arguments afterwards; `how`
               has the lines that are typed then.
        """
        seed, self._next_seed = self._next_seed, None
        found = self._value(kind, target, list(args), dict(kwargs), seed, *how)
        mutated = texts_from(found.mutated, MAX_CHANGES)
        lenient = texts_from(found.lenient, MAX_CHANGES)
        return CallResult(found.value, mutated, self.output, lenient, found.matrix)

    def get(self, target: str | Handle, name: str) -> Any:
        """An attribute; with an empty `name`, the submission's global `target` itself."""
        self._seed_now()
        return self._value("get", target, name).value

    def set(self, target: Handle, name: str, value: Any) -> None:
        """Set an attribute."""
        self._seed_now()
        self._request("set", target, name, value)

    def item(self, target: Handle, key: Any) -> Any:
        """``target[key]``."""
        self._seed_now()
        return self._value("item", target, key).value

    def apart(self, target: Handle) -> Any:
        """An object's parts (`wire.apart`), as the guest says; None for nothing."""
        return self._value("apart", target).value

    def library(self, name: str) -> Handle:
        """A module as the guest imports it, whatever the submission calls it."""
        module = self._value("library", name).value
        if not isinstance(module, Handle):
            self._process.fail(BrokenProtocol("a malformed library"))
        return module

    @contextlib.contextmanager
    def substituted(
        self,
        names: Sequence[str],
        answer: Answer,
        *,
        attributes: Mapping[str, Sequence[str]] | None = None,
        aside: Sequence[str] = (),
    ) -> Iterator[None]:
        """While it lasts, the student's calls to their functions `names` are asked here.

        answer       takes a name, args and kwargs. ``(True, value)`` is what the call returns;
                     after ``(False, None)`` the student's own function runs.
        attributes   for a method, such as "MLP.activate": the attributes of its object that
                     `answer` takes as the first of args, a dictionary of those that are there.
                     Its value is a pair then, with the attributes to set on the object.
        aside        functions that give a stand-in when they raise: nothing depends on them.

        An exception of `answer` ends the call that asked, and is raised from there.
        """
        looked_at = {name: list(each) for name, each in (attributes or {}).items()}
        outer, outer_answer = self._substituted, self._channel.answer
        self._substituted = (list(names), looked_at, list(aside))
        self._channel.answer = answer
        try:
            self._aside("substitute", *self._substituted)
            yield
        finally:
            self._substituted, self._channel.answer = outer, outer_answer
            if self.alive:
                self._aside("substitute", *outer)

    @contextlib.contextmanager
    def lent(self, values: Mapping[str, Any]) -> Iterator[None]:
        """While it lasts, the submission has these globals, where it has none of the name."""
        self._request("lend", dict(values))
        try:
            yield
        finally:
            if self.alive:
                self._aside("lend", {})

    def fixes(
        self, asked: Sequence[str], frames: Sequence[str], error: tuple[str, str]
    ) -> tuple[tuple[str, ...], ...]:
        """Small changes of functions that may be all that is missing, in words.

        asked    their names as the submission has them, "MLP.train" of a method.
        frames   where something was raised, in a guest's words.
        error    its type and text; empty where nothing was.
        """
        found = self._request("fixes", list(asked), list(frames), list(error))
        if not isinstance(found, Changes):
            self._process.fail(BrokenProtocol("malformed changes"))
        return tuple(map(texts_from, found.changes[:MAX_FIXES]))

    @contextlib.contextmanager
    def fixing(self) -> Iterator[Callable[[int], object]]:
        """While it lasts, what it gives puts one of these changes in the place of the last."""
        try:
            yield lambda number: self._request("fix", number)
        finally:
            if self.alive:
                self._aside("fix", -1)

    @property
    def output(self) -> str:
        """The output of the latest request, of a call that raised as well."""
        kept, dropped = self._channel.printed()
        if not kept and not dropped:  # as of nearly every call
            return ""
        text = clean(kept, len(kept) + 1)
        return text + (f"\n[{dropped:,} more bytes were left out]" if dropped else "")

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """While it lasts, what comes back is passed on: afterwards it weighs nothing."""
        before = self._weight
        try:
            yield
        finally:
            self._weight = before

    def close(self) -> None:
        """End the process and all that it started; its scratch folder goes with it."""
        self._process.close()

    def begin(self) -> None:
        """Wait until the process is there and confined. Raises SandboxFault."""
        self._process.arrived()
        try:
            self._reply("begin", "it", self._channel.collect)
        except SubmissionError as error:  # no student code is there yet
            self.close()
            raise SandboxFault(f"A guest could not be confined: {error}.") from error

    def load(self, submission: Submission, past: Past, *, unrun: bool = False) -> None:
        """Run the submission, except what its past has shown to hang or to end a guest.

        unrun   only read it. No code of a student's has run then, so that an exception, which
                is raised as NotLoaded, is our own.
        """
        processor = self._process.meet() if self._shares else None
        self._channel.looks = not together.have_one()
        limits, meter = self._limits, self._channel.meter
        meter.total = past.total
        meter.imports = Allowance(limits.import_seconds, waiting=limits.import_seconds / 2)
        self.allow(Allowance(limits.load_seconds / (RETRIES + 1), waiting=limits.load_seconds))
        cells = [[cell.label, cell.source] for cell in submission.cells]
        skip = [list(place) for place in past.left_out]
        rest = past.essential, processor, list(map(list, sendable(submission.files))), unrun
        try:
            contents = self._request("load", cells, skip, *rest)
        except (TimedOut, OutOfMemory, Crashed, BrokenProtocol):
            raise
        except SubmissionError as error:
            raise NotLoaded(error) from error
        if not isinstance(contents, Contents):
            self._process.fail(BrokenProtocol("a reply without the functions"))
        self.loaded = contents.loaded(past.left_out.values())
        self.allow(self._limits.seconds)

    def _seed_now(self) -> None:
        """Seed before a request that may run code of the student's and is no call."""
        if self._next_seed is not None:
            seed, self._next_seed = self._next_seed, None
            self._request("seed", seed)

    def _value(self, kind: str, target: str | Handle, *rest: Any) -> Value:
        found = self._request(kind, target, *rest)
        if isinstance(found, Value):
            return found
        self._process.fail(BrokenProtocol("a reply without a value"))

    def _request(self, kind: str, *body: Any) -> Message:
        """The reply, when it is one of success; else the exception that it describes."""
        target = body[0] if body and isinstance(body[0], str) else "it"
        return self._reply(kind, target, lambda: self._channel.request(kind, *body))

    def _aside(self, kind: str, *body: Any) -> None:
        """A request that runs no code of the student's, and takes none of their time."""
        ours = Allowance(OUR_SECONDS)
        self._reply(kind, "it", lambda: self._channel.aside(ours, kind, *body))

    def _reply(self, kind: str, target: str, exchange: Callable[[], Reply]) -> Message:
        from autograder.sandbox.host.channel import Ended
        from autograder.sandbox.wire import Unencodable

        if not self.alive:  # and NumPy may not have listened to why
            fault = SandboxFault("This guest has ended; open another one.")
            raise self._process.failure or fault
        try:
            reply = exchange()
        except Ended:
            self._process.fail(None)
        except (TimedOut, BrokenProtocol) as error:
            self._process.fail(error)
        except MachineBusy:
            self.close()
            raise
        except (KeyboardInterrupt, SystemExit):
            self.close()  # it is amid a request, and would take the next one for an answer
            raise
        except Unencodable as error:
            if kind == "load":
                raise IntakeError("The submission has more code than can be read.") from error
            raise Unsendable(f"An argument of a call is {error}.") from error
        try:
            message = succeeded(reply.kind, reply.message, target, self._limits.megabytes)
        except BrokenProtocol as error:
            self._process.fail(error)
        self._weigh(target, reply.weight)
        return message

    def _weigh(self, target: str, weight: int) -> None:
        """Refuse what is too heavy together with what came before, since a check keeps it."""
        self._weight += weight
        if self._weight > MOST_WEIGHT:
            said = "returned too much: what one check gets may take"
            raise WrongAnswer(f"`{target}` {said} {MOST_WEIGHT >> 20} MB.")
