"""All that a `checks.py` and a `misconceptions.py` import.

A check is a *probe*: a function that prepares inputs, calls the code under test and
returns what came back. The framework runs it on the reference, on the submission and on
every misconception, and compares what they return. A probe takes

    solution   the code under test. Looks like a local module: ``solution.f(x)``,
               ``net = solution.MLP(2, 10, 1)``, ``net.activate(x)``, ``net.wi = weights``.
               Plain data (numbers, strings, lists, tuples, dicts, arrays) comes back as
               plain data; anything else comes back as a handle that is used the same way.
    given      the reference's functions, to prepare *inputs* with, so that one wrong
               function does not cost a student the next one.
    rng        a `numpy.random.Generator`, different for each case and the same for
               everybody who is graded with one seed.

Draw inputs from `rng` only, call `given` only with what `rng` and `given` made (never
with what `solution` returned: such a check cannot be recorded, say ``local=False``), and
let nothing depend on the time, the network or the machine.
"""

from __future__ import annotations

import importlib
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.errors import CourseError, SubmissionError
from autograder.errors import NotAttempted as NotAttempted  # these three for probes to catch
from autograder.errors import StudentRaised as StudentRaised
from autograder.errors import WrongAnswer as WrongAnswer
from autograder.networks import curves as curves
from autograder.networks import network as network
from autograder.networks import training as training

Solution = Any  # a module-like object; its attributes are the course's business
Parameters = Mapping[str, NDArray[np.float64]]
Cost = Callable[[Mapping[str, Any]], float]
GradientProbe = tuple[Cost, Parameters, Mapping[str, Any]]


class Kind(StrEnum):
    """How a check judges what its probe returned."""

    CHECK = "check"
    GRADIENT = "gradient"
    THRESHOLD = "threshold"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A probe and how to judge it. Made by the decorators below, never by hand."""

    id: str
    title: str
    kind: Kind
    points: float
    of: str
    probe: Callable[[Solution, Solution, np.random.Generator], Any]
    cases: int
    hint: str = ""
    local: bool = True
    at_least: float = 1.0
    seconds: float | None = None
    exact: bool = False
    repeats: str = ""


@dataclass(frozen=True)
class Misconception:
    """A well-known mistake: a definition of the reference as a student may write it.

    of         the function or class of the reference that is wrong.
    function   what is replaced: `of` itself, or one of its methods, such as "MLP.train".
    sentence   what a good teacher says to whoever made the mistake.
    patch      pieces of the definition, and what stands there instead; or
    whole      the text of the whole definition, under the name that it replaces.
    line       a pattern of the line that raises, of a mistake that ends in an exception.
    """

    id: str
    of: str
    function: str
    sentence: str = ""
    patch: Mapping[str | tuple[str, int], str] = field(default_factory=dict)
    whole: str = ""
    line: str = ""

    def say(self, sentence: str) -> Misconception:
        """The same mistake, with what a good teacher says about it."""
        return replace(self, sentence=_said(sentence))


@dataclass(frozen=True)
class Expectation:
    """One line of a `requirement`: whether it holds, what is required, what was seen.

    form    whether it says nothing by itself; see `expect`.
    earns   whether it is worth points.
    """

    holds: bool
    what: str
    saw: str = ""
    form: bool = False
    earns: bool = True


class Probe(Protocol):
    """The shape of a function under one of the decorators."""

    __name__: str
    __doc__: str | None

    def __call__(self, solution: Any, given: Any, rng: np.random.Generator, /) -> Any:
        """Prepare inputs, call the solution, and return what came back."""


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

    The probe's name is the check's id, and the first line of its docstring is the title
    that a student reads.
    """
    return _decorator(
        Kind.CHECK, points, of, cases, hint, local, seconds, exact=exact, repeats=repeats
    )


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


def mistake(
    function: str,
    name: str,
    patch: Mapping[str | tuple[str, int], str],
    sentence: str = "",
    *,
    line: str = "",
) -> Misconception:
    """Declare a known mistake as a patch of the reference.

        mistake("backward_propagation", "no_square", {"1 - A1**2": "1 - A1"}).say(
            "Your hidden layer's derivative is 1 - A1, without the square. Use 1 - A1**2."
        )

    function   a function or class of the reference, or a method: "MLP.train".
    name       a short name; the mistake's id is "function__name", of a class "MLP__name".
    patch      pieces of its text, and what a student writes instead. A piece stands in the
               function exactly once, or as often as its key says: ``("axis=0", 2)``. Two
               mistakes of one function are recognised together as well, where their patches do
               not overlap: keep the pieces small.
    sentence   what a good teacher says to whoever made this mistake: what it is, and what to
               do instead. Give it here, or to `say`, which leaves a short patch on one line.
    line       where the mistake ends in an exception, which many mistakes may share: a regular
               expression that the line which raises it must match in a submission.

    Call it at the top level of `misconceptions.py`, with all arguments written out: that file
    is read, and never run.
    """
    if not isinstance(patch, Mapping) or not patch:
        raise CourseError(f"Expected a patch such as {{'a + b': 'a'}}, but got {patch!r}.")
    for key, new in patch.items():
        if not _is_change(key, new):
            raise CourseError(
                f"Expected a piece and another text, but got {{{key!r}: {new!r}}}."
            )
    of = function.partition(".")[0]
    wrong = Misconception(f"{of}__{name}", of, function, patch=patch, line=line)
    return wrong.say(sentence) if sentence else wrong


def misconception(
    sentence: str, *, of: str = "", line: str = ""
) -> Callable[[Any], Misconception]:
    """Declare a known mistake by the whole function, as a student would write it.

    Name it ``<function>__<mistake>``; the part before the double underscore is the function
    or class that it replaces. For a method, say which: ``of="MLP.train"``. It reads the names
    of the reference and what `misconceptions.py` imports. Where only a piece of the function
    is wrong, write `mistake` instead. `sentence` and `line` are as there.
    """
    said = _said(sentence)

    def declare(whole: Any) -> Misconception:
        name = whole.__name__
        function = of or name.partition("__")[0]
        if not of and not name.partition("__")[2]:
            raise CourseError(
                f"Expected a name such as 'predict__rounded_down', but got name={name!r}."
            )
        return Misconception(name, function.partition(".")[0], function, said, line=line)

    return declare


def accuracy(predicted: ArrayLike, labels: ArrayLike) -> float:
    """The share of `predicted` that equals `labels`, in 0..1; any shape, same size.

    Booleans, integers and floats are all classes: True, 1 and 1.0 are one class.
    """
    try:
        found = np.asarray(predicted, dtype=float).ravel()
    except (TypeError, ValueError):
        raise WrongAnswer("The predictions are not numbers.") from None
    wanted = np.asarray(labels, dtype=float).ravel()
    if found.size != wanted.size:
        raise WrongAnswer(f"There are {found.size} predictions for {wanted.size} examples.")
    return float(np.mean(found == wanted))


def raises(function: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The name of the exception that a call raises, or "" when it returns.

    Lets a probe ask for an error: ``return raises(net.activate, [1.0])``.
    """
    try:
        function(*args, **kwargs)
    except StudentRaised as error:
        return error.type_name
    except SubmissionError:  # not written yet, or stopped: no answer to the question
        raise
    except Exception as error:  # the reference's own, in this process
        return type(error).__name__
    return ""


def library(solution: Solution, name: str) -> Any:
    """A library as it is imported where `solution` runs, whatever that file imports.

    With it a probe prepares objects that only live there, so that one wrong function does
    not cost a student the next: ``keras = library(solution, "keras")``. Takes `solution`,
    not `given`: objects cannot pass from one process to another.
    """
    there = getattr(type(solution), "__library__", None)
    if there is not None:
        return there(solution, name)
    if not isinstance(solution, types.ModuleType):
        raise CourseError(f"Expected library(solution, {name!r}), but got another object.")
    return importlib.import_module(name)  # the reference, where it runs in this process


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


def _is_change(key: object, new: object) -> bool:
    match key:
        case str(piece):
            return piece not in ("", new) and isinstance(new, str)
        case (str(piece), int(times)):
            return piece not in ("", new) and isinstance(new, str) and times > 0
    return False


def _said(sentence: str) -> str:
    if not isinstance(sentence, str) or not sentence.strip():
        raise CourseError(f"Expected a sentence, but got sentence={sentence!r}.")
    return " ".join(sentence.split())


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
        )

    return declare
