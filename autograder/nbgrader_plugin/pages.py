"""Feedback pages of a whole class, by nbconvert, which knows one notebook at a time."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML


class _Template(TemplateExporter):  # type: ignore[misc]
    """Keeps a page from being read and written once more where that would change nothing.

    `HTMLExporter` looks for images without a text, and for parts of Jupyter's newer template,
    and takes more than half of its time for it.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        page, resources = super().from_notebook_node(nb, resources, **options)
        self.finished = "" if "<img" in page or "jp-Notebook" in page else page
        return "" if self.finished else page, resources


class Pages(HTMLExporter, _Template):  # type: ignore[misc]
    """Writes the pages that `HTMLExporter` would; much of what is on them is the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._texts: dict[str, Any] = {}

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        """The page, and what goes with it."""
        language = nb.metadata.get("language_info", {})
        self.filters["highlight_code"] = self._highlighter(
            language.get("pygments_lexer", language.get("name"))
        )
        page, resources = super().from_notebook_node(nb, resources, **options)
        return self.finished or page, resources

    @pass_context
    def markdown2html(self, context: Any, source: str) -> Any:
        """The text as HTML; what holds no image is the same wherever it stands."""
        cell = context.get("cell", {})
        if "![" in source or cell.get("attachments"):
            return super().markdown2html(context, source)
        if source not in self._texts:
            self._texts[source] = super().markdown2html(context, source)
        return self._texts[source]

    @functools.cache  # noqa: B019 - it lives as long as its exporter
    def _highlighter(self, lexer: str | None) -> Any:
        highlight = Highlight2HTML(pygments_lexer=lexer, parent=self)

        @functools.lru_cache(maxsize=1024)
        def known(source: str, language: str | None) -> Any:
            return highlight(source, language)

        def highlighted(
            source: str, language: str | None = None, metadata: Mapping[str, Any] | None = None
        ) -> Any:
            if metadata and "magics_language" in metadata:
                return highlight(source, language, metadata)
            return known(source, language)

        return highlighted
