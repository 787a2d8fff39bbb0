"""Blackboard's download: loose files, and for each attempt a text that tells whose it is."""

from __future__ import annotations

import re

import msgspec

from autograder.submissions.sources.claims import Claim, Placed, Search
from autograder.submissions.sources.downloads import typed
from autograder.submissions.sources.members import SourceMember
from autograder.submissions.sources.times import iso_time, long_time

# "HW_jdoe_attempt_2026-03-01-10-00-00_small.py", beside the same with ".txt". What a student
# chooses comes after the first time, and may look like all of it again.
_NAME = re.compile(
    r"(?P<head>.+?)_attempt_(?P<stamp>\d{4}(?:-\d\d){5})(?:_(?P<rest>.+)|(?P<text>\.txt))",
    re.DOTALL,
)
_WHO = re.compile(r"[^:]+: (?P<name>.*) \((?P<login>[^()]+)\)")
_LINES = 6  # of the text, which Blackboard writes before what the student wrote


class _Told(msgspec.Struct, frozen=True):
    """The person and the time in an attempt's text."""

    login: str = ""
    name: str = ""
    submitted: str | None = None


def fits_blackboard(name: str, is_folder: bool) -> bool:
    """Loose files with a login and a time."""
    return not is_folder and _NAME.fullmatch(name) is not None


def blackboard(placed: list[Placed], search: Search) -> list[Claim]:
    """Every attempt of every student. Whose it is, the text beside it says.

    Logins and titles of assignments may hold "_": where the text is missing, the title that
    the other texts leave over says where the login begins.
    """
    matches = [
        (match, member)
        for parts, member in placed
        if len(parts) == 1 and (match := _NAME.fullmatch(parts[0])) is not None
    ]
    texts = {match.group("head", "stamp"): member for match, member in matches if match["text"]}
    read = search.texts(texts.values())
    told = {
        attempt: _told(read.get(member, ""), attempt[0], search.zone)
        for attempt, member in texts.items()
    }
    titles = {head.removesuffix(one.login) for (head, _), one in told.items() if one.login}
    title = titles.pop() if len(titles) == 1 else ""
    return [_claim(match, member, told, title, search.zone) for match, member in matches]


def _claim(
    match: re.Match[str],
    member: SourceMember,
    told: dict[tuple[str, ...], _Told],
    title: str,
    zone: str,
) -> Claim:
    one = told.get(match.group("head", "stamp"), _Told())
    login = one.login
    if not login and title and match["head"].startswith(title):
        login = match["head"].removeprefix(title)
    return Claim(
        member=member,
        person=login or f"?{match['head']}",
        student=login,
        name=match["rest"] or "",
        submitted=one.submitted or _stamped(match["stamp"], zone),
        order=match["stamp"],
        display=one.name,
        aliases=(one.name,) if one.name else (),
        refusal=_refusal(match, login),
    )


def _refusal(match: re.Match[str], login: str) -> str:
    if not login:
        name = f"{match['head']}_attempt_{match['stamp']}.txt"
        return f"{name}, which says whose it is, is missing or says nothing"
    return "" if match["rest"] else typed("Blackboard")


def _told(text: str, head: str, zone: str) -> _Told:
    """Read an attempt's text: the first line says who, one of the next says when.

    The words before the colons are in the language of whoever downloaded it.
    """
    lines = text.lstrip("\ufeff").splitlines()[:_LINES]
    who = _WHO.fullmatch(lines[0].strip()) if lines else None
    if who is None or not head.endswith(f"_{who['login']}"):
        return _Told()
    values = []
    for line in lines[1:]:
        _, colon, value = line.partition(":")
        if not colon:
            break
        values.append(value.strip())
    submitted = next((time for value in values if (time := long_time(value, zone=zone))), None)
    return _Told(who["login"], who["name"], submitted)


def _stamped(stamp: str, zone: str) -> str | None:
    day, clock = stamp[:10], stamp[11:].replace("-", ":")
    return iso_time(f"{day} {clock}", zone=zone)
