"""Decorators that make checks of probes."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.authoring.nouns import (
    Check,
    Expectation,
    Kind,
    Probe,
)
from autograder.authoring.untouched import untouched_in
from autograder.errors import CourseError
from autograder.errors import NotAttempted as NotAttempted  # these three for probes to catch
from autograder.errors import StudentRaised as StudentRaised
from autograder.errors import WrongAnswer as WrongAnswer
from autograder.networks import curves as curves
from autograder.networks import network as network
from autograder.networks import training as training


def check(
    *,
    points: float,
    of: str = "",
    cases: int = 3,
    hint: str = "",
    local: bool = True,
    seconds: float | None = None,
    exact: bool = False,
    repeats: str = "",
    tolerance: float = 0.0,
    because: str = "",
    weights: Mapping[str, float] | None = None,
) -> Callable[[Probe], Check]:
    """Compare what the probe returns with what it returns for the reference.

    A tuple, list or dict of arrays earns its points block by block: three right arrays
    out of four are worth three quarters. Closeness is normwise per array, at 1e-6.

    points   what the check is worth, > 0.
    of       the function it speaks about; by default the check's own name. Functions that
             this one calls are taken from the reference when the student's are wrong.
    cases    how many times it runs, each time with another `rng`.
    hint     what to try next, shown when points are missing and no misconception fits.
    local    False when the check can only be graded with the reference at hand.
    seconds  a time limit of its own, over all its cases, in place of the assignment's.
    exact    True where more keys or values than the reference gives are another answer.
    repeats  of a training: the argument that says how many steps it takes. With 0 of them it
             gives its first parameters, so that whoever draws them in a way of their own is
             judged from these.
    tolerance   a relative error that is allowed for each array, above 1e-6 and below 1, for
             answers of chance or of a rough method. It needs a reason.
    because  that reason, which `grade verify` prints.
    weights  of an answer that is a dictionary: what each of its keys is worth, beside the
             others. They earn alike without it.

    The probe's name is the check's id, and the first line of its docstring is the title
    that a student reads.
    """
    if tolerance and not 1e-6 < tolerance < 1:
        raise CourseError(
            f"Expected a tolerance above 1e-6 and below 1, but got tolerance={tolerance!r}."
        )
    if bool(tolerance) != bool(because.strip()):
        raise CourseError(
            "A tolerance needs its reason, and a reason its tolerance: "
            'tolerance=1e-3, because="the integral is a sum of 100 terms".'
        )
    for key, weight in (weights or {}).items():
        if not 0 < weight < np.inf:
            raise CourseError(f"Expected weights above 0, but got {{{key!r}: {weight!r}}}.")
    return _decorator(
        Kind.CHECK, points, of, cases, hint, local, seconds, exact=exact, repeats=repeats,
        tolerance=tolerance, because=because, weights=weights or {},
    )  # fmt: skip


def gradient(
    *,
    points: float,
    of: str,
    cases: int = 3,
    hint: str = "",
    local: bool = True,
    seconds: float | None = None,
) -> Callable[[Probe], Check]:
    """Compare an analytic gradient with finite differences of a cost.

    The probe returns ``(cost, parameters, gradients)``: `cost(parameters)` gives a number
    and is computed with `given`; `gradients` has the keys of `parameters` and comes from
    `solution`. Blocks earn their share of the points one by one. A gradient that is wrong
    for the reference's cost but right for the student's own forward pass and cost (the
    probe is run again with the submission as `given`) earns half.
    """
    return _decorator(Kind.GRADIENT, points, of, cases, hint, local, seconds)


def threshold(
    *,
    points: float,
    at_least: float,
    of: str = "",
    hint: str = "",
    local: bool = True,
    seconds: float | None = None,
) -> Callable[[Probe], Check]:
    """Require that the number which the probe returns reaches `at_least`.

    The probe runs once; on a miss twice more with other draws, and two of three count.
    Choose a task on which the reference passes for every seed, and a bar between its worst
    run and the best trivial answer; `grade calibrate` measures both.
    """
    if not np.isfinite(at_least):
        raise CourseError(f"Expected a finite at_least, but got at_least={at_least!r}.")
    return _decorator(Kind.THRESHOLD, points, of, 3, hint, local, seconds, at_least)


def held_out(
    *,
    points: float,
    cutoffs: Mapping[float, float],
    of: str = "",
    cases: int = 1,
    hint: str = "",
    seconds: float | None = None,
) -> Callable[[Probe], Check]:
    """Give credit for the number that the probe returns, such as an accuracy on hidden data.

    cutoffs   what a number is worth, as shares of the points: with ``{0.6: 0, 0.9: 1}``, 0.75
              earns a half. Between two of them credit grows evenly, below all of them there is
              none, and above all of them there is no more.
    cases     how many draws there are, whose mean counts.

    Hidden labels stay in the grader: hand the inputs to `solution`, and compare what comes back
    with `accuracy`. The check runs only where the reference is. `grade calibrate` measures
    how often the reference itself would miss the points by the chance of which data are held
    out.
    """
    pairs = tuple(sorted((float(at), float(worth)) for at, worth in cutoffs.items()))
    worths = [worth for _, worth in pairs]
    if (
        len(pairs) < 2
        or not np.all(np.isfinite(pairs))
        or worths != sorted(worths)
        or (worths[0], worths[-1]) != (0.0, 1.0)
    ):
        raise CourseError(
            f"Expected cutoffs that go from 0 up to 1, such as {{0.6: 0, 0.9: 1}}, but got "
            f"cutoffs={dict(cutoffs)!r}."
        )
    return _decorator(
        Kind.HELD_OUT, points, of, cases, hint, False, seconds, pairs[-1][0], cutoffs=pairs
    )


def requirement(
    *,
    points: float,
    of: str = "",
    cases: int = 1,
    hint: str = "",
    local: bool = True,
    seconds: float | None = None,
) -> Callable[[Probe], Check]:
    """Require a list of properties, where many answers are right.

    The probe yields `expect(...)` for each property; every one that holds earns its share.
    Where all that holds is of mere form, as the shape of an array of zeros, nothing is earned.
    Use it for random initialisation, for the structure of a model, for anything that has
    no single right value.
    """
    return _decorator(Kind.REQUIREMENT, points, of, cases, hint, local, seconds)


def expect(
    holds: bool | np.bool_, what: str, saw: object = "", *, form: bool = False
) -> Expectation:
    """State one property of a `requirement`.

    what   the property as a sentence: ``"W1 has the shape (n_h, n_x)"``.
    saw    what came instead, shown when it does not hold.
    form   whether an answer without any thought may have it, too: a shape, zeros where zeros
           are due. It counts only where a property holds that is not of form.
    """
    return Expectation(bool(holds), what, str(saw), form)


def trait(holds: bool | np.bool_, what: str) -> Expectation:
    """State what tells one mistake from another in a `requirement`, and earns nothing.

    It must hold for the reference, and is worth computing only where other lines do not hold.
    """
    return Expectation(bool(holds), what, earns=False)


def mentioned(probe: Callable[..., Any]) -> frozenset[str]:
    """The names that a probe, or a function inside of it, looks up or asks for."""
    names: set[str] = set()
    waiting: list[Any] = [getattr(probe, "__code__", None)]
    while waiting:
        code = waiting.pop()
        if isinstance(code, types.CodeType):
            names.update(code.co_names)
            waiting += code.co_consts
    return frozenset(names)


def checks_in(namespace: Mapping[str, Any]) -> Iterator[Check]:
    """The checks that a module defines, in the order in which it defines them."""
    return (value for value in namespace.values() if isinstance(value, Check))


def _decorator(
    kind: Kind,
    points: float,
    of: str,
    cases: int,
    hint: str,
    local: bool,
    seconds: float | None,
    at_least: float = 1.0,
    exact: bool = False,
    repeats: str = "",
    tolerance: float = 0.0,
    because: str = "",
    weights: Mapping[str, float] | None = None,
    cutoffs: tuple[tuple[float, float], ...] = (),
) -> Callable[[Probe], Check]:
    if not points > 0:
        raise CourseError(f"Expected points above 0, but got points={points!r}.")
    if cases < 1:
        raise CourseError(f"Expected at least one case, but got cases={cases!r}.")

    def declare(probe: Probe) -> Check:
        title = (inspect.getdoc(probe) or "").partition("\n")[0].strip()
        if not title:
            raise CourseError(
                f"The check {probe.__name__!r} has no docstring; its first line is the title "
                "that a student reads."
            )
        if len(inspect.signature(probe).parameters) != 3:
            raise CourseError(
                f"The check {probe.__name__!r} must take (solution, given, rng), but it takes "
                f"{inspect.signature(probe)}."
            )
        names = untouched_in(probe)
        if names and kind is not Kind.CHECK:
            raise CourseError(f"@untouched goes with @check; {probe.__name__} is a {kind}.")
        return Check(
            id=probe.__name__,
            title=title,
            kind=kind,
            points=float(points),
            of=of or probe.__name__,
            probe=probe,
            cases=cases,
            hint=hint,
            local=local,
            at_least=at_least,
            seconds=seconds,
            exact=exact,
            repeats=repeats,
            tolerance=tolerance,
            because=because,
            weights=weights or {},
            untouched=names,
            cutoffs=cutoffs,
        )

    return declare
