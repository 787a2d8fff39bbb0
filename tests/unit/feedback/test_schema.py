"""The documented form of a report."""

from __future__ import annotations

import json
import re

import jsonschema
import msgspec
import pytest

from autograder.feedback.schema import schema
from autograder.model import Diagnosis, Evidence, Report, Status, Tier, Verdict


@pytest.fixture
def report() -> Report:
    """A report in which every field is filled."""
    verdict = Verdict(
        id="f",
        of="f",
        title="F",
        status=Status.PARTIAL,
        points=1.5,
        possible=2,
        diagnosis=Diagnosis("f__x", "Not so."),
        evidence=(Evidence("a", "1", "2"),),
    )
    return Report(
        assignment="a",
        points=1.5,
        possible=2,
        seed=0,
        tier=Tier.D,
        versions={"numpy": "2"},
        notes=("n",),
        checks=(verdict, msgspec.structs.replace(verdict, diagnosis=None)),
    )


def test_the_schema_is_current(root):
    """docs/report.schema.json is what the model says; else run autograder.feedback.schema."""
    assert (root / "docs/report.schema.json").read_text(encoding="utf-8") == schema()


def test_reports_validate(report):
    """What is encoded obeys the schema, as an independent validator reads it."""
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    jsonschema.validate(json.loads(msgspec.json.encode(report)), json.loads(schema()))


def test_the_schema_refuses_what_is_no_report(report):
    """An unknown status and a missing field are not valid."""
    wrong = json.loads(msgspec.json.encode(report))
    wrong["checks"][0]["status"] = "great"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json.loads(schema()))
    del wrong["checks"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json.loads(schema()))


def test_every_field_is_explained(root):
    """docs/report.md has a line for each field and each status, and for nothing else."""
    text = (root / "docs/report.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    fields = [
        name
        for kind in (Report, Verdict, Diagnosis, Evidence)
        for name in kind.__struct_fields__
    ]
    assert sorted(explained) == sorted([*fields, *Status])
