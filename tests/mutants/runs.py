"""Tests in a process of their own, with one module of the package changed."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import CodeType

import hypothesis.configuration
import msgspec
import pytest

from tests.mutants.places import CODE, Place
from tests.mutants.reach import Reach

SECONDS = 120  # of the processor, for one change: a loop without end is caught
UNCHANGED = 70  # how a process ends whose tests never imported the module that is changed


def note(package: str, target: Path) -> None:
    """Run a package's tests on the code as it stands, and write what they reach.

    What pytest prints is kept beside it, as a log.
    """
    plugin = Reach(package)
    words = [f"tests/unit/{package}", "-k", "not postgresql"]
    if _pytest(words, plugin, said=target.with_suffix(".log")) <= 1:  # all ran
        target.write_bytes(msgspec.json.encode(plugin.noted))


def survives(place: Place, source: str, tests: Sequence[str]) -> None:
    """Run tests while the place's module has this source; exits with 0 where all pass."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    changed = _Changed(place.module, CODE / place.path, source)
    sys.meta_path.insert(0, changed)
    code = _pytest(["-x", *tests])
    os._exit(code or (0 if changed.imported else UNCHANGED))


def _pytest(arguments: list[str], *plugins: object, said: Path = Path(os.devnull)) -> int:
    os.setsid()  # whatever this process starts ends with it
    os.chdir(CODE.parent)
    folder = tempfile.tempdir = tempfile.mkdtemp()
    os.environ["TMPDIR"] = folder
    hypothesis.configuration.set_hypothesis_home_dir(folder)
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    # pytest's own loader, which rewrites assertions, would load the changed module instead.
    quiet = ["-q", "-p", "no:cacheprovider", "--assert=plain"]
    return int(pytest.main([*quiet, *arguments], plugins))


class _Changed(importlib.machinery.SourceFileLoader):
    """Finds and loads one module, with another source than its file's."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        super().__init__(name, str(path))
        self._source = source
        self.imported = False

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """See `importlib.abc.MetaPathFinder`."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        """The code of the changed source."""
        self.imported = True
        code: CodeType = compile(self._source, self.path, "exec", dont_inherit=True)
        return code
