"""The answer key that is computed from a reference, each answer once.

The reference runs in this process or in a guest of its own; student code never comes here.
"""

from __future__ import annotations

import contextlib
import inspect
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from autograder.answers.contents import as_data
from autograder.answers.exchange import asked
from autograder.answers.key import Draw
from autograder.answers.reference import AnyReference
from autograder.answers.tape import Tape, Taped
from autograder.answers.tracing import Full
from autograder.answers.watched import Watched, Watcher
from autograder.authoring import Check
from autograder.errors import CourseError, StudentRaised
from autograder.judging.fingerprint import Fingerprint
from autograder.judging.kinds import rules_of
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.solution.calls import Parameters, PartCall, is_method
from autograder.solution.operators import OPERATORS
from autograder.solution.solution import Solution

Found = TypeVar("Found")

MOST_NUMBERS = 500_000  # of the beginning of a training


class LiveKey:
    """Answers computed from the reference, each of them once."""

    def __init__(
        self, assignment: str, reference: AnyReference, seed: int, digest: str
    ) -> None:
        self.assignment = assignment
        self.reference = reference
        self.seed = seed
        self.digest = digest
        self._cases: dict[tuple[str, int], LiveCase] = {}

    @property
    def signatures(self) -> Mapping[str, Sequence[str]]:
        """The parameter names of the reference's functions and classes."""
        return self.reference.signatures

    @property
    def parameters(self) -> Parameters:
        """The parameters of the reference's functions and methods, with their defaults."""
        return self.reference.parameters

    @property
    def given_back(self) -> Mapping[str, str]:
        """As those of the reference."""
        return self.reference.given_back

    @property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The others that each of the reference's functions and classes calls."""
        return self.reference.parts

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """The sentence that a teacher says of each misconception."""
        return {name: wrong.sentence for name, wrong in self.reference.misconceptions.items()}

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """Patterns of the lines that raise, of misconceptions that end in an exception."""
        known = self.reference.misconceptions.items()
        return {name: wrong.line for name, wrong in known if wrong.line}

    def holds(self, check: Check) -> bool:
        """A reference has an answer to everything."""
        return True

    def case(self, check: Check, number: int) -> LiveCase:
        """Case `number` of a check."""
        place = (check.id, number)
        if place not in self._cases:
            draw = Draw(self.seed, self.assignment, check.id, number)
            self._cases[place] = LiveCase(self.reference, check, draw)
        return self._cases[place]


class LiveCase:
    """One case of one check, computed when it is asked for.

    tapes   what the probe asked of `given`, with the reference ("") and with each
            misconception that it was run on.
    """

    def __init__(self, reference: AnyReference, check: Check, draw: Draw) -> None:
        self._reference = reference
        self._check = check
        self._draw = draw
        self._misled: dict[str, Outcome] = {}
        self._operators: set[str] = set()
        self.tapes: dict[str, Tape] = {}

    def given(self) -> Any:
        """The reference itself."""
        return self._reference.original

    @cached_property
    def expected(self) -> Outcome:
        """The probe's outcome for the reference; it must not raise."""
        try:
            value = self._run(self._reference.original, self._tape(""), self._operators)
            value = rules_of(self._check).wanted(as_data(value), self._draw.rng())
        except CourseError:
            raise
        except Exception as error:
            raise CourseError(
                f"The check {self._check.id} raised {type(error).__name__} on the reference: "
                f"{error}"
            ) from error
        return Returned(value)

    @property
    def operators(self) -> Collection[str]:
        """Python's operators that the probe uses on objects of the reference."""
        self.expected  # noqa: B018 -- which notes them
        return self._operators

    @cached_property
    def calls(self) -> Sequence[PartCall]:
        """The calls to parts that the checked function makes, in order.

        A threshold has none: they would be those of a whole training.
        """
        if not rules_of(self._check).follows_parts:
            return ()
        with self._reference.traced(self._check.of) as (module, calls):
            if module is not None:
                self._run(module, Tape())
        return calls

    @cached_property
    def beginning(self) -> Sequence[PartCall]:
        """The first calls to parts that the checked function makes, of a whole training."""
        with self._reference.traced(self._check.of, most=MOST_NUMBERS) as (module, calls):
            if module is not None:
                with contextlib.suppress(Full), np.errstate(all="ignore"):
                    self._run(module, None)
        return calls

    @cached_property
    def strays(self) -> Sequence[PartCall]:
        """The calls to parts that a misconception of the checked function makes, and it not."""
        found: list[PartCall] = []
        if not self.calls:
            return found
        known = {_fingerprint(call) for call in self.calls}
        for name, wrong in self._reference.misconceptions.items():
            if wrong.of != self._check.of:
                continue
            with self._reference.traced(wrong.of, name) as (module, calls):
                if module is not None:
                    with contextlib.suppress(Exception), np.errstate(all="ignore"):
                        self._run(module, None)
            for call in calls:
                if not is_method(call.name) and _fingerprint(call) not in known:
                    known.add(_fingerprint(call))
                    found.append(call)
        return found

    @cached_property
    def wrong(self) -> Mapping[str, Outcome]:
        """The probe's outcome for each misconception of the checked function.

        Each is computed when it is looked at: most are ruled out by the first case. A threshold
        has none, since many mistakes reach the same accuracy.
        """
        if not rules_of(self._check).recognises:
            return {}
        known = self._reference.misconceptions
        names = [name for name, wrong in known.items() if wrong.of == self._check.of]
        return _Computed(names, self._given_wrongly)

    @cached_property
    def pairs(self) -> Mapping[str, bytes]:
        """The fingerprint of what the probe gives for two misconceptions at once.

        Each is computed when it is looked at.
        """
        if not rules_of(self._check).in_pairs:
            return {}
        names = self._reference.pairs(self._check.of)
        return _Computed(names, lambda name: Fingerprint(self._outcome(name, None)).packed)

    def misled(self, name: str) -> Outcome | None:
        """The probe's outcome for one misconception; None where the probe does not test it."""
        wrong = self._reference.misconceptions[name]
        if wrong.of != self._check.of or not rules_of(self._check).recognises:
            return None
        if name not in self._misled:
            self._misled[name] = self._outcome(name, self._tape(name))
        return self._misled[name]

    def _given_wrongly(self, name: str) -> Outcome:
        outcome = self.misled(name)
        assert outcome is not None
        return outcome

    def _outcome(self, name: str, tape: Tape | None) -> Outcome:
        try:
            with np.errstate(all="ignore"):
                value = self._run(self._reference.misled(name), tape)
                rules = rules_of(self._check)
                return Returned(rules.telling(rules.taken(as_data(value), [])))
        except CourseError:
            raise
        except StudentRaised as error:  # a reference that runs in a guest
            return Raised(error.type_name, error.text)
        except Exception as error:
            return Raised(type(error).__name__, str(error))

    def _tape(self, name: str) -> Tape:
        self.tapes[name] = Tape(self._check.probe.__code__.co_filename)
        return self.tapes[name]

    def _run(self, solution: Any, tape: Tape | None, operators: set[str] | None = None) -> Any:
        """Run the probe; `tape`, where there is one, takes what it asks of `given`.

        operators   gets those that it uses on objects of `solution`.
        """
        self._seed(solution)
        tapes = [] if tape is None else [tape]  # of the first run
        module = solution

        def given() -> Any:
            original = self._reference.original
            return Taped(original, tapes.pop()) if tapes else original

        if tape is not None and isinstance(solution, types.ModuleType):
            solution = Watched(solution, Watcher() if operators is None else _Noted(operators))
        elif operators is not None and isinstance(solution, Solution):
            solution.__dict__["_contact"].used = operators
        try:
            value = asked(self._check, solution, given, self._draw, lambda: self._seed(module))
            return list(value) if inspect.isgenerator(value) else value
        finally:
            if tape is not None:
                tape.running = False  # a cost, which the probe returned, may still be called
            if isinstance(module, Solution):
                module.__dict__["_contact"].used = set()

    def _seed(self, solution: Any) -> None:
        self._reference.seed(self._draw.global_seed, solution)


class _Noted(Watcher):
    """Notes which operators a probe uses on objects."""

    def __init__(self, operators: set[str]) -> None:
        self._operators = operators

    def asked(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        if name in OPERATORS:
            self._operators.add(name)


class _Computed(Mapping[str, Found]):
    """A mapping whose values are computed once, when they are asked for."""

    def __init__(self, names: Collection[str], compute: Callable[[str], Found]) -> None:
        self._names = names
        self._compute = compute
        self._found: dict[str, Found] = {}

    def __getitem__(self, name: str) -> Found:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = self._compute(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _fingerprint(call: PartCall) -> tuple[str, bytes]:
    """The same for two calls of one part with the same arguments."""
    return call.name, Fingerprint(Returned(dict(call.arguments))).packed
