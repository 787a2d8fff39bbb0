"""Imports all that a command may ask for: what a warm Python has done before it forks."""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command does; a fork copies one thread only

import importlib
import pkgutil

import alembic.command  # noqa: F401
import numpy  # noqa: F401

import autograder

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
