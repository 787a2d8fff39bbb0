"""nbgrader's plug-in points: restore a notebook, and grade it without running it here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor
from traitlets import Bool, Unicode

from autograder.course import course as courses
from autograder.course.lateness import Late
from autograder.errors import GradeError
from autograder.export.nbgrader_late import penalize
from autograder.model import Report
from autograder.nbgrader_plugin.course import release_path, seed_of
from autograder.nbgrader_plugin.gradebook import write
from autograder.nbgrader_plugin.grader import faults, grader
from autograder.nbgrader_plugin.reading import handed_in, read
from autograder.nbgrader_plugin.restore import found_in, restore
from autograder.nbgrader_plugin.results import results, show


class RestoreRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Rebuild a submitted notebook from the release, in place of nbgrader's own sanitizers."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The release's notebook with the student's answers."""
        names = resources["nbgrader"]
        path = release_path(_coursedir(self), names["assignment"], names["notebook"])
        handed = handed_in(_submitted(self, names))
        restored = nbformat.from_dict(restore(handed.cells, read(path), handed.unreadable))
        MetadataValidator().validate_nb(restored)
        for change in found_in(restored).changes:
            self.log.warning("%s: %s", names["student"], change)
        return restored, resources


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Grade a restored notebook in the sandbox, in place of Execute and SaveAutoGrades."""

    course = Unicode("", help="The folder of the course whose checks grade.").tag(config=True)
    seed_file = Unicode(
        "", help="Holds the secret seed; by default in the folder of the nbgrader course."
    ).tag(config=True)
    trust_submissions = Bool(
        False, help="Whether to grade where the sandbox cannot hide this user's files."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook with what the checks say below their cells."""
        names = resources["nbgrader"]
        report = self._report(names)
        found = results(nb, report)
        with Gradebook(names["db_url"]) as gradebook:
            write(
                gradebook,
                found,
                assignment=names["assignment"],
                notebook=names["notebook"],
                student=names["student"],
            )
        show(nb, report)
        return nbformat.from_dict(nb), resources

    def _report(self, names: Any) -> Report | None:
        """The report that a student may read, or None where the file could not be read."""
        try:
            seed = seed_of(_coursedir(self), self.seed_file)
            ours = grader(Path(self.course), seed)
            assignment = ours.assignment(names["assignment"])
            handed = handed_in(_submitted(self, names), assignment.settings.extra_files)
            if handed.submission is None:
                self.log.warning(
                    "%s: the notebook could not be read: %s A person has to look at it.",
                    names["student"],
                    handed.unreadable,
                )
                return None
            report = ours.grade(handed.submission, assignment, trusted=self.trust_submissions)
            shown = ours.told(report, handed.submission, assignment)
        except GradeError as error:
            self.log.error("%s %s", error.message, error.hint)
            raise
        for fault in faults(report):
            self.log.error("%s: %s", names["student"], fault)
        return shown


class LatePenalties(AssignLatePenalties):  # type: ignore[misc]
    """The cost of lateness: by course.toml where it has a deadline, else as nbgrader does."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The same notebook; the penalty goes into nbgrader's gradebook."""
        names = resources["nbgrader"]
        course = self.config.get("GradeInSandbox", {}).get("course")
        self.init_plugin()
        with Gradebook(names["db_url"]) as gradebook:
            penalize(
                gradebook,
                self,
                courses.load(Path(course)).late if course else Late(),
                assignment=names["assignment"],
                notebook=names["notebook"],
                student=names["student"],
            )
        return nb, resources


def _submitted(preprocessor: Any, names: Any) -> Path:
    """The file that the student handed in. A notebook on its way here could say anything."""
    coursedir = _coursedir(preprocessor)
    folder = coursedir.format_path(
        coursedir.submitted_directory, names["student"], names["assignment"]
    )
    return Path(folder) / f"{names['notebook']}.ipynb"


def _coursedir(preprocessor: Any) -> Any:
    """The course directory of the converter that uses a preprocessor."""
    above = preprocessor.parent
    while above is not None:
        if getattr(above, "coursedir", None) is not None:
            return above.coursedir
        above = above.parent
    raise GradeError("This preprocessor works inside `nbgrader autograde` only.")
