"""Known submissions: files with the verdict that each of them must get.

`reference/NAME/submissions/expected.toml` has a table for each:

    [wrong_sigmoid_derivative]
    over = "reference"        # the file holds changed functions only
    points = 85               # or points_between = [80, 90]
    files = {"model.safetensors" = "untrained.safetensors"}  # of this folder
    notes = ["one of the report's notes, or of its messages, contains this"]
    [wrong_sigmoid_derivative.status]      # of the checks that are not passed
    backward_propagation = "failed"
    [wrong_sigmoid_derivative.diagnosis]
    backward_propagation = "backward_propagation__sigmoid_derivative"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from autograder import submissions
from autograder.answers.variants import variants_of
from autograder.course.course import WEIGHTS
from autograder.errors import CourseError
from autograder.model import Report, Status, Submission
from autograder.submissions.beside import with_files

EXPECTATIONS = "expected.toml"


class KnownSubmission(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A submission's file and what its report must say.

    file             its name; by default the table's name, with .py.
    over             "reference" where it holds the changed functions only.
    files            what is handed in beside it, by name, and the file of this folder that it
                     is; by default the reference's own weights.
    points           exactly.
    points_between   the lowest and the highest.
    notes            parts of notes or messages.
    status           of each check that is not passed.
    diagnosis        the misconception that each of these names.
    """

    file: str = ""
    over: str = ""
    files: Mapping[str, str] | None = None
    points: float | None = None
    points_between: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()
    status: Mapping[str, Status] = msgspec.field(default_factory=dict)
    diagnosis: Mapping[str, str] = msgspec.field(default_factory=dict)

    def differences(self, report: Report) -> Iterator[str]:
        """In what a report is not as it must be; nothing when all is well."""
        low, high = self.points_between or (self.points, self.points)
        if low is None or high is None:
            yield "expected.toml gives it neither points nor points_between"
        elif not low - 0.005 <= report.points <= high + 0.005:
            wanted = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            yield f"{report.points:g} points where {wanted} are due"
        for verdict in report.checks:
            wanted_status = self.status.get(verdict.id, Status.PASSED)
            if verdict.status is not wanted_status:
                yield (
                    f"{verdict.id} is {verdict.status} where {wanted_status} is due "
                    f"({verdict.message})"
                )
            named = verdict.diagnosis.id if verdict.diagnosis else ""
            if verdict.id in self.diagnosis and named != self.diagnosis[verdict.id]:
                yield (
                    f"{verdict.id} is diagnosed as {named or 'nothing'} where "
                    f"{self.diagnosis[verdict.id]} is due"
                )
            elif named and verdict.id not in self.diagnosis:
                yield f"{verdict.id} is diagnosed as {named}, which is not stated"
        said = "\n".join((*report.notes, *(verdict.message for verdict in report.checks)))
        for note in self.notes:
            if note.lower() not in said.lower():
                yield f"nothing says {note!r}"


def known_submissions(reference: Path) -> Iterator[tuple[str, Submission, KnownSubmission]]:
    """The known submissions of one assignment's reference folder, by name."""
    folder = reference / "submissions"
    path = folder / EXPECTATIONS
    try:
        tables = msgspec.convert(
            tomllib.loads(path.read_text("utf-8")), dict[str, KnownSubmission]
        )
    except FileNotFoundError:
        return
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CourseError(f"{path}: {error}") from None
    for name, known in tables.items():
        submission = submissions.read(folder / (known.file or f"{name}.py"))
        if known.over:
            submission = variants_of(reference).over(submission)
        yield name, _with_weights(submission, folder, known.files, reference), known


def with_own_weights(submission: Submission, reference: Path) -> Submission:
    """A file of the course's own, with the weights that lie beside the reference."""
    return _with_weights(submission, reference, None, reference)


def _with_weights(
    submission: Submission, folder: Path, named: Mapping[str, str] | None, reference: Path
) -> Submission:
    if named is None:
        folder, own = reference, sorted(reference.glob(f"*{WEIGHTS}"))
        named = {path.name: path.name for path in own}
    try:
        files = {name: (folder / file).read_bytes() for name, file in named.items()}
    except OSError as error:
        raise CourseError(f"{error.filename} cannot be read: {error.strerror}.") from None
    return with_files(submission, [*files], files) if files else submission
