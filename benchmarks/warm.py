"""What one more submission costs, where a sandbox is open already."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from unittest import mock

from benchmarks.measure import ROOT, Row, alternately, by_the_yard, timed, yard_row, yardstick

REFERENCE = ROOT / "reference" / "assignment3" / "solution.py"


def rows() -> list[Row]:
    """A whole submission, and what the boundary between the processes is part of."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return [*warm_submission(), *tried_changes(), *unused_imports(), *wire()]


def warm_submission() -> list[Row]:
    """Another submission in a warm process, beside the checks' probes alone in one process."""
    from autograder import submissions
    from autograder.answers.key import Draw
    from autograder.answers.reference import Reference, seed_everything
    from autograder.authoring import Kind
    from autograder.course import course
    from autograder.grading.report import grade
    from autograder.sandbox.host.sandbox import Sandbox

    assignment = course.load(ROOT).assignment("assignment3")
    submission = submissions.read(REFERENCE)
    assert assignment.reference is not None
    module = Reference(assignment.reference).original

    def pure() -> None:
        for check in assignment.checks:
            for number in range(1 if check.kind is Kind.THRESHOLD else check.cases):
                draw = Draw(0, "assignment3", check.id, number)
                seed_everything(draw.global_seed)
                value = check.probe(module, module, draw.rng())
                if check.kind is Kind.REQUIREMENT:
                    list(value)

    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload, ahead=True) as sandbox:
        report = grade(submission, assignment, sandbox=sandbox)
        assert report.complete, report
        own, other, yard = alternately(
            lambda: grade(submission, assignment, sandbox=sandbox),
            pure,
            yardstick(),
            rounds=100,
        )
    return [
        yard_row(yard),
        ("pure work of the checks, one process", *by_the_yard(other * 1e3, yard, 80)),
        ("a second submission, beyond that", *by_the_yard((own - other) * 1e3, yard, 25)),
        ("  ÷ pure work", f"{own / other:.2f}", "", True),
    ]


WRONG = {
    "one slip, which a change makes right": ("1 - A1**2)", "1 - A1 ^ 2)"),
    "an exception that no change cures": ("Z1 = W1 @ X + b1", "Z1 = W1.T @ X.T + W2"),
    "a training that starts again": (
        "    for i in range(num_iterations):\n",
        "    for i in range(num_iterations):\n"
        "        parameters = initialize_parameters(n_x, n_h, n_y)\n",
    ),
}


def tried_changes() -> list[Row]:
    """A wrong submission with small changes of it tried for the hint, beside one without."""
    from autograder.course import course
    from autograder.grading import report
    from autograder.model import Cell, Submission
    from autograder.sandbox.host.sandbox import Sandbox

    assignment = course.load(ROOT).assignment("assignment3")
    source = REFERENCE.read_text("utf-8")
    settings = assignment.settings
    rows: list[Row] = []
    with Sandbox(limits=settings.limits, preload=settings.preload, ahead=True) as sandbox:
        for what, (old, new) in WRONG.items():
            wrong = source.replace(old, new, 1)
            assert wrong != source, what
            submission = Submission(name="mine.py", cells=(Cell(wrong),), digest="")

            def with_trials(submission: Submission = submission) -> None:
                report.grade(submission, assignment, sandbox=sandbox)

            def without(submission: Submission = submission) -> None:
                with mock.patch("autograder.grading.tried.with_the_fix", return_value=None):
                    report.grade(submission, assignment, sandbox=sandbox)

            tried, plain = alternately(with_trials, without, rounds=20)
            rows.append((f"changes tried: {what}, ÷ without", f"{tried / plain:.2f}", "", True))
    return rows


UNUSED = (
    "import tensorflow as tf",
    "from sklearn.datasets import make_moons",
    "import pandas as pd",
)


def unused_imports() -> list[Row]:
    """The same submission with an import that nothing in it uses, beyond one without."""
    from autograder.course import course
    from autograder.grading.report import grade
    from autograder.model import Cell, Submission
    from autograder.sandbox.host.sandbox import Sandbox

    assignment = course.load(ROOT).assignment("assignment3")
    source = REFERENCE.read_text("utf-8")
    files = [
        Submission(name="mine.py", cells=(Cell(f"{line}\n{source}"),), digest="")
        for line in ("", *UNUSED)
    ]
    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload, ahead=True) as sandbox:

        def graded(submission: Submission) -> Callable[[], object]:
            return lambda: grade(submission, assignment, sandbox=sandbox)

        plain, *others = alternately(*map(graded, files), rounds=40)
    beyond = [(other - plain) * 1e3 for other in others]
    return [
        (f"{line}, unused", f"{extra:+.1f} ms", "5 ms", extra <= 5)
        for line, extra in zip(UNUSED, beyond, strict=True)
    ]


def wire() -> list[Row]:
    """What the process boundary costs: a guest, and one call."""
    from autograder.model import Cell, Submission
    from autograder.sandbox.host.sandbox import Sandbox

    submission = Submission(name="f", cells=(Cell("def f(x):\n    return x\n"),), digest="")
    with Sandbox() as sandbox:
        opened = statistics.median(
            timed(lambda: sandbox.open(submission).close()) for _ in range(50)
        )
        with sandbox.open(submission) as guest:
            guest.allow(60)
            call = statistics.median(
                timed(lambda: guest.call("f", [1.0], {})) for _ in range(500)
            )
    return [
        ("a guest, forked, loaded and ended", f"{opened * 1e3:.2f} ms", "", True),
        ("one call into the sandbox", f"{call * 1e6:.0f} µs", "", True),
    ]
