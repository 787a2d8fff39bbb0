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

from autograder.authoring.checks import (
    check,
    checks_in,
    expect,
    gradient,
    held_out,
    mentioned,
    requirement,
    threshold,
    trait,
)
from autograder.authoring.estimators import Estimator, Step, estimator, fitted
from autograder.authoring.figures import Axes, Figure, figure
from autograder.authoring.helpers import accuracy, handed_in, library
from autograder.authoring.mistakes import misconception, mistake
from autograder.authoring.nouns import (
    Check,
    Cost,
    Expectation,
    GradientProbe,
    Kind,
    Misconception,
    Parameters,
    Probe,
    Solution,
)
from autograder.authoring.seen import (
    Changed,
    Printed,
    Raises,
    Seen,
    Witnessed,
    changed_in_place,
    printed,
    raises,
    witness,
)
from autograder.authoring.untouched import Untouched, untouched
from autograder.errors import NotAttempted, StudentRaised, WrongAnswer  # for probes to catch
from autograder.networks import curves, gradients, network, set_state, state, training

__all__ = [
    "Axes",
    "Changed",
    "Check",
    "Cost",
    "Estimator",
    "Expectation",
    "Figure",
    "GradientProbe",
    "Kind",
    "Misconception",
    "NotAttempted",
    "Parameters",
    "Printed",
    "Probe",
    "Raises",
    "Seen",
    "Solution",
    "Step",
    "StudentRaised",
    "Untouched",
    "Witnessed",
    "WrongAnswer",
    "accuracy",
    "changed_in_place",
    "check",
    "checks_in",
    "curves",
    "estimator",
    "expect",
    "figure",
    "fitted",
    "gradient",
    "gradients",
    "handed_in",
    "held_out",
    "library",
    "mentioned",
    "misconception",
    "mistake",
    "network",
    "printed",
    "raises",
    "requirement",
    "set_state",
    "state",
    "threshold",
    "training",
    "trait",
    "untouched",
    "witness",
]
