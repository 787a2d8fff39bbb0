"""nbgrader's exporter of notebooks, one broken file of which does not stop the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter

from autograder.nbgrader_plugin.reading import read


class TolerantExporter(NotebookExporter):  # type: ignore[misc]
    """Takes any file for a notebook."""

    def from_filename(
        self, filename: str, resources: Any = None, **options: Any
    ) -> tuple[str, Any]:
        """Convert a file; what cannot be read goes on as an empty notebook."""
        notebook = nbformat.from_dict(read(Path(filename)))
        resources = resources if resources is not None else {}
        resources.setdefault("metadata", {})
        converted: tuple[str, Any] = self.from_notebook_node(notebook, resources, **options)
        return converted
