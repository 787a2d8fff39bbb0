"""Grading inside nbgrader's own plug-in points. In a course's `nbgrader_config.py`:

    from autograder.nbgrader_plugin import configure

    c = get_config()
    configure(c, course="/path/to/the/course")

From then on `nbgrader autograde` and the formgrader's button restore each notebook from the
release, grade the student's code in the sandbox on secret inputs, and write partial credit
and comments. No code of a student runs in nbgrader's process, or in a kernel. An assignment
whose notebook has no checks stays nbgrader's own, and is graded as before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.nbgrader_plugin.logs import filtered

__all__ = ["ChecksExporter", "configure"]

_PLACE = "autograder.nbgrader_plugin"
_STEPS = {
    "sanitize": [f"{_PLACE}.preprocessors.RestoreRelease"],
    "autograde": [
        f"{_PLACE}.preprocessors.GradeInSandbox",
        f"{_PLACE}.preprocessors.LatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
}


def configure(
    config: Any,
    *,
    course: str | Path,
    seed_file: str | Path | None = None,
    trust_submissions: bool = False,
) -> None:
    """Have `nbgrader autograde` grade with the checks of `course`.

    config              traitlets' configuration, the `c` of a configuration file.
    course              the course's folder, with its references.
    seed_file           holds the secret seed; by default `gradebook.seed` in the folder
                        of the nbgrader course, made when it is not there.
    trust_submissions   grade even where the sandbox cannot keep a submission from reading
                        this user's files.
    """
    if _STEPS["sanitize"] != config.Autograde.get("sanitize_preprocessors"):
        before = {step: config.Autograde.get(f"{step}_preprocessors") for step in _STEPS}
        config.TolerantExporter.theirs = {
            step: said for step, said in before.items() if isinstance(said, list)
        }
    config.Autograde.exporter_class = f"{_PLACE}.exporter.TolerantExporter"
    for step, preprocessors in _STEPS.items():
        config.Autograde[f"{step}_preprocessors"] = list(preprocessors)
    _clean_pages(config)
    config.NbGrader.logging_config = filtered(config.NbGrader.get("logging_config"))
    config.GradeInSandbox.course = str(Path(course).resolve())
    config.GradeInSandbox.trust_submissions = trust_submissions
    if seed_file is not None:
        config.GradeInSandbox.seed_file = str(Path(seed_file).resolve())


def _clean_pages(config: Any) -> None:
    """Nothing of a student runs in a page, of the formgrader or of feedback."""
    if "exporter_class" not in config.GenerateFeedback:
        config.GenerateFeedback.exporter_class = f"{_PLACE}.feedback_pages.Pages"
    pages = config.HTMLExporter
    pages.filters = {
        **pages.get("filters", {}),
        "markdown2html": f"{_PLACE}.feedback_pages.markdown2html",
        "clean_html": f"{_PLACE}.clean.cleaned",
    }
    last = f"{_PLACE}.feedback_pages.CleanNotebook"
    before = [step for step in pages.get("preprocessors", ()) if step != last]
    pages.preprocessors = [*before, last]


def __getattr__(name: str) -> Any:
    # nbgrader looks the exporter up here; whoever only configures need not import nbgrader.
    if name == "ChecksExporter":
        from autograder.nbgrader_plugin.export import ChecksExporter

        return ChecksExporter
    raise AttributeError(name)
