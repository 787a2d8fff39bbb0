"""Pages of notebooks by nbconvert: nothing of a student runs in one, and a class is quick.

Whatever a page shows of a notebook comes through `markdown2html`, `cleaned` or `tidy`.
Feedback pages say besides, to the browser, that nothing in them runs but the formulas.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, pass_context
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import (
    InvalidNotebook,
    IPythonRenderer,
    MarkdownWithMath,
)
from nbconvert.preprocessors import Preprocessor

from autograder.nbgrader_plugin.cells import is_answer, is_test
from autograder.nbgrader_plugin.clean import cleaned
from autograder.nbgrader_plugin.outputs import tidy
from autograder.nbgrader_plugin.results import is_of_checks
from autograder.publishing.graded import CHECK_PREFIX

MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/"
CONFIG = "TeX-AMS_CHTML-full,Safe"
MOST_WORK = 15_000_000  # half a second
# As nbconvert sets it, whose script would need the right to make code of text.
FORMULAS = """if (window.MathJax) {
  MathJax.Hub.Config({
    TeX: {equationNumbers: {autoNumber: "AMS", useLabelIds: true}},
    tex2jax: {
      inlineMath: [["$", "$"], ["\\\\(", "\\\\)"]],
      displayMath: [["$$", "$$"], ["\\\\[", "\\\\]"]],
      processEscapes: true,
      processEnvironments: true
    },
    displayAlign: "center",
    messageStyle: "none",
    showMathMenu: false,
    CommonHTML: {linebreaks: {automatic: true}},
    "HTML-CSS": {availableFonts: [], imageFont: null, preferredFont: null, webFont: "STIX-Web"}
  });
  MathJax.Hub.Configured();
}"""


# nbgrader's list of graded cells calls each of them so.
_TEST_CELL = re.compile(rf'(<a href="#{CHECK_PREFIX}([\w-]+)">)Test cell</a>')


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """nbconvert's, in which plain text begins no formula, and no picture stops a page."""

    def text(self, text: str) -> str:
        escaped: str = super().text(text)
        # MathJax reads the finished page, in which a dollar that was escaped begins a formula.
        return escaped.replace("\\", "<span>\\</span>").replace("$", "<span>$</span>")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        try:
            return str(super().image(text, url, title))
        except InvalidNotebook:  # nothing of that name is attached
            return f"<em>[no picture: {html.escape(text or url)}]</em>"

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre>{html.escape(code)}</pre>\n"

    def task_list_item(self, text: str, checked: bool = False) -> str:
        return f"<li>{'☑' if checked else '☐'} {text}</li>\n"


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Markdown as HTML in which nothing runs; what holds no picture is read once."""
    attached = context.get("cell", {}).get("attachments")
    return _html(source, attached) if attached else _known(source)


def _html(source: str, attached: Mapping[str, Any] | None = None) -> str:
    # For each of these nbconvert looks for an end in all the rest of the text.
    begun = sum(source.count(sign) for sign in ("\\\\(", "\\\\[", "\\begin{"))
    if begun * len(source) > MOST_WORK:
        return f"<pre>{html.escape(source)}</pre>"
    renderer = _Renderer(escape=False, attachments=attached, anchor_link_text="¶")
    try:
        return cleaned(MarkdownWithMath(renderer=renderer).render(source))
    except Exception:  # a text that the reader of Markdown cannot take is shown as it is
        return f"<pre>{html.escape(source)}</pre>"


_known = functools.lru_cache(maxsize=256)(_html)


class CleanNotebook(Preprocessor):  # type: ignore[misc]
    """Takes out of a notebook what a page would run."""

    enabled = True

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The same notebook."""
        from nbformat import from_dict

        return from_dict(tidy(nb)), resources


def mathjax_at(url: str, config: str) -> str:
    """MathJax's address, for an attribute; it waits for what `FORMULAS` sets."""
    return html.escape(f"{url}?config={config}&delayStartupUntil=configured")


def digest(script: str) -> str:
    """By which a policy knows a script that may run."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


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
    """Writes clean pages; much of what is on those of a class is the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if not any(isinstance(step, CleanNotebook) for step in self._preprocessors):
            self.register_preprocessor(CleanNotebook, enabled=True)

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        """The page, and what goes with it."""
        language = nb.metadata.get("language_info", {})
        self.filters["highlight_code"] = self._highlighter(
            language.get("pygments_lexer", language.get("name"))
        )
        page, resources = super().from_notebook_node(nb, resources, **options)
        return _TEST_CELL.sub(r"\1\2</a>", self.finished or page), resources

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Let a check speak below its cell, and not once more below the answer."""
        nb, resources = super()._preprocess(nb, resources)
        said = {
            str(output.get("data", {}).get("text/plain", "")).partition("\n")[0]
            for cell in nb.cells
            if is_test(cell)
            for output in cell.get("outputs", ())
            if output.get("output_type") == "display_data"
        }
        for cell in nb.cells:
            if is_answer(cell) and is_of_checks(cell.metadata.nbgrader.get("comment"), said):
                cell.metadata.nbgrader["comment"] = None
        return nb, resources

    def page_head(self) -> Markup:
        """HTML for a page's head, which makes formulas of its texts and forbids all else."""
        policy = "; ".join(
            (
                "default-src 'none'",
                f"script-src 'sha256-{digest(FORMULAS)}' {MATHJAX}",
                f"style-src 'unsafe-inline' {MATHJAX}",
                "img-src data:",
                f"font-src {MATHJAX}",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
        return Markup(
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f'<script src="{mathjax_at(MATHJAX + "MathJax.js", CONFIG)}"></script>\n'
            f"<script>{FORMULAS}</script>"
        )

    def default_filters(self) -> Any:
        """nbconvert's, and ours in the place of those that trust a text."""
        yield from super().default_filters()
        yield "markdown2html", markdown2html
        yield "clean_html", cleaned

    def _create_environment(self) -> Any:
        self.extra_loaders = [FileSystemLoader(Path(__file__).parent / "templates")]
        environment = super()._create_environment()
        environment.globals["page_head"] = self.page_head
        return environment

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
