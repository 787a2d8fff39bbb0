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
    """Run a package's tests on the code as it stands, and write what they reach."""
    plugin = Reach(package)
    tests = "sandbox/test_wire.py" if package == "sandbox/wire" else package
    code = _pytest([f"tests/unit/{tests}", "-k", "not postgresql"], plugin)
    if code > 1:
        raise SystemExit(f"The tests of {package} do not run: pytest ends with {code}.")
    target.write_bytes(msgspec.json.encode(plugin.noted))


def survives(place: Place, source: str, tests: Sequence[str]) -> None:
    """Run tests while the place's module has this source; exits with 0 where all pass."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    changed = _Changed(place.module, CODE / place.path, source)
    sys.meta_path.insert(0, changed)
    code = _pytest(["-x", *tests])
    os._exit(code or (0 if changed.imported else UNCHANGED))


def _pytest(arguments: list[str], *plugins: object) -> int:
    os.setsid()  # whatever this process starts ends with it
    os.chdir(CODE.parent)
    folder = tempfile.tempdir = tempfile.mkdtemp()
    os.environ["TMPDIR"] = folder
    hypothesis.configuration.set_hypothesis_home_dir(folder)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
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
