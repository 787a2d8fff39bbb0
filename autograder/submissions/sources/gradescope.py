"""The people behind each submission, from the `submission_metadata.yml` of Gradescope's export.

That file can hold megabytes of test output which students control. Only its skeleton is
read, line by line, and no reader of YAML is needed: keys at fixed depths, where no text of
a student's can stand, since YAML indents it further.
"""

from __future__ import annotations

import json
import re

import msgspec

from autograder.submissions.sources.times import iso_time

METADATA = "submission_metadata.yml"
_SUBMISSION = re.compile(r"(submission_\d+):\s*")
_FIELD = re.compile(r"  :(\w+):(?: (.*))?")  # of a submission
_DETAIL = re.compile(r"  (?:- |  ):(\w+):(?: (.*))?")  # of one of its submitters


class Submitter(msgspec.Struct, frozen=True):
    """The names of a person: by number, by address, by name, as far as it is there.

    display   the last of these, where it is the name, which they may choose.
    """

    called: tuple[str, ...]
    display: str = ""


class ListedSubmission(msgspec.Struct, frozen=True):
    """One submission: its submitters and its time, or what stands there and is none."""

    submitters: tuple[Submitter, ...]
    submitted: str | None
    untimed: str = ""


def people(text: str) -> dict[str, ListedSubmission]:
    """The facts about each submission, by the name of its folder."""
    found: dict[str, ListedSubmission] = {}
    folder, field, submitted, line_of = "", "", "", 0
    who: list[dict[str, str]] = []

    def finish() -> None:
        submitters = tuple(one for one in map(_submitter, who) if one.called)
        if folder and submitters:
            when = iso_time(submitted)
            said = f"{METADATA}, line {line_of}: {submitted!r}"
            found[folder] = ListedSubmission(
                submitters, when, "" if when or not submitted else said
            )

    for number, line in enumerate(text.splitlines(), 1):
        if heading := _SUBMISSION.fullmatch(line):
            finish()
            folder, field, submitted, who = heading[1], "", "", []
        elif key := _FIELD.fullmatch(line):
            field = key[1]
            if field == "created_at":
                submitted, line_of = _scalar(key[2]), number
        elif field == "submitters" and (detail := _DETAIL.fullmatch(line)):
            if line.startswith("  - "):
                who.append({})
            if who:
                who[-1][detail[1]] = _scalar(detail[2])
    finish()
    return found


def _submitter(person: dict[str, str]) -> Submitter:
    called = (person.get(key) or "" for key in ("sid", "email", "name"))
    return Submitter(tuple(filter(None, called)), person.get("name") or "")


def _scalar(text: str | None) -> str:
    """The string that one line of YAML writes: plain, 'quoted' or "escaped"."""
    text = (text or "").strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", text)))
        except ValueError:
            return text[1:-1]
    return "" if text in ("", "~", "null") else text
