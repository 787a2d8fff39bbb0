"""Load a course folder: `course.toml`, `assignments/NAME/`, and where it is, `reference/NAME/`.

Reading the settings is cheap; an assignment's `checks.py` (and with it NumPy) is imported
only when its checks are asked for.
"""

from __future__ import annotations

import hashlib
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from autograder.course import handed_in
from autograder.course.lateness import Late
from autograder.errors import CourseError, UsageError, did_you_mean
from autograder.model import Board, Limits, Question

if TYPE_CHECKING:
    from autograder.authoring import Check

COURSE_FILE = "course.toml"
SETTINGS_FILE = "assignment.toml"
RECORDING_FILE = "recording.msgpack"
WEIGHTS = ".safetensors"  # of files that a reference hands in, as submissions do
LEAST_SECONDS = 0.5  # that a check must be left with

T = TypeVar("T", bound=msgspec.Struct)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings in `assignment.toml`."""

    title: str  # that students read
    module: str  # the stub's file name without .py
    points: float = 100.0  # of all checks together
    preload: tuple[str, ...] = ("numpy",)  # libraries that are imported once, for all
    extra_files: tuple[str, ...] = ()  # what students may hand in beside it: "*.py", "*.csv"
    likely: bool = True  # a report says what may be wrong; if not, only `grade hint` does
    count_hints: bool = False  # `grade hint` and `grade status` say how many there were
    files: tuple[str, ...] = ()  # what else stands beside checks.py, and goes to students
    hidden: tuple[str, ...] = ()  # files beside the reference, which no student gets
    limits: Limits = Limits()  # of time, memory and output
    questions: tuple[Question, ...] = ()  # that a person grades; `points` are the checks' alone
    board: Board | None = None  # shown to the class by `grade board`; it changes no points

    def __post_init__(self) -> None:
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError(f"expected questions with an id each, but got {ids}")
        for question in self.questions:
            if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", question.id) is None:
                raise ValueError(
                    f"expected an id of letters, digits, - and _, but got {question.id!r}"
                )
            if not 0 < question.points < math.inf:
                raise ValueError(
                    f"expected points above 0 for {question.id}, but got {question.points:g}"
                )


class CourseSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings in `course.toml`."""

    name: str
    assignments: tuple[str, ...] = ()  # in the order of the course; others follow by name
    late: Late = Late()


@dataclass(frozen=True)
class Assignment:
    """One assignment's folder; `reference` is None in a student's bundle."""

    name: str
    folder: Path
    settings: Settings
    reference: Path | None

    @property
    def title(self) -> str:
        """The title that a student reads."""
        return self.settings.title

    @property
    def module(self) -> str:
        """The stub's file name without its suffix."""
        return self.settings.module

    @property
    def limits(self) -> Limits:
        """The limits of a submission."""
        return self.settings.limits

    def seconds(self, check: Check) -> float:
        """Processor time for one run of a check: its own, or a share of what is left for all.

        It depends on the assignment alone, and not on what other checks have used.
        """
        if check.seconds is not None:
            return check.seconds
        others, left = _shared(self.checks, self.limits)
        return min(self.limits.seconds, left / others)

    @property
    def most_seconds(self) -> float:
        """Processor time that no submission goes beyond, whatever it does.

        Twice the total, and loading and importing in a guest for each check: far beyond what
        anybody takes who does not lie about imports.
        """
        limits = self.limits
        loads = (len(self.checks) + 1) * limits.load_seconds / 4
        return 2 * limits.total_seconds + loads + 4 * limits.import_seconds

    @property
    def stub(self) -> Path:
        """The file that a student fills in."""
        return self.folder / f"{self.module}.py"

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that `checks.py` or students need beside it, such as a small data set."""
        for name in self.settings.files:
            if Path(name).name != name:
                raise CourseError(
                    f"{self.folder / SETTINGS_FILE}: expected the name of a file in this "
                    f"folder, but got files = [{name!r}]."
                )
        return tuple(self.folder / name for name in self.settings.files)

    @property
    def hidden(self) -> tuple[Path, ...]:
        """The files beside the reference that checks read, such as labels; none in a bundle."""
        if self.reference is None:
            return ()
        return tuple(self.reference / Path(name).name for name in self.settings.hidden)

    @property
    def needs_a_guest(self) -> bool:
        """True if the reference runs in a guest: it needs more than NumPy, or data files."""
        beside = bool(self.settings.files) or any(p.suffix == WEIGHTS for p in self.hidden)
        return beside or not set(self.settings.preload) <= {"numpy"}

    @property
    def missing(self) -> tuple[str, ...]:
        """The libraries that it needs and that are not installed here; none is imported."""
        from importlib.util import find_spec

        return tuple(name for name in self.settings.preload if find_spec(name) is None)

    @property
    def recording(self) -> Path:
        """The reference's answers to public inputs, in a bundle."""
        return self.folder / RECORDING_FILE

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks of `checks.py`, in its order."""
        from autograder.authoring import checks_in

        path = self.folder / "checks.py"
        checks = tuple(checks_in(run_file(path)))
        if not checks:
            raise CourseError(f"{path} defines no check.")
        total = sum(check.points for check in checks)
        if abs(total - self.settings.points) > 1e-9:
            raise CourseError(
                f"The checks of {path} are worth {total:g} points together, but "
                f"{self.folder / SETTINGS_FILE} says points = {self.settings.points:g}."
            )
        others, left = _shared(checks, self.limits)
        if left < others * LEAST_SECONDS:
            raise CourseError(
                f"Some checks of {path} have seconds of their own, and leave {left:g} of "
                f"total_seconds = {self.limits.total_seconds:g} to {others} others.",
                hint=f"Say more in [limits] of {self.folder / SETTINGS_FILE}.",
            )
        return checks

    @cached_property
    def digest(self) -> str:
        """A fingerprint of what decides a score: checks, limits, and where answers are from."""
        fingerprint = hashlib.sha256((self.folder / "checks.py").read_bytes())
        fingerprint.update(msgspec.json.encode((self.limits, self.settings.preload)))
        if self.settings.extra_files:
            fingerprint.update(msgspec.json.encode(self.settings.extra_files))
        if self.reference is None:
            answers = [self.recording]
        else:
            answers = [self.reference / n for n in ("solution.py", "misconceptions.py")]
        for path in (*answers, *self.files, *self.hidden):
            if path.is_file():
                fingerprint.update(path.read_bytes())
        return fingerprint.hexdigest()[:16]


@dataclass(frozen=True)
class Course:
    """A course folder."""

    root: Path
    name: str
    assignments: Mapping[str, Assignment]
    late: Late

    def assignment(self, name: str) -> Assignment:
        """The assignment of that name; UsageError suggests a near one."""
        if name in self.assignments:
            return self.assignments[name]
        raise UsageError(
            f"This course has no assignment {name!r}.", hint=_which(name, self.assignments)
        )


def find(start: Path) -> Path:
    """The course folder that holds `start`: the nearest one upwards with a course.toml.

    Raises CourseError where there is none, and where it may have been handed in.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file():
            handed_in.refuse(folder)
            return folder
    raise CourseError(
        f"There is no {COURSE_FILE} in {start} or in any folder above it.",
        hint="Go to the course's folder, or name it with --course DIR.",
        slug="no-course",
    )


def load(root: Path) -> Course:
    """Read a course's settings; no code of the course runs yet."""
    if not (root / COURSE_FILE).is_file():
        raise CourseError(
            f"{root} is not a course folder: it has no {COURSE_FILE}.", slug="no-course"
        )
    settings = _settings(root / COURSE_FILE, CourseSettings)
    folders = {path.parent.name for path in root.glob(f"assignments/*/{SETTINGS_FILE}")}
    listed = [name for name in settings.assignments if name in folders]
    assignments = {}
    for name in (*listed, *sorted(folders - set(listed))):
        path = root / "assignments" / name / SETTINGS_FILE
        reference = root / "reference" / name
        assignments[name] = Assignment(
            name,
            path.parent,
            _settings(path, Settings),
            reference if (reference / "solution.py").is_file() else None,
        )
    if (root / "reference").is_dir():  # a bundle has some of the course's assignments only
        _refuse_strangers(root / COURSE_FILE, settings, assignments)
    return Course(root, settings.name, assignments, settings.late)


def _shared(checks: Iterable[Check], limits: Limits) -> tuple[int, float]:
    """The number of checks without a time of their own, and the time left for them."""
    own = [check.seconds for check in checks]
    return own.count(None), limits.total_seconds - sum(filter(None, own))


def run_file(path: Path) -> dict[str, Any]:
    """Execute one of the course's own files and return its namespace."""
    try:
        # Whatever Python's flags say, its docstrings are titles, and its asserts hold.
        code = compile(path.read_bytes(), str(path), "exec", optimize=0)
    except FileNotFoundError:
        raise CourseError(f"{path} is missing.") from None
    except SyntaxError as error:
        raise CourseError(f"{path}, line {error.lineno}: {error.msg}.") from None
    namespace: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    try:
        exec(code, namespace)
    except Exception as error:
        if isinstance(error, CourseError) and str(error).startswith(str(path)):
            raise
        said = "" if isinstance(error, CourseError) else f"{type(error).__name__}: "
        hint = getattr(error, "hint", "")
        raise CourseError(f"{_place(path, error)}: {said}{error}", hint=hint) from error
    return namespace


def _place(path: Path, error: Exception) -> str:
    """The file, and the line of it that was running."""
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == str(path):
            line = step.tb_lineno
        step = step.tb_next
    return f"{path}, line {line}" if line else str(path)


def _settings(path: Path, kind: type[T]) -> T:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        _refuse_unknown(path, said, kind)
        return msgspec.convert(said, kind)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise CourseError(f"{path}: {error}") from None


def _refuse_unknown(
    path: Path, said: Mapping[str, Any], kind: type[msgspec.Struct], table: str = ""
) -> None:
    """CourseError for a key that no setting has: it would be without effect."""
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for name, value in said.items():
        if name not in fields:
            raise CourseError(
                f"{path}: there is no setting {name!r}{f' in [{table}]' if table else ''}.",
                hint=did_you_mean(name, fields, f"There are: {', '.join(fields)}."),
            )
        inner = fields[name]
        if (
            isinstance(value, dict)
            and isinstance(inner, type)
            and issubclass(inner, msgspec.Struct)
        ):
            _refuse_unknown(path, value, inner, f"{table}.{name}" if table else name)


def _refuse_strangers(
    path: Path, settings: CourseSettings, assignments: Mapping[str, Assignment]
) -> None:
    """CourseError for the name of an assignment that the course does not have."""
    late = settings.late
    for where, names in (
        ("assignments", settings.assignments),
        ("[late.deadlines]", late.deadlines),
        ("[late.extensions]", late.extensions),
    ):
        for name in names:
            if name not in assignments:
                raise CourseError(
                    f"{path}: {where} names {name!r}, and there is no such assignment.",
                    hint=_which(name, assignments),
                )


def _which(name: str, assignments: Mapping[str, Assignment]) -> str:
    return did_you_mean(
        name, assignments, f"There are: {', '.join(assignments) or 'none at all'}."
    )
