"""Grading, with real processes: what each kind of check makes of each kind of answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.answers.choice import answer_key
from autograder.answers.live import LiveCase
from autograder.answers.prompting import Prompter
from autograder.course.course import Assignment
from autograder.errors import CourseError, UsageError
from autograder.grading.report import grade as grade_one
from autograder.model import Limits, Report, Status, Submission, Verdict
from autograder.sandbox.host import meter
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import CHECKS, SOLUTION, changed, make_course, submission, verdict

# Nine of these submissions hang, and each is looked at again.
LIMITS = Limits(seconds=0.4, load_seconds=2, megabytes=512)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The small course's assignment."""
    return make_course(tmp_path_factory.mktemp("course"), limits=LIMITS)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


class Grader:
    """Grades with one assignment and one sandbox."""

    def __init__(self, assignment: Assignment, sandbox: Sandbox) -> None:
        self.assignment, self.sandbox = assignment, sandbox

    def __call__(self, what: str | Submission, **options: object) -> Report:
        """Grade it."""
        mine = changed(what) if isinstance(what, str) else what
        return grade_one(mine, self.assignment, sandbox=self.sandbox, **options)  # type: ignore[arg-type]


@pytest.fixture
def grade(assignment: Assignment, sandbox: Sandbox) -> Grader:
    """Grade a change to the reference, or a whole submission."""
    return Grader(assignment, sandbox)


def test_the_reference_earns_everything(grade: Grader) -> None:
    """Functions, objects, gradients, requirements, thresholds: all passed, nothing to say."""
    report = grade(submission(SOLUTION))
    assert report.complete
    assert (report.points, report.possible) == (60, 60)
    assert [v.message for v in report.checks] == [""] * 6
    assert report.notes == ()
    assert set(report.versions) == {"autograder", "python", "numpy", "small"}


def test_the_same_submission_gets_the_same_report(grade: Grader) -> None:
    """Twice the same, apart from the seconds; another seed gives other inputs."""

    def without_seconds(report: Report) -> list[tuple[object, ...]]:
        return [(v.id, v.points, v.message, v.evidence) for v in report.checks]

    wrong = "def double(x): return 3.7 * x + 1"
    first, second = grade(wrong), grade(wrong)
    assert without_seconds(first) == without_seconds(second)
    assert without_seconds(grade(wrong, seed=1)) != without_seconds(first)


def test_a_mistake_is_named(grade: Grader) -> None:
    """An answer that equals a misconception's has its sentence."""
    found = verdict(grade("def double(x): return x * x"), "double")
    assert found.status is Status.FAILED
    assert found.diagnosis is not None
    assert found.diagnosis.id == "double__squared"
    assert found.diagnosis.sentence == "Twice is not the square. Use 2 * x."


def test_a_mistake_in_a_class_is_named(grade: Grader) -> None:
    """Objects are diagnosed as functions are."""
    found = verdict(
        grade(
            """
            class Counter(Counter):
                def add(self, amount):
                    if amount < 0: raise ValueError
                    self.value = amount
                    return amount
            """
        ),
        "counter",
    )
    assert found.status is Status.PARTIAL
    assert found.diagnosis is not None
    assert found.diagnosis.id == "Counter__forgetful"


def test_a_wrong_part_costs_its_own_points_only(grade: Grader) -> None:
    """`total` calls a wrong `double`, and is right itself."""
    report = grade("def double(x): return 3 * x")
    assert verdict(report, "double").points == 0
    own = verdict(report, "total")
    assert own.status is Status.PASSED
    assert own.message == "Judged with the task's own double in place of yours."


@pytest.mark.parametrize(
    "part",
    [
        "def double(x): raise ValueError('no')",
        "def double(x): 2 * x",
        "def double(x): return 0 * x",
        "import os\ndef double(x): os._exit(3)",
        "def double(x):\n    while True: pass",
    ],
)
def test_however_wrong_the_part_is(grade: Grader, part: str) -> None:
    """A part that raises, ends the process or never ends still costs its own points only."""
    report = grade(part)
    assert verdict(report, "double").points == 0
    assert verdict(report, "total").status is Status.PASSED


def test_a_trivial_whole_over_a_trivial_part_earns_nothing(grade: Grader) -> None:
    """Two constants agree with each other, and not with the reference."""
    report = grade("def double(x): return 0 * x\ndef total(x): return 0.0")
    assert verdict(report, "total").status is Status.FAILED


def test_a_whole_that_leaves_the_right_path_is_on_its_own(grade: Grader) -> None:
    """Only the reference's own calls are answered: no oracle for other inputs."""
    report = grade(
        """
        def double(x): return 3 * x
        def total(x): return float(sum(double(x + 1)) - 2 * x.size)
        """
    )
    assert verdict(report, "total").status is Status.FAILED


def test_a_mistake_of_the_whole_is_named_over_a_wrong_part(grade: Grader) -> None:
    """Over the reference's parts, only its own mistake remains."""
    report = grade("def double(x): return 5 * x\ndef total(x): return float(np.sum(x))")
    found = verdict(report, "total")
    assert found.diagnosis is not None
    assert found.diagnosis.id == "total__not_doubled"


DRAWN = """
import numpy as np

def draw():
    return np.random.randn(3)

def double(x):
    return 2 * x

def whole():
    return double(double(draw()))
"""
DRAWN_CHECKS = '''
from autograder.authoring import check, expect, requirement

@requirement(points=1)
def draw(solution, given, rng):
    """Three numbers are drawn"""
    yield expect(solution.draw().shape == (3,), "there are three")

@check(points=1)
def double(solution, given, rng):
    """Double doubles"""
    return solution.double(rng.normal(size=3))

@check(points=1)
def whole(solution, given, rng):
    """What is drawn is doubled twice"""
    return solution.whole()
'''


def test_of_right_parts_the_random_one_alone_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other draws than the reference's are right; one question tells that they are all."""
    drawn = make_course(
        tmp_path, solution=DRAWN, checks=DRAWN_CHECKS, misconceptions="", points=3
    )
    asked = []

    def answer(self: Prompter, name: str, *rest: Any) -> Any:
        asked.append(name)
        return original(self, name, *rest)

    original = Prompter.answer
    monkeypatch.setattr(Prompter, "answer", answer)
    own = DRAWN.replace("randn(3)", "randn(4)[1:]")
    report = grade_one(submission(own), drawn)
    assert report.complete, report
    said = verdict(report, "whole").message
    assert said == "Judged with the task's own draw in place of yours."
    assert asked == ["draw"] * 3

    wrong = own.replace("double(double(draw()))", "double(draw()) + 1")
    report = grade_one(submission(wrong), drawn)
    assert verdict(report, "whole").status is Status.FAILED
    judged = ["draw"] * 6 + ["draw", "double"] * 3
    assert asked[: len(judged)] == judged  # what follows comes of repairs that are tried


def test_gradients_are_judged_by_the_reference_s_cost(grade: Grader) -> None:
    """A wrong gradient is wrong, named, and a factor earns its part."""
    found = verdict(grade("def slope(w, x): return w * x**2 / x.size"), "slope")
    assert (found.status, found.points) == (Status.PARTIAL, 2.5)
    assert found.diagnosis is not None
    assert found.diagnosis.id == "slope__without_two"


def test_gradients_of_one_s_own_cost_earn_half(grade: Grader) -> None:
    """A cost with another factor, and the gradients that follow it."""
    report = grade(
        """
        def cost(w, x): return float(np.sum((w * x) ** 4))
        def slope(w, x): return 4 * w**3 * x**4
        """
    )
    found = verdict(report, "slope")
    assert (found.status, found.points) == (Status.PARTIAL, 5)
    assert "gradients of your own forward pass and cost" in found.message


def test_gradients_that_need_no_derivation_earn_nothing(grade: Grader) -> None:
    """A cost that is linear in its parameters, with gradients that they do not change."""
    report = grade(
        """
        def cost(w, x): return float(np.sum(w) * np.sum(x))
        def slope(w, x): return np.ones(w.shape) * np.sum(x)
        """
    )
    assert verdict(report, "slope").points == 0


def test_zero_gradients_of_a_constant_cost_earn_nothing(grade: Grader) -> None:
    """A cost that nothing moves cannot vouch for a gradient."""
    found = verdict(grade("def cost(w, x): return 1.0\ndef slope(w, x): return 0 * w"), "slope")
    assert found.points == 0


def test_requirements_earn_their_share(grade: Grader) -> None:
    """Each property counts, and the one that does not hold is said with what was seen."""
    found = verdict(
        grade(
            """
            class Counter(Counter):
                def __init__(self, start):
                    self.value, self.steps = 7, np.zeros(2)
            """
        ),
        "counter_starts",
    )
    assert (found.status, found.points) == (Status.PARTIAL, 5)
    assert found.message == "This should hold, and does not: value is the start (7)."


def test_a_threshold_says_what_was_reached(grade: Grader) -> None:
    """Below the bar, twice: the best value and the bar are said."""
    found = verdict(grade("def double(x): return -2 * x"), "mostly_positive")
    assert found.status is Status.FAILED
    assert "It reached 0 and 0, in tries with other draws, where 0.9" in found.message


def test_a_threshold_takes_two_of_three(grade: Grader) -> None:
    """One bad draw costs nothing."""
    found = verdict(
        grade(
            """
            calls = []
            def double(x):
                if x.ndim == 1 and x.size == 20:
                    calls.append(1)
                    return -x if len(calls) == 1 else 2 * x
                return 2 * x
            """
        ),
        "mostly_positive",
    )
    assert found.status is Status.PASSED


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ("def double(x): return 1 / 0", Status.ERRORED, "ZeroDivisionError"),
        ("def double(x): raise KeyboardInterrupt", Status.ERRORED, "KeyboardInterrupt"),
        ("import sys\ndef double(x): sys.exit(1)", Status.ERRORED, "exit"),
        ("def double(x): input()", Status.ERRORED, "input"),
        ("import os\ndef double(x): os._exit(0)", Status.CRASHED, "ended"),
        ("import ctypes\ndef double(x): ctypes.string_at(0)", Status.CRASHED, "signal 11"),
        ("def double(x): return np.ones(10**10)", Status.OUT_OF_MEMORY, "memory"),
        ("def double(x):\n    while True: pass", Status.TIMED_OUT, "still running after 0.4 s"),
        ("def double(x): 2 * x", Status.FAILED, "returned None"),
        ("def double(x): return 'twice'", Status.FAILED, "the text 'twice'"),
        ("def double(x): return np.array([object()])", Status.FAILED, "array of"),
        ("def double(x): return 2 * x.ravel()", Status.PARTIAL, "shape (6,); (2, 3) is needed"),
        ("def double(x): return 2 * x * np.nan", Status.FAILED, "6 nan among 6"),
        ("def double(x): return x / 0", Status.FAILED, "infinite"),
        ("def double(x, y, z): return x", Status.ERRORED, "argument"),
        ("del double", Status.NOT_ATTEMPTED, "double"),
        ("double = 3", Status.FAILED, "double"),
    ],
)
def test_every_way_to_go_wrong(grade: Grader, change: str, status: Status, words: str) -> None:
    """Each has its own status and words, and costs no other check its points."""
    report = grade(change)
    found = verdict(report, "double")
    assert found.status is status, found
    assert words in found.message, found
    assert found.hint
    assert verdict(report, "slope").status is Status.PASSED
    assert verdict(report, "counter").status is Status.PASSED
    assert verdict(report, "total").status is Status.PASSED


@pytest.mark.parametrize("body", ["raise NotImplementedError", "return None", "pass"])
def test_what_is_not_written_yet(grade: Grader, body: str) -> None:
    """It costs its own points only, and is said to be missing."""
    report = grade(submission(SOLUTION.replace("return 2 * x\n", f"{body}\n", 1)))
    found = verdict(report, "double")
    assert found.status is Status.NOT_ATTEMPTED
    assert "not written yet" in found.message
    assert verdict(report, "total").status is Status.PASSED


@pytest.mark.parametrize(
    "change",
    [
        "print('x' * 1_000_000)",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
        "np.random.seed(99); np.random.rand(1000)",
        "import sys\nsys.exit(0)",
        "raise KeyboardInterrupt",
        "np.allclose = lambda *a, **k: True\nnp.sum = np.sum",
        "while True: pass",
        "import os\nos._exit(0)",
        "import not_installed_anywhere",
        "from testCases import *",
        "x = undefined_name + 1",
    ],
)
def test_what_a_file_does_at_its_top_level_costs_nothing(grade: Grader, change: str) -> None:
    """The functions above a bad line are graded in full."""
    report = grade(change)
    assert report.points == 60, report


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ("def double(x):\n    x *= 2\n    return x", "double changes its argument x in place."),
        ("def double(x, verbose=False): return 2 * x", ""),
        ("def double(values): return 2 * values", ""),
        ("del double\ndef doubles(x): return 2 * x", "There is no double; doubles was taken"),
        ("def slope(x, w): return 2 * w * x**2 / x.size", "matched by name"),
    ],
)
def test_unusual_forms_pass(grade: Grader, change: str, remark: str) -> None:
    """Right in another form is right, with a remark where it is worth one."""
    report = grade(change)
    assert report.points == 60, report
    assert remark in " ".join(v.message for v in report.checks)


def test_a_right_submission_asks_for_no_parts(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To tell its parts the reference runs once more, which may be a whole training."""

    def asked(case: LiveCase) -> None:
        raise AssertionError("the reference was traced")

    monkeypatch.setattr(LiveCase, "calls", property(asked))
    report = grade_one(submission(SOLUTION), make_course(tmp_path), sandbox=sandbox)
    assert report.complete, report


def test_a_machine_that_gives_too_little_is_no_zero(
    grade: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What neither ended nor met its limit after very long is ungraded."""
    monkeypatch.setattr(meter, "LAST_SECONDS", 0.3)
    monkeypatch.setattr(meter, "LAST_TIMES", 0.0)
    report = grade("def double(x):\n    while True: pass")
    assert report.ungraded
    assert verdict(report, "double").status is Status.GRADER_FAULT
    assert "too busy" in verdict(report, "double").message


def test_a_submission_has_one_budget(grade: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is used, whatever is asked next ends at once, and says so; others go on."""
    monkeypatch.setattr(Assignment, "most_seconds", 0.3)
    report = grade("def double(x):\n    while True: pass\n\ntotal = slope = double")
    for name in ("double", "total", "slope"):
        found = verdict(report, name)
        assert found.status is Status.TIMED_OUT
        assert "still running after 0.3 s" in found.message
    assert not report.ungraded
    assert grade(submission(SOLUTION)).complete


def test_a_part_that_hangs_costs_its_own_time(tmp_path: Path, sandbox: Sandbox) -> None:
    """Once it is known, its callers are looked at over right parts only, theirs as well."""
    of_totals = "\n\ndef mean(x):\n    return total(x) / np.size(x)\n"
    checks = CHECKS + (
        "\n@check(points=4)\ndef mean(solution, given, rng):\n"
        '    """The mean is the total by the number"""\n'
        "    return solution.mean(rng.normal(size=(3, 5)))\n"
    )
    course = make_course(
        tmp_path, checks=checks, solution=SOLUTION + of_totals, points=64, limits=LIMITS
    )
    hanging = submission(SOLUTION + of_totals + "\ndef double(x):\n    while True: pass\n")
    report = grade_one(hanging, course, sandbox=sandbox)
    assert verdict(report, "double").status is Status.TIMED_OUT
    for name in ("total", "mean"):
        found = verdict(report, name)
        assert found.status is Status.PASSED
        assert "Judged with the task's own" in found.message
        assert found.seconds < verdict(report, "double").seconds
    wrong = submission(
        SOLUTION + of_totals.replace("/", "*") + "\ndef double(x):\n    while True: pass\n"
    )
    report = grade_one(wrong, course, sandbox=sandbox)
    found = verdict(report, "mean")
    assert found.status is Status.FAILED
    assert found.seconds < verdict(report, "double").seconds


@pytest.mark.parametrize(
    ("method", "status", "words"),
    [
        ("def add(self, amount): return 1 / 0", Status.ERRORED, "Counter.add stopped with"),
        ("def add(self, amount): raise NotImplementedError", Status.NOT_ATTEMPTED, "add"),
        ("def plus(self, amount): pass", Status.FAILED, "no attribute or method 'add'"),
    ],
)
def test_methods_are_named(grade: Grader, method: str, status: Status, words: str) -> None:
    """A message speaks of Counter.add, not of a method."""
    start = "def __init__(self, start): self.value, self.steps = start, np.zeros(2)"
    found = verdict(grade(f"class Counter:\n    {start}\n    {method}"), "counter")
    assert found.status is status
    assert words in found.message


def test_attributes_have_defaults(tmp_path: Path, sandbox: Sandbox) -> None:
    """`getattr` and `hasattr` work on objects in the sandbox as on any other."""
    checks = CHECKS.replace(
        'yield expect(net.value == start, "value is the start", net.value)',
        'yield expect(getattr(net, "value", 0) == start, "value is the start", "none")',
    )
    mine = changed("class Counter:\n    def __init__(self, start): self.steps = np.zeros(2)")
    report = grade_one(mine, make_course(tmp_path, checks=checks), sandbox=sandbox)
    assert verdict(report, "counter_starts").points == 5


def test_only_some_checks(grade: Grader) -> None:
    """`only` runs what it names, and says what there is."""
    report = grade(submission(SOLUTION), only=["total"])
    assert [v.id for v in report.checks] == ["total"]
    with pytest.raises(UsageError) as error:
        grade(submission(SOLUTION), only=["totle"])
    assert error.value.hint == "Did you mean 'total'?"


def test_a_broken_reference_is_nobody_s_zero(tmp_path: Path, sandbox: Sandbox) -> None:
    """A reference that raises gives a grader_fault, and the report is ungraded."""
    broken = SOLUTION.replace("return 2 * x\n", "return 2 * undefined\n")
    report = grade_one(
        submission(SOLUTION), make_course(tmp_path, solution=broken), sandbox=sandbox
    )
    found = verdict(report, "double")
    assert found.status is Status.GRADER_FAULT
    assert "raised NameError on the reference" in found.message
    assert "not your fault" in found.hint
    assert report.ungraded
    assert verdict(report, "slope").status is Status.PASSED


def test_a_broken_check_is_nobody_s_zero(tmp_path: Path, sandbox: Sandbox) -> None:
    """A probe that fails on the reference is the course's mistake."""
    checks = CHECKS.replace("return solution.total(given", "return undefined(given")
    report = grade_one(
        submission(SOLUTION), make_course(tmp_path, checks=checks), sandbox=sandbox
    )
    assert verdict(report, "total").status is Status.GRADER_FAULT


def test_checks_must_add_up(tmp_path: Path, sandbox: Sandbox) -> None:
    """Points that do not add up are found before anybody is graded."""
    with pytest.raises(CourseError, match="worth 60 points together"):
        grade_one(submission(SOLUTION), make_course(tmp_path, points=100), sandbox=sandbox)


HANGING = "\ndef double(x):\n    while True: pass\n"


def test_a_verdict_is_the_same_alone(grade: Grader) -> None:
    """What a check must know of its parts it finds out, whatever else is asked for."""
    mine = submission(SOLUTION + HANGING)
    everything = {v.id: told(v) for v in grade(mine).checks}
    for wanted in (["total"], ["total", "double"], ["mostly_positive"]):
        alone = {v.id: told(v) for v in grade(mine, only=wanted).checks}
        assert alone == {name: everything[name] for name in everything if name in wanted}


def test_the_order_of_checks_changes_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    """A check above that of its part, which hangs."""
    above = CHECKS.index("@check(points=10, hint")
    below = CHECKS.index("@check(points=10)\ndef total")
    after = CHECKS.index("@gradient")
    turned = CHECKS[:above] + CHECKS[below:after] + CHECKS[above:below] + CHECKS[after:]
    mine = submission(SOLUTION + HANGING)
    reports = [
        grade_one(
            mine, make_course(tmp_path / name, checks=checks, limits=LIMITS), sandbox=sandbox
        )
        for name, checks in (("usual", CHECKS), ("turned", turned))
    ]
    usual, other = ({v.id: told(v) for v in report.checks} for report in reports)
    assert usual == other
    assert verdict(reports[1], "total").status is Status.PASSED


def test_what_a_function_remembers_reaches_no_other_check(grade: Grader) -> None:
    """One that counts its calls gives each check the same count, alone and among others."""
    counting = "calls = []\ndef double(x):\n    calls.append(1)\n    return 2 * x + len(calls)"
    report = grade(changed(counting))
    for name in ("double", "mostly_positive"):
        assert told(verdict(report, name)) == told(
            verdict(grade(changed(counting), only=[name]), name)
        )


def told(found: Verdict) -> tuple[object, ...]:
    """All of a verdict but its seconds."""
    return (
        found.status,
        found.points,
        found.message,
        found.hint,
        found.diagnosis,
        found.evidence,
    )


LEARNER = """
import numpy as np

def step(w, x):
    return w + x

def learn(x):
    w = 0.0
    for each in x:
        w = step(w, each)
    return w

def decide(w, x):
    return x > w / 10

def slope(w, x):
    return 2 * w * scale(x)

def scale(x):
    return x**2

def cost(w, x):
    return float(np.sum(w**2 * x**2))
"""
LEARNER_CHECKS = '''
import numpy as np
from autograder.authoring import check, gradient, threshold

@check(points=1)
def step(solution, given, rng):
    """One step"""
    return solution.step(float(rng.normal()), float(rng.normal()))

@check(points=1)
def learn(solution, given, rng):
    """All steps"""
    return solution.learn(rng.normal(size=4))

@check(points=1)
def decide(solution, given, rng):
    """A decision"""
    return solution.decide(float(rng.uniform(1, 2)), rng.normal(size=9))

@check(points=1, of="decide")
def decide_at_the_border(solution, given, rng):
    """A tie is no"""
    return solution.decide(10.0, np.ones(2))

@threshold(points=1, at_least=0.9, of="learn")
def learns(solution, given, rng):
    """It learns and decides"""
    x = rng.uniform(0, 2, 10)
    return float(np.mean(solution.decide(solution.learn(x), x) == (x > np.mean(x))))

@check(points=1)
def scale(solution, given, rng):
    """A scale"""
    return solution.scale(rng.normal(size=3))

@gradient(points=1, of="slope")
def slope(solution, given, rng):
    """The slope of the cost"""
    w, x = rng.normal(size=3), rng.normal(size=3)
    return lambda p: given.cost(p["w"], x), {"w": w}, {"w": solution.slope(w, x)}
'''


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A small course of a function that learns, one that decides, and a gradient of parts."""
    return make_course(
        tmp_path_factory.mktemp("learner"),
        solution=LEARNER,
        checks=LEARNER_CHECKS,
        misconceptions="",
        points=7,
        limits=LIMITS,
    )


LEARNS_FOR_SHORT = (
    "learn_long = learn\ndef learn(x): return learn_long(x) if len(x) < 9 else 0.0"
)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (LEARNS_FOR_SHORT, Status.FAILED),
        (LEARNS_FOR_SHORT + "\ndef decide(w, x): return x >= w / 10", Status.FAILED),
        (LEARNS_FOR_SHORT + "\ndef decide(w, x): return (x > w / 10)[:, None]", Status.FAILED),
        (LEARNS_FOR_SHORT + "\ndef step(w, x): return w - x", Status.FAILED),
        (LEARNS_FOR_SHORT + "\ndef scale(x): return x", Status.FAILED),
        ("def decide(w, x): return x < w / 10", Status.PASSED),
        ("def decide(w, x): return x * a", Status.PASSED),
        ("def decide(w, x):\n    while True: pass", Status.PASSED),
        ("def step(w, x): return w - x", Status.PASSED),
        ("def step(x, w): return w - x", Status.PASSED),
        ("def step(w, x): raise ValueError", Status.PASSED),
        ("def step(w, x): return w - x\ndef learn(x): return float(x.sum())", Status.PASSED),
        ("def step(w, x): return w - x\ndef learn(x): return step(0.0)", Status.ERRORED),
        ("def learn(x): return 99.0", Status.FAILED),
        ("def learn(x): return 99.0\ndef decide(w, x): return x < 0", Status.FAILED),
        ("def scale(x): return x\ndef learn(x): return scale(x)[0] * 0 + 99.0", Status.FAILED),
    ],
)
def test_a_threshold_is_judged_over_the_task_s_parts(
    learner: Assignment, sandbox: Sandbox, change: str, status: Status
) -> None:
    """It is lost where its own function is wrong, and not for a part, however wrong."""
    report = grade_one(submission(f"{LEARNER}\n{change}\n"), learner, sandbox=sandbox)
    found = verdict(report, "learns")
    assert found.status is status, found
    over_parts = status is Status.PASSED and "float(x.sum())" not in change
    assert ("in place of yours" in found.message) is over_parts


LONG = """
def learn(x):
    w = 0.0
    for number in range(200):
        w = step(w, x[number % len(x)] * len(x) / 200)
    return w
"""
AGAIN = "\nx0 = learn\ndef learn(x): return x0(x)"


@pytest.mark.parametrize(
    ("own", "status", "message"),
    [
        ("", Status.PASSED, "learn itself is right"),
        (f"{AGAIN} * (1 + 1e-4)", Status.PASSED, "in place of yours"),
        (f"{AGAIN} + 9", Status.FAILED, ""),
        (f"{AGAIN} if len(x) < 9 else 0.0", Status.FAILED, ""),
    ],
)
def test_a_sound_training_is_not_run_to_its_end_over_the_task_s_parts(
    tmp_path: Path, sandbox: Sandbox, own: str, status: Status, message: str
) -> None:
    """Its own checks and many answered calls are enough; for one that is wrong they are not."""
    long = LEARNER + LONG
    course = make_course(
        tmp_path, solution=long, checks=LEARNER_CHECKS, misconceptions="", points=7
    )
    wrong = "\ndef step(w, x): return w - x\n"
    found = verdict(
        grade_one(submission(long + own + wrong), course, sandbox=sandbox), "learns"
    )
    assert found.status is status, found
    assert message in found.message


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("def decide(w, x): return x < w / 10", Status.SKIPPED),
        ("def learn(x): return 99.0\ndef scale(x): return x", Status.FAILED),
        ("def scale(x): return x", Status.PASSED),
        ("def learn(x): return 1 / 0\ndef step(w, x): return 0", Status.ERRORED),
    ],
)
def test_a_bundle_leaves_open_what_right_parts_would_reach(
    learner: Assignment, sandbox: Sandbox, change: str, status: Status
) -> None:
    """Without the reference a threshold over a wrong part is neither reached nor missed."""
    bundle = replace(learner, reference=None)
    report = grade_one(
        submission(f"{LEARNER}\n{change}\n"),
        bundle,
        sandbox=sandbox,
        only=["learns"],
        key=answer_key(learner, 0),
    )
    found = verdict(report, "learns")
    assert found.status is status, found
    assert ("instructor's run" in found.message) is (status is Status.SKIPPED)


def test_a_gradient_is_judged_over_the_task_s_parts(
    learner: Assignment, sandbox: Sandbox
) -> None:
    """A right slope that calls a wrong part keeps its points; a wrong one does not."""
    wrong = "def scale(x): return 5 * x\n"
    report = grade_one(submission(f"{LEARNER}\n{wrong}"), learner, sandbox=sandbox)
    found = verdict(report, "slope")
    assert found.status is Status.PASSED
    assert found.message == "Judged with the task's own scale in place of yours."
    uphill = wrong + "def slope(w, x): return -2 * w * scale(x)\n"
    report = grade_one(submission(f"{LEARNER}\n{uphill}"), learner, sandbox=sandbox)
    assert verdict(report, "slope").status is Status.PARTIAL


NEURON = """
import numpy as np

class Neuron:
    def __init__(self, rate):
        self.rate = rate

    def answer(self, x):
        return float(x @ self.w > 0)

    def fit(self, X, y):
        self.w = np.zeros(X.shape[1])
        self.wrong = 0
        for x, label in zip(X, y):
            error = label - self.answer(x)
            self.w = self.w + self.rate * error * x
            self.wrong += int(error != 0)
        return self
"""
NEURON_CHECKS = '''
import numpy as np
from autograder.authoring import check

@check(points=1, of="Neuron")
def answers(solution, given, rng):
    """It answers"""
    neuron = solution.Neuron(1.0)
    neuron.w = rng.normal(size=2)
    return [neuron.answer(rng.normal(size=2)) for _ in range(9)]

@check(points=1, of="Neuron")
def fits(solution, given, rng):
    """It learns"""
    neuron = solution.Neuron(float(rng.uniform(0.1, 1)))
    neuron.fit(rng.normal(size=(9, 2)), rng.integers(0, 2, 9).astype(float))
    return neuron.w, neuron.wrong
'''


@pytest.mark.parametrize(
    ("old", "new", "answers", "fits"),
    [
        ("self.w > 0", "self.w < 0", 0, 1),
        ("def answer", "def anser", 0, 1),
        ("return float(x @ self.w > 0)", "return 1 / 0", 0, 1),
        ("error * x", "error / x", 1, 0.5),
        ("self.rate * error", "self.rate", 1, 0),
    ],
)
def test_a_wrong_method_costs_its_own_points_only(
    tmp_path: Path, sandbox: Sandbox, old: str, new: str, answers: float, fits: float
) -> None:
    """`fit` calls a wrong `answer`, and is right itself, or wrong by itself."""
    course = make_course(
        tmp_path, solution=NEURON, checks=NEURON_CHECKS, misconceptions="", points=2
    )
    report = grade_one(submission(NEURON.replace(old, new, 1)), course, sandbox=sandbox)
    assert verdict(report, "answers").points == answers, report
    found = verdict(report, "fits")
    assert found.points <= fits
    if fits == 1:
        assert found.status is Status.PASSED
        assert found.message == "Judged with the task's own Neuron.answer in place of yours."


def test_a_method_is_answered_on_the_right_path_only(tmp_path: Path, sandbox: Sandbox) -> None:
    """Weights that nobody has updated are not those of the path: no count comes of them."""
    course = make_course(
        tmp_path, solution=NEURON, checks=NEURON_CHECKS, misconceptions="", points=2
    )
    lazy = NEURON.replace("self.w + self.rate * error * x", "self.w").replace("> 0)", "> 9)")
    report = grade_one(submission(lazy), course, sandbox=sandbox)
    assert verdict(report, "fits").points == 0


def test_who_prints_and_is_wrong_is_told_where_to_see_it(grade: Grader) -> None:
    """What a check's run prints is shown nowhere; where all is right, nobody needs it."""
    for value, told in (("x", True), ("2 * x", False)):
        report = grade(changed(f"def double(x):\n    print(x)\n    return {value}\n"))
        assert ("What double prints is not shown" in verdict(report, "double").message) is told
