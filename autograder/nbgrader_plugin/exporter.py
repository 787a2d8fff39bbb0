"""nbgrader's exporter of notebooks, one broken file of which does not stop the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from traitlets import Dict

from autograder.nbgrader_plugin.ours import is_ours
from autograder.nbgrader_plugin.reading import read


class TolerantExporter(NotebookExporter):  # type: ignore[misc]
    """Takes any file for a notebook, and leaves what is not the course's to nbgrader."""

    theirs = Dict(
        help="The preprocessors of notebooks that the course does not grade, by step; by "
        "default nbgrader's own."
    ).tag(config=True)

    def from_filename(
        self, filename: str, resources: Any = None, **options: Any
    ) -> tuple[str, Any]:
        """Convert a file; what cannot be read goes on as an empty notebook."""
        resources = resources if resources is not None else {}
        converted: tuple[str, Any]
        if self._is_foreign(resources.get("nbgrader")):
            self._hand_over()
            converted = super().from_filename(filename, resources, **options)
            return converted
        notebook = nbformat.from_dict(read(Path(filename)))
        resources.setdefault("metadata", {})
        converted = self.from_notebook_node(notebook, resources, **options)
        return converted

    def _is_foreign(self, names: Any) -> bool:
        course = self.config.get("GradeInSandbox", {}).get("course")
        if not names or not course:
            return False
        coursedir = self.parent.coursedir
        return not is_ours(coursedir, Path(course), names["assignment"], names["notebook"])

    def _hand_over(self) -> None:
        """Convert this notebook as nbgrader would without us; it sets its own up for each."""
        converter: Any = self.parent
        step = "sanitize" if converter._sanitizing else "autograde"
        trait = converter.traits()[f"{step}_preprocessors"]
        self._preprocessors: list[Any] = []
        for preprocessor in self.theirs.get(step) or trait.default():
            self.register_preprocessor(preprocessor)
