"""JUnit XML, as Jenkins, GitLab and others read it: a suite for each submission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from autograder.export.cells import number, write_file
from autograder.export.model import INSTRUCTORS, Row
from autograder.export.people import with_owners
from autograder.feedback.lines import as_text
from autograder.model import Status, Verdict
from autograder.sandbox.text import clean
from autograder.submissions.people.roster import Roster

_TAG = {
    Status.PARTIAL: "failure",
    Status.FAILED: "failure",
    Status.NOT_ATTEMPTED: "failure",
    Status.ERRORED: "error",
    Status.TIMED_OUT: "error",
    Status.OUT_OF_MEMORY: "error",
    Status.CRASHED: "error",
    Status.GRADER_FAULT: "error",
    Status.SKIPPED: "skipped",
}


class JUnit:
    """One file. Points are properties of the suite, since a test case may have none."""

    name = "junit"
    suffix = ".xml"
    for_students = False

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """A check is a test case; a missed one is a failure, one that broke off an error."""
        suites = ET.Element("testsuites", name="autograder")
        everybody, remarks = with_owners(rows, roster, all_rows=True)
        for one in everybody:
            _suite(suites, one.row, one.person.key)
        for count in ("tests", "failures", "errors"):
            suites.set(count, str(sum(int(suite.get(count, 0)) for suite in suites)))
        ET.indent(suites)
        content = ET.tostring(suites, encoding="unicode")
        write_file(to, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n')
        return [*remarks, f"This file is {INSTRUCTORS}."]


def _suite(suites: ET.Element, row: Row, student: str) -> None:
    report = row.report
    tags = Counter(_TAG.get(verdict.status, "passed") for verdict in report.checks)
    suite = ET.SubElement(
        suites,
        "testsuite",
        name=_xml(student),
        package=_xml(row.assignment),
        tests=str(len(report.checks)),
        failures=str(tags["failure"]),
        errors=str(tags["error"]),
        skipped=str(tags["skipped"]),
        time=f"{sum(verdict.seconds for verdict in report.checks):.3f}",
    )
    if row.graded:
        suite.set("timestamp", _xml(row.graded))
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(row).items():
        ET.SubElement(properties, "property", name=_xml(name), value=_xml(value))
    for verdict in report.checks:
        _case(suite, verdict, f"{row.assignment}.{student}")
    if report.notes:
        ET.SubElement(suite, "system-out").text = _xml("\n".join(report.notes))


def _properties(row: Row) -> dict[str, str]:
    return {
        "for": INSTRUCTORS,
        "points": "" if row.undecided else number(row.points),
        "possible": number(row.possible),
        "late_penalty": number(row.late_penalty),
        "adjustment": number(row.adjustment),
        "remark": row.remark,
        "digest": row.digest,
        "source": row.source,
        "tier": row.report.tier.value,
        **{f"points.{one.id}": number(one.points) for one in row.report.checks},
        **{f"points.{one.id}": number(one.points or 0) for one in row.questions},
        **{f"possible.{one.id}": number(one.possible) for one in row.report.checks},
    }


def _case(suite: ET.Element, verdict: Verdict, group: str) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        name=_xml(verdict.id),
        classname=_xml(group),
        time=f"{verdict.seconds:.3f}",
    )
    tag = _TAG.get(verdict.status)
    if tag is not None:
        outcome = ET.SubElement(
            case, tag, type=verdict.status.value, message=_xml(verdict.message or verdict.title)
        )
        outcome.text = _xml(as_text(verdict))


def _xml(text: str) -> str:
    """Text without what no XML document may hold, whatever its writing."""
    return clean(text, 100_000).translate({0xFFFE: None, 0xFFFF: None})
