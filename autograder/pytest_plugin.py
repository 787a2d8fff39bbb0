"""A plug-in for pytest: each check of an assignment as a test, with its points.

    pytest --grade assignment3 --submission=FILE [--course DIR]

`grade check` does the grading, in a process of its own. So nothing of a course or a submission
is imported here, and no conftest.py is loaded. Nothing heavy is imported either unless
`--grade` is given, since pytest loads every plug-in that is installed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.model import Report, Verdict

POINTS, POSSIBLE, STATUS = "points", "possible", "status"  # properties of each test
_NOTES = pytest.StashKey[tuple[str, ...]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; they do nothing unless --grade names an assignment."""
    group = parser.getgroup("grade", "grading of an assignment")
    group.addoption(
        "--grade",
        metavar="ASSIGNMENT",
        dest="grade_assignment",
        help="run the checks of this assignment, each as a test",
    )
    group.addoption(
        "--submission",
        metavar="FILE",
        dest="grade_submission",
        help="the script or notebook to grade; by default the assignment's own file",
    )
    group.addoption(
        "--course",
        metavar="DIR",
        dest="grade_course",
        help="the course's folder; by default the one you are in",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, None, None]:
    """With --grade, load no conftest.py, and take no settings that a submission lies beside.

    Before it knows the options, pytest looks for settings beside every path among its words.
    Settings can have it import modules, which must not be a student's.
    """
    if early_config.known_args_namespace.grade_assignment is not None:
        if "--submission" in early_config.invocation_params.args:
            raise pytest.UsageError(
                "Write --submission=FILE, in one word: for a word of its own, pytest reads the "
                "settings beside that file."
            )
        if early_config.inipath is not None:
            _refuse_settings(early_config, early_config.inipath)
        early_config.known_args_namespace.noconftest = True
    yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> bool | None:
    """With --grade, collect the checks and nothing else."""
    config = session.config
    if config.getoption("grade_assignment") is None:
        return None
    name = config.getoption("grade_assignment")
    collector = Checks.from_parent(session, name=name, nodeid=name)
    collector.graded = _graded(config)
    hook = config.hook
    hook.pytest_collectstart(collector=collector)
    collected = hook.pytest_make_collect_report(collector=collector)
    hook.pytest_collectreport(report=collected)
    session.items = list(collected.result or ())
    hook.pytest_collection_modifyitems(session=session, config=config, items=session.items)
    hook.pytest_collection_finish(session=session)
    session.testscollected = len(session.items)
    return True


def _refuse_settings(config: pytest.Config, settings: Path) -> None:
    """Raises pytest.UsageError for settings that may be a student's."""
    from autograder.course import handed_in

    course = _course(config)
    if not course.is_relative_to(settings.parent):
        raise pytest.UsageError(
            f"pytest took its settings from {settings}, which is not the course's.\n"
            "Go to the course's folder, or say that there are none: -c /dev/null"
        )
    chosen = config.known_args_namespace.grade_course is not None or handed_in.is_own(course)
    if _imports(config) and not chosen:
        raise pytest.UsageError(
            f"{settings} has pytest import modules of its own, which run as you.\n"
            "Where the course is yours, name it: --course=DIR. If a student handed it in, look "
            "at what these modules have done."
        )


def _imports(config: pytest.Config) -> bool:
    """True if the settings name modules, or folders to take some from."""
    words = config.getini("addopts")
    return bool(config.getini("pythonpath")) or any(word.startswith("-p") for word in words)


def _course(config: pytest.Config) -> Path:
    """The course's folder; pytest.UsageError, in the words of `grade`, where there is none."""
    from autograder.course import course
    from autograder.errors import GradeError

    named = config.known_args_namespace.grade_course
    here = config.invocation_params.dir
    try:
        return (here / named).resolve() if named is not None else course.find(here)
    except GradeError as error:
        raise pytest.UsageError(f"{error.message}\n{error.hint}".strip()) from None


def _graded(config: pytest.Config) -> Report:
    """The report of `grade check`; pytest.UsageError, in its words, where it does not grade."""
    import msgspec

    from autograder.model import Report

    words = [config.getoption("grade_assignment"), config.getoption("grade_submission")]
    course = config.getoption("grade_course")
    command = [*filter(None, words), *(["--course", course] if course is not None else [])]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "autograder.cli", "check", "--json", *command],
        cwd=config.invocation_params.dir,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    if not done.stdout:
        raise pytest.UsageError(done.stderr.strip().removeprefix("grade: "))
    return msgspec.json.decode(done.stdout, type=Report)


class Checks(pytest.Collector):
    """An assignment's checks, on one submission."""

    graded: Report

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each check, in the assignment's order."""
        self.config.stash[_NOTES] = self.graded.notes
        for verdict in self.graded.checks:
            item = CheckItem.from_parent(self, name=verdict.id)
            item.verdict = verdict
            yield item


class CheckItem(pytest.Item):
    """One check as a test: it fails with what a student would read, without a traceback."""

    verdict: Verdict

    def setup(self) -> None:
        """Points, for JUnit. What is the grader's fault is an error, and no failure."""

        self.user_properties += [
            (POINTS, self.verdict.points),
            (POSSIBLE, self.verdict.possible),
            (STATUS, self.verdict.status.value),
        ]
        if self.verdict.status.ours:
            pytest.fail(self.verdict.message, pytrace=False)

    def runtest(self) -> None:
        """Pass, skip or fail as the verdict says."""
        from autograder.feedback.lines import as_text
        from autograder.model import Status

        if self.verdict.status is Status.SKIPPED:
            pytest.skip(self.verdict.message)
        if self.verdict.status is not Status.PASSED:
            pytest.fail(as_text(self.verdict), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The heading of a failure is the check's name."""
        return self.path, None, f"{self.nodeid.partition('::')[0]}: {self.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The time of a check is its own, and not that of the whole grading."""
    report = yield
    if isinstance(item, CheckItem):
        report.duration = item.verdict.seconds if call.when == "call" else 0.0
    return report


def pytest_report_teststatus(
    report: pytest.CollectReport | pytest.TestReport,
) -> tuple[str, str, str] | None:
    """With -v, points stand behind the outcome."""
    points = _points(report)
    if points is None or report.when != "call" or report.skipped:
        return None
    letter = "." if report.passed else "F"
    return report.outcome, letter, f"{report.outcome.upper()} {points[0]:g}/{points[1]:g}"


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Remarks on the submission, and one line with the points of all checks that were run."""
    name = config.getoption("grade_assignment")
    if name is None:
        return
    from autograder.wording import visible

    reports = [report for group in terminalreporter.stats.values() for report in group]
    points = {r.nodeid: found for r in reports if (found := _points(r)) is not None}
    if not points:
        return
    for note in config.stash.get(_NOTES, ()):
        terminalreporter.write_line(f"{name}: {visible(note)}")
    if any(dict(r.user_properties)[STATUS] == "grader_fault" for r in reports if _points(r)):
        terminalreporter.write_line(f"{name}: ungraded, by a fault of the grader")
        return
    earned, possible = (round(sum(column), 2) for column in zip(*points.values(), strict=True))
    terminalreporter.write_line(f"{name}: {earned:g} of {possible:g} points")


def _points(report: object) -> tuple[float, float] | None:
    """Points and what was possible, of a report of ours."""
    properties = dict(getattr(report, "user_properties", ()))
    if not {POINTS, POSSIBLE, STATUS} <= properties.keys():
        return None
    return properties[POINTS], properties[POSSIBLE]
