"""JUnit XML obeys a schema, whatever a student wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from autograder.export.junit import JUnit
from autograder.export.model import INSTRUCTORS
from autograder.submissions.people.roster import Person, Roster

SCHEMA = Path(__file__).parents[2] / "files" / "junit.xsd"


@pytest.fixture(scope="module")
def schema():
    """The schema of JUnit's reports."""
    return xmlschema.XMLSchema(SCHEMA)


def test_junit_obeys_its_schema(make_row, schema, tmp_path):
    """A suite for each submission, with hostile text in names, messages and answers."""
    rows = [
        make_row("jane", remark="\x00\ufffe late"),
        make_row("<max> & \x1b[31mco"),
        make_row("ida", fault=True, graded=""),
    ]
    roster = Roster([Person(login="jdoe", name="jane"), Person(login="ida")])
    remarks = JUnit().write(rows, tmp_path / "grades.xml", roster=roster)
    schema.validate(tmp_path / "grades.xml")
    suites = ET.parse(tmp_path / "grades.xml").getroot()
    assert [suites.get(key) for key in ("tests", "failures", "errors")] == ["9", "2", "4"]
    assert [suite.get("name") for suite in suites] == ["jdoe", "<max> & co", "ida"]
    first = suites[0]
    properties = {one.get("name"): one.get("value") for one in first.iter("property")}
    assert (properties["points"], properties["points.second"]) == ("15", "5")
    cases = {case.get("name"): [child.tag for child in case] for case in first.iter("testcase")}
    assert cases == {"first": [], "second": ["failure"], "third": ["error"]}
    assert remarks == [
        "Ungraded by a fault of the grader: ida.",
        "Not on the roster: <max> & co.",
        f"This file is {INSTRUCTORS}.",
    ]
    assert properties["for"] == INSTRUCTORS


def test_the_schema_accepts_another_writer(schema, tmp_path):
    """What pytest itself writes passes: the schema was not made for our files alone."""
    (tmp_path / "test_one.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): assert 0\n"
        "def test_c(): pytest.skip('no')\n@pytest.fixture\ndef f(): 1/0\ndef test_d(f): pass\n"
    )
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--junitxml=report.xml"],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=False,
        timeout=100,
    )
    schema.validate(tmp_path / "report.xml")


def test_the_schema_refuses(schema):
    """A suite without its counts, and properties in a test case, are no JUnit."""
    for wrong in (
        '<testsuites><testsuite name="a"/></testsuites>',
        '<testsuites><testsuite name="a" tests="1" failures="0" errors="0">'
        '<testcase name="b" classname="c"><properties/></testcase></testsuite></testsuites>',
    ):
        assert not schema.is_valid(wrong)
