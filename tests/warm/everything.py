"""Imports all that a command may ask for: what a warm Python has done before it forks."""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command does; a fork copies one thread only

import gc
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401
import numpy.random  # noqa: F401
import typer.main

import autograder
from autograder.cli.commands import application
from autograder.publishing import forms, source

ELSEWHERE = (
    "autograder.batch.engines.dask",
    "autograder.export.nbgrader",
    "autograder.gradebook.migrations",
    "autograder.nbgrader_plugin",
    "autograder.pytest_plugin",
    "autograder.sandbox.guest",
)

for found in pkgutil.walk_packages(autograder.__path__, "autograder."):
    if not found.name.startswith(ELSEWHERE) and not found.name.endswith("__main__"):
        importlib.import_module(found.name)

# What these import when they are first used: Typer Pydantic, and nbformat a validator.
commands: Any = typer.main.get_command(application())
commands.commands["status"].make_context("status", [])
forms.notebook(list(source._cells("# %%\nx = 1\n", Path())), name="a", module="b")
gc.freeze()  # a fork that collects copies no page of what is here
