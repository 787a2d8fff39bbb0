"""Keras in the ways in which it is written: right ones are saved, wrong ones caught.

Each form changes one function of a reference. Its check must pass, or not, and whatever is
said of it must be true.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from autograder.answers.choice import live_key
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Cell, Limits, Submission, Verdict
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.figures import Figure
from tests.law.keras import compilations, convolutions, images, networks, trainings
from tests.law.keras.form import Form

ROOT = Path(__file__).parents[2]
SEED = 8_675_309
FORMS: tuple[Form, ...] = (
    *networks.FORMS,
    *compilations.FORMS,
    *trainings.FORMS,
    *convolutions.FORMS,
    *images.FORMS,
)


def figures(full: bool) -> Iterator[Figure]:
    """Right forms saved, wrong forms caught, and what is said of either."""
    if importlib.util.find_spec("keras") is None:
        yield Figure("Keras is not installed", "nothing", "nothing", True)
        return
    forms = FORMS if full else [form for form in FORMS if form.name in SHORT]
    verdicts = dict(judged(forms))
    right = [form for form in forms if form.right]
    wrong = [form for form in forms if not form.right]
    lost = [
        f"{form.name} ({verdicts[form].message})"
        for form in right
        if not _whole(verdicts[form])
    ]
    passed = [form.name for form in wrong if _whole(verdicts[form])]
    false = [f"{form.name}: {what}" for form in forms for what in untrue(form, verdicts[form])]
    yield _figure("right forms saved", len(right), lost)
    yield _figure("wrong forms caught", len(wrong), passed)
    yield _figure("forms of which nothing untrue is said", len(forms), false)
    if full:
        count = f"{len(forms)} forms"
        yield Figure("forms", count, "at least 150", len(forms) >= 150)


def judged(forms: Sequence[Form]) -> Iterator[tuple[Form, Verdict]]:
    """Each form with the verdict of its check."""
    courses = course.load(ROOT)
    for name in ("assignment5", "assignment6"):
        assignment = courses.assignment(name)
        own = [form for form in forms if form.check.startswith(name)]
        key = live_key(assignment, SEED)
        sandbox = warm(assignment.limits, assignment.settings.preload)
        for form in own:
            only = [form.check.partition("/")[2]]
            submission = written(assignment, form)
            report = grade(
                submission, assignment, seed=SEED, only=only, sandbox=sandbox, key=key
            )
            yield form, next(verdict for verdict in report.checks if verdict.id == only[0])


@functools.cache
def warm(limits: Limits, preload: tuple[str, ...]) -> Sandbox:
    """One sandbox for all forms and fakes: to import Keras takes longer than most of them."""
    sandbox = Sandbox(limits=limits, preload=preload)
    atexit.register(sandbox.close)
    return sandbox


def written(assignment: Assignment, form: Form) -> Submission:
    """The reference with the form's functions in place of its own."""
    assert assignment.reference is not None
    base = (assignment.reference / "solution.py").read_text("utf-8")
    source = f"{base}\n\nimport tensorflow as tf\n\n{form.source}\n"
    return Submission(name=f"{form.name}.py", cells=(Cell(source),), digest="")


def untrue(form: Form, verdict: Verdict) -> Iterator[str]:
    """What is said of a form that does not hold, or not said that must be."""
    named = verdict.diagnosis.id if verdict.diagnosis else ""
    if named and named not in form.says:
        yield f"diagnosed as {named}"
    for words in form.said:
        if words.lower() not in verdict.message.lower():
            yield f"nothing says {words!r} ({verdict.message})"
    for words in form.unsaid:
        if words.lower() in verdict.message.lower():
            yield f"says {words!r}"


def _whole(verdict: Verdict) -> bool:
    return verdict.points >= verdict.possible


def _figure(what: str, count: int, missed: Sequence[str]) -> Figure:
    shown = f": {'; '.join(missed)}" if missed else ""
    return Figure(what, f"{count - len(missed)} of {count}{shown}", "all", not missed)


SHORT = frozenset(
    {
        "mlp: subclass with tf.reshape, tf.nn.sigmoid and softmax in call",
        "mlp: keras.ops in a functional model",
        "mlp: softmax twice in call",
        "mlp: a Rescaling by an array",
        "simple: an inserted relu before the softmax",
        "simple: trainable=False",
        "simple: ReLU with a limit",
        "compile: the loss is a lambda",
        "compile: metrics.Accuracy",
        "train: compiles again",
        "train: multiplies by 255",
        "cnn: one Dropout object twice",
        "cnn: dropout never called",
        "cnn: dropout always on",
        "classify: image / image.max()",
    }
)


def named(name: str) -> Form:
    """A form by its name."""
    return next(form for form in FORMS if form.name == name)


__all__ = ["FORMS", "figures", "msgspec", "named"]
