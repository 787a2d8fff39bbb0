"""The time that a guest's requests take: its processor's, and what it let go by.

The time of a submission is what it computed. While it stands in line for a processor, waits for
a disk, or the host is at work, nobody's clock runs. What it sleeps or waits for by its own
choice has a limit of its own, which is generous. A guest that was given so little of the
machine that it met neither is the machine's fault, and no student's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.errors import MachineBusy, TimedOut
from autograder.sandbox.host.clock import Clock, own_queue

TICK = 0.1  # seconds of waiting between two looks at the clocks
SHORTEST = 0.005
WAITING_TIMES = 2.0  # as long as it may compute, a guest may wait
WORKING_TIMES = 2.0  # as long as it may compute, the host may work on what it sends
LAST_SECONDS = 60.0  # on the wall, and
LAST_TIMES = 20.0  # so many times the limit: then the machine is at fault


@dataclass(eq=False)
class Allowance:
    """Processor time for requests that share it, also where one guest takes another's place.

    seconds   that they may compute.
    waiting   seconds that they may sleep or wait; twice as many where it is not said.
    """

    seconds: float
    waiting: float = -1.0
    computed: float = field(default=0.0, init=False)
    waited: float = field(default=0.0, init=False)
    worked: float = field(default=0.0, init=False)  # by the host, on what the guest sent
    passed: float = field(default=0.0, init=False)  # on the wall, while the host waited

    def __post_init__(self) -> None:
        if self.waiting < 0:
            self.waiting = WAITING_TIMES * self.seconds

    @property
    def left(self) -> float:
        """The least that must pass before it can be used up."""
        return min(self.seconds - self.computed, self.waiting - self.waited)

    def check(self) -> None:
        """Raises TimedOut where it is used up, MachineBusy where too little was given."""
        if self.computed >= self.seconds:
            raise TimedOut(self.seconds)
        if self.waited >= self.waiting:
            raise TimedOut(self.waiting, waited=True)
        if self.worked >= WORKING_TIMES * self.seconds:
            raise TimedOut(self.seconds)
        if self.passed >= LAST_SECONDS + LAST_TIMES * self.seconds:
            raise MachineBusy(self.computed, self.passed)


class Meter:
    """Charges one guest's time to allowances: its requests', its imports', the submission's.

    clock       None where the system has none; then what passes on the wall is charged.
    imports     for what the guest imports meanwhile: a library's time is no student's.
    total       for all that one submission does, in whatever guest.
    importing   whether the guest says that it is importing something.
    """

    def __init__(self) -> None:
        self.clock: Clock | None = None
        self.imports = Allowance(0.0)
        self.total = Allowance(float("inf"))
        self.importing = False
        self._requests = Allowance(0.0)
        self._at = 0.0  # of the clock, when it was read last
        self._passed = 0.0  # while the host waited, since the last look
        self._computed = 0.0  # by the guest, since then
        self._queue = 0.0

    def allow(self, allowance: Allowance) -> Allowance:
        """Charge requests to this one from now on; what was charged before."""
        self._charge()
        self._passed = self._computed = 0.0
        before, self._requests = self._requests, allowance
        return before

    def begin_import(self, importing: bool) -> None:
        """Count what the guest does from now on as importing, or no longer."""
        self._charge()
        self.importing = importing

    def patience(self) -> float:
        """Seconds until the clocks are due; looks at them where they are due now.

        Raises TimedOut and MachineBusy.
        """
        allowance = self._charged
        due = max(min(TICK, allowance.left), SHORTEST)
        if self._passed >= due:
            self._look()
            due = max(min(TICK, allowance.left), SHORTEST)
        allowance.check()
        if self.importing:
            self._requests.check()
        if self.total.computed >= self.total.seconds:
            raise TimedOut(self.total.seconds)
        return max(due - self._passed, SHORTEST)

    def waited(self, seconds: float) -> None:
        """The host has waited so long for the guest."""
        self._passed += seconds

    def worked(self, seconds: float) -> None:
        """The host's processor was so long at work on what the guest had sent."""
        self._requests.worked += seconds  # also while it imports: that needs nothing of ours
        self.total.computed += seconds

    @property
    def _charged(self) -> Allowance:
        return self.imports if self.importing else self._requests

    def _charge(self) -> None:
        """Charge what the guest has computed since its clock was read last."""
        if self.clock is not None:
            now = self.clock.computed()
            computed, self._at = max(now - self._at, 0.0), max(now, self._at)
            self._computed += computed
            self._charged.computed += computed
            self.total.computed += computed

    def _look(self) -> None:
        """Charge what has passed since the last look: computed, waited or neither."""
        self._charge()
        allowance, passed = self._charged, self._passed
        allowance.passed += passed
        if self.clock is None:
            allowance.computed += passed
            self.total.computed += passed
        else:
            allowance.waited += self._waited_by_choice(self.clock, passed)
        self._passed = self._computed = 0.0

    def _waited_by_choice(self, clock: Clock, passed: float) -> float:
        """Seconds in which the guest neither computed, nor stood in line, nor read a disk."""
        queue = own_queue()
        late, self._queue = max(queue - self._queue, 0.0), queue
        waited = passed - self._computed - clock.queued() - late
        return 0.0 if waited <= 0 or clock.is_reading() else waited
