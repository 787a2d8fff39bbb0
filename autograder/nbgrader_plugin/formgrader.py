"""nbgrader's formgrader, as an extension of Jupyter's server, in which no student's text acts.

Enable `autograder.nbgrader_plugin.formgrader` in the place of
`nbgrader.server_extensions.formgrader`. Its pages and buttons are nbgrader's; what differs:

- notebooks become pages as feedback does (`feedback_pages.Pages`), with every name escaped;
- each page says to the browser which scripts are its own, and no other one runs;
- a file that was handed in is shown without scripts, whatever it is;
- a link cannot have the formgrader read a configuration from another folder;
- JupyterLab of the same server runs no script that stands in a page either.
"""

from __future__ import annotations

import contextvars
import html
import os
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader
from markupsafe import Markup
from nbgrader.server_extensions.formgrader import apihandlers, handlers
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado import web

from autograder.nbgrader_plugin.feedback_pages import (
    CONFIG,
    FORMULAS,
    MATHJAX,
    Pages,
    digest,
    mathjax_at,
)
from autograder.nbgrader_plugin.logs import Plain

_NONCE: contextvars.ContextVar[str] = contextvars.ContextVar("nonce", default="")
# The only handlers of events that stand in nbgrader's templates.
_HANDLERS = ("toggle_name(true);", "toggle_name(false);", "toggleAllNames()")
_FILES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
# JupyterLab makes code of text to check settings; nothing inline runs, nothing from elsewhere.
# No picture comes from an address of the server's own, since some act: /hub/logout, for one.
_SERVER = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src data: blob:",
    "font-src 'self' data:",
    "media-src data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


class Formgrader(FormgradeExtension):  # type: ignore[misc]
    """nbgrader's extension with our pages, templates and handlers."""

    def init_tornado_settings(self, webapp: Any) -> None:
        """As nbgrader does; then what makes pages is replaced."""
        super().init_tornado_settings(webapp)
        webapp.settings["nbgrader_exporter"] = FormgraderPages(
            webapp.settings, config=self.config
        )
        webapp.settings["nbgrader_jinja2_env"] = _environment()
        headers = webapp.settings.setdefault("headers", {})
        before = headers.get("Content-Security-Policy", "frame-ancestors 'self'")
        headers["Content-Security-Policy"] = "; ".join((before, *_SERVER))

    def init_handlers(self, webapp: Any) -> None:
        """nbgrader's handlers, each guarded."""
        found = [*handlers.default_handlers, *apihandlers.default_handlers]
        found += [
            (r"/formgrader/static/(.*)", web.StaticFileHandler, {"path": handlers.static_path}),
            (r"/formgrader/.*", handlers.Template404),
        ]
        base = webapp.settings["base_url"].rstrip("/")
        webapp.add_handlers(
            ".*$", [(base + path, guarded(handler), *rest) for path, handler, *rest in found]
        )


class FormgraderPages(Pages):
    """Pages of submitted notebooks inside the formgrader, whose own scripts may run."""

    def __init__(self, settings: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self._settings = settings  # which other extensions add to, later

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> Any:
        """The page of a notebook's file, with names that are text."""
        named = {
            name: html.escape(value) if isinstance(value, str) else value
            for name, value in (resources or {}).items()
        }
        return super().from_filename(filename, resources=named, **options)

    def page_head(self) -> Markup:
        """The HTML that makes formulas of a page's texts, by MathJax here or elsewhere."""
        here = self._settings.get("mathjax_url")
        config = self._settings.get("mathjax_config", CONFIG) if here else CONFIG
        url = mathjax_at(here or f"{MATHJAX}MathJax.js", config)
        nonce = _NONCE.get()
        return Markup(
            f'<script nonce="{nonce}" src="{url}"></script>\n'
            f'<script nonce="{nonce}">{FORMULAS}</script>'
        )

    def _create_environment(self) -> Any:
        environment = super()._create_environment()
        environment.loader = _Marking(environment.loader)
        environment.globals["nonce"] = _NONCE.get
        return environment


class _Marking(BaseLoader):
    """Marks the scripts of templates as the page's own, for the browser to run."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """A template's text, its file, and whether it is as it was."""
        text, file, unchanged = self._loader.get_source(environment, template)
        return text.replace("<script", '<script nonce="{{ nonce() }}"'), file, unchanged


class _Guarded:
    """Adds to each handler of the formgrader a policy that says what may run in its page."""

    def set_default_headers(self: Any) -> None:
        """A new mark for each answer, since one that is known marks everything."""
        _NONCE.set(secrets.token_urlsafe(16))
        super().set_default_headers()  # type: ignore[misc]

    @property
    def content_security_policy(self: Any) -> str:
        """The policy of one answer."""
        there = self.settings.get("headers", {}).get("Content-Security-Policy", "")
        frames = next((part for part in there.split("; ") if "frame-ancestors" in part), "")
        own = f"{self.request.host}{self.settings['base_url']}"
        mathjax = self.settings.get("mathjax_url", "")
        formulas = f"{self.request.host}{os.path.dirname(mathjax)}/" if mathjax else MATHJAX
        hashes = " ".join(f"'sha256-{digest(handler)}'" for handler in _HANDLERS)
        return "; ".join(
            (
                frames or "frame-ancestors 'self'",
                "default-src 'none'",
                f"script-src 'nonce-{_NONCE.get()}' {own}formgrader/static/ {formulas}"
                f" 'unsafe-hashes' {hashes}",
                f"style-src 'self' 'unsafe-inline' {formulas}",
                f"img-src {own}formgrader/static/ data:",
                f"font-src 'self' data: {formulas}",
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
            )
        )


class _Files(_Guarded):
    """Files that were handed in beside a notebook."""

    @property
    def content_security_policy(self) -> str:
        """Nothing runs, loads or leads anywhere; a picture in a page is not concerned."""
        return _FILES


class _Start(_Guarded):
    """The formgrader's first address, which can name the folder of another course."""

    def get(self: Any) -> Any:
        """Refuses any folder but the course's: a configuration is a program."""
        path = self.get_argument("path", "")
        if path and os.path.realpath(path) != os.path.realpath(self.coursedir.root):
            raise web.HTTPError(403, "This formgrader shows its own course only.")
        return super().get()  # type: ignore[misc]


def guarded(handler: type[Any]) -> type[Any]:
    """The same handler, which says what may run in its answers."""
    if not issubclass(handler, handlers.BaseHandler):
        return handler  # nbgrader's own files
    above = {handlers.SubmissionFilesHandler: _Files, handlers.FormgraderHandler: _Start}
    return type(handler.__name__, (above.get(handler, _Guarded), handler), {})


def _environment() -> Environment:
    """For nbgrader's own pages, in which a name from the address was taken for HTML."""
    loader = _Marking(FileSystemLoader([handlers.template_path]))
    environment = Environment(loader=loader, autoescape=True)
    environment.globals["nonce"] = _NONCE.get
    return environment


def load_jupyter_server_extension(server: Any) -> None:
    """Put the formgrader into a Jupyter server."""
    formgrader = Formgrader(parent=server)
    formgrader.root_dir = server.root_dir
    formgrader.log = server.log
    server.log.addFilter(Plain())
    formgrader.initialize([])
    formgrader.init_tornado_settings(server.web_app)
    formgrader.init_handlers(server.web_app)


_load_jupyter_server_extension = load_jupyter_server_extension
