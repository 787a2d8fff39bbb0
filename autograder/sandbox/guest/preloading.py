"""Import what an assignment preloads, without what comes along and hardly anybody uses.

Keras imports matplotlib for pictures that nobody sees here, and scikit-learn, with half of
SciPy, for one module of wrappers. Together they take as long as a quarter of all the rest.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

from autograder.sandbox.guest import standins

PUT_OFF = frozenset({"keras.wrappers", "keras._tf_keras.keras.wrappers"})

# What a library imports at its first use: two seconds, which each guest would pay again.
IMPORTED_LATER = {"torch": ("torch._dynamo", "torch.fx.passes.shape_prop")}


def preload(names: Sequence[str]) -> None:
    """Import these modules, in this order."""
    standins.keep(names)
    standins.install_screenless()
    sys.meta_path.insert(0, _Finder())
    for name in names:
        importlib.import_module(name)
        for later in IMPORTED_LATER.get(name, ()):
            with contextlib.suppress(ImportError):
                importlib.import_module(later)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules that are put off."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's own spec, whose loader waits."""
        if fullname not in PUT_OFF:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(importlib.abc.Loader):
    """Runs a module when somebody asks for one of its names.

    What Python itself asks of every module (`__file__`) is there at once. So a search through
    all modules runs none, as it would with `importlib.util.LazyLoader`.
    """

    def __init__(self, loader: importlib.abc.Loader) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        """Python's own kind of module."""
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        """Leave a word on who gives the module its names."""

        def __getattr__(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
            if module.__dict__.pop("__getattr__", None) is not None:
                self._loader.exec_module(module)
            return getattr(module, name)

        module.__dict__["__getattr__"] = __getattr__
