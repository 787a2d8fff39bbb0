"""Probes that cannot be what their author means, found by running them on the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.answers.independence import file_of, place_of
from autograder.answers.live import LiveKey
from autograder.authoring import Check, Kind, Seen, Untouched
from autograder.errors import CourseError, GradeError
from autograder.grading.earning import check_reference
from autograder.judging.closeness import as_array, is_structure
from autograder.judging.outcome import Returned
from autograder.judging.plain import in_words
from autograder.judging.records import Member, Record
from autograder.judging.words import describe
from autograder.networks.nouns import Network, Training

_DATA = (Seen, Record, Member, Network, Training, str, bytes, type(None))


def failing(key: LiveKey, checks: Sequence[Check]) -> Iterator[tuple[Check, str]]:
    """Each check that the reference itself does not pass, with its place and the reason."""
    for check in checks:
        if check.kind is Kind.THRESHOLD:  # a training, which grading the reference runs
            continue
        try:
            for number in range(check.cases if check.local else 1):
                case = key.case(check, number)
                check_reference(check, case)
                if said := _said_of(check, case.expected):
                    yield check, f"{place_of(check)}: {said}"
                    break
        except GradeError as error:
            yield check, f"{_place(check, error)}: {error} {_way_out(error)}".strip()


def _said_of(check: Check, expected: Any) -> str:
    """Say what is wrong with the reference's own answer; "" where nothing is."""
    if check.kind is not Kind.CHECK or not isinstance(expected, Returned):
        return ""
    value = expected.value.value if isinstance(expected.value, Untouched) else expected.value
    if value is None:
        return f"the check {check.id} returns None for the reference. Is a `return` missing?"
    found = _object_in(expected.value)
    if found is not None:
        return (
            f"the check {check.id} returns {describe(found)}, which cannot be compared. "
            "Return its attributes, or make it a dataclass."
        )
    return ""


def _object_in(value: Any) -> Any:
    """The first value in an answer that is no data; None where there is none."""
    if isinstance(value, Mapping):
        return next(filter(None, map(_object_in, value.values())), None)
    if isinstance(value, Record):
        return _object_in(value.fields)
    if isinstance(value, Untouched):
        return _object_in(value.value)
    if is_structure(value):
        return next(filter(None, map(_object_in, value)), None)
    if isinstance(value, _DATA) or as_array(value) is not None or in_words(value):
        return None
    return None if isinstance(value, int | list) else _Shown(describe(value))


class _Shown:
    def __init__(self, description: str) -> None:
        self.__description__ = description


def _place(check: Check, error: BaseException) -> str:
    """The line of the probe that was running when the exception came, or where it begins."""
    file, line = file_of(check), 0
    step = (error.__cause__ or error).__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == file:
            line = step.tb_lineno
        step = step.tb_next
    return f"{file}, line {line}" if line else place_of(check)


def _way_out(error: GradeError) -> str:
    cause = error.__cause__
    if isinstance(error, CourseError) and isinstance(cause, NameError):
        return "Define that name, or import it."
    return error.hint
