"""The application with every command."""

from __future__ import annotations

from autograder.cli.commands import application

app = application()
