"""A plugin of pytest that notes which lines each test runs, and for how long.

What a fixture runs counts for each test of its file, since it may serve them all.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import coverage
import msgspec
import pytest

CODE = Path(__file__).parents[2] / "autograder"


class Reached(msgspec.Struct):
    """What one run of some tests has noted."""

    seconds: dict[str, float] = {}  # of each test that passed
    failed: list[str] = []
    tests: list[str] = []
    lines: dict[str, list[int]] = {}  # "judging/equals.py:12": which of the tests run it

    def reaching(self, lines: Sequence[str], own: str, most: float) -> list[str]:
        """The tests that run the first of these lines that any test runs.

        Those of the file `own` come first, then the quickest, of about `most` seconds.
        """
        numbers = next(filter(None, map(self.lines.get, lines)), [])
        reaching = [self.tests[number] for number in numbers]
        chosen: list[str] = []
        total = 0.0
        for test in sorted(reaching, key=lambda t: (own not in t, self.seconds[t])):
            total += self.seconds[test]
            if chosen and total > most:
                break
            chosen.append(test)
        return chosen


class Reach:
    """The plugin: it measures from the first import on."""

    def __init__(self, package: str) -> None:
        self.noted = Reached()
        self.measured = coverage.Coverage(
            data_file=None, include=[f"{CODE}/{package}/*"], config_file=False, messages=False
        )
        self.measured.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Lines from here on are the test's own; those of fixtures are its file's."""
        self.measured.switch_context(item.nodeid)
        started = time.monotonic()
        try:
            return (yield)
        finally:
            self.noted.seconds[item.nodeid] = time.monotonic() - started
            self.measured.switch_context(_file(item.nodeid))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """See above."""
        self.measured.switch_context(_file(item.nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails as the code stands can catch nothing."""
        if report.failed:
            self.noted.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Turn contexts into tests."""
        self.measured.stop()
        for test in self.noted.failed:
            self.noted.seconds.pop(test, None)
        self.noted.tests = tests = list(self.noted.seconds)
        data = self.measured.get_data()
        for path in data.measured_files():
            module = str(Path(path).relative_to(CODE))
            for line, contexts in data.contexts_by_lineno(path).items():
                ran = set(contexts)
                at_import = ran == {""}
                self.noted.lines[f"{module}:{line}"] = [
                    number
                    for number, test in enumerate(tests)
                    if at_import or test in ran or _file(test) in ran
                ]


def _file(test: str) -> str:
    return test.partition("::")[0]
