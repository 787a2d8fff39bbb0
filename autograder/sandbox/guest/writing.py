"""Files that a submission writes to a folder that is not here go into its scratch folder.

Honest functions save a model, a picture or a log on their way, to `/content/drive` or to a
folder of their own machine. That is no mistake, and must not end the function. It is a
convenience, and no part of the confinement: code that goes around it meets the sandbox.
"""

from __future__ import annotations

import builtins
import errno
import functools
import importlib
import io
import os
import sys
from collections.abc import Callable
from typing import Any

import numpy

_open, _mkdir, _makedirs, _remove = open, os.mkdir, os.makedirs, os.remove
_savetxt, _loadtxt = numpy.savetxt, numpy.loadtxt
_exists, _isdir, _isfile = os.path.exists, os.path.isdir, os.path.isfile

# Keras' own ways to write, and the argument that says where.
_METHODS = {"save": "filepath", "save_weights": "filepath", "export": "filepath"}
_CALLBACKS = {
    "BackupAndRestore": "backup_dir",
    "CSVLogger": "filename",
    "ModelCheckpoint": "filepath",
}


class Scratch:
    """The folder that takes what is written elsewhere."""

    def __init__(self, folder: str) -> None:
        """`folder` is where this process may write."""
        self.folder = os.path.realpath(folder)
        self._keras: object = None
        self._kept: set[str] = set()

    def keep(self, name: str) -> None:
        """A file of this folder is there to be read, and not to be written."""
        self._kept.add(os.path.join(self.folder, name))

    def install(self) -> None:
        """From now on, files are opened and folders made where that is possible."""
        for module in (builtins, io):
            setattr(module, "open", self._opened)  # noqa: B010 -- it has another signature
        for name, make in (("mkdir", _mkdir), ("makedirs", _makedirs)):
            setattr(os, name, self._with(self._prepared, make))
        for name, remove in (("remove", _remove), ("unlink", _remove)):
            setattr(os, name, self._with(self._removable, remove))
        for name, ask in (("exists", _exists), ("isdir", _isdir), ("isfile", _isfile)):
            setattr(os.path, name, self._with(self._found, ask))
        # These two open files with what they found when NumPy was imported.
        numpy.savetxt = self._with(self._prepared, _savetxt)
        numpy.loadtxt = self._with(self._found, _loadtxt)

    def install_keras(self) -> None:
        """The same for Keras, which writes with libraries that are not Python; once only."""
        keras = sys.modules.get("keras")
        if keras is None or keras is self._keras:
            return
        callbacks = importlib.import_module("keras.callbacks")
        self._keras = keras
        model: Any = keras.Model
        for name, argument in _METHODS.items():
            setattr(model, name, self._saving(getattr(model, name), argument))
        for name, argument in _CALLBACKS.items():
            kind = getattr(callbacks, name)
            kind.__init__ = self._saving(kind.__init__, argument)
        keras.utils.plot_model = _does_nothing
        # It needs a package that nobody grades with.
        board: Any = callbacks.TensorBoard
        for name in [name for name in vars(board) if name.startswith(("on_", "set_model"))]:
            delattr(board, name)
        board.__init__ = _does_nothing

    def place(self, path: Any) -> Any:
        """The place where a path is to be written: as it is, or below the scratch folder."""
        try:
            text = os.fsdecode(os.path.expanduser(path))
        except (TypeError, ValueError):  # a descriptor, or no path at all
            return path
        whole = os.path.abspath(text)
        if f"{whole}/".startswith((f"{self.folder}/", "/proc/", "/dev/")):
            return path
        return os.path.join(self.folder, "elsewhere", whole.lstrip("/"))

    def _found(self, path: Any) -> Any:
        """The path, or where it was written before."""
        if isinstance(path, int) or _exists(path):
            return path
        place = self.place(path)
        return place if _exists(place) else path

    def _removable(self, path: Any) -> Any:
        if os.path.abspath(os.fsdecode(path)) in self._kept:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return self._found(path)

    def _prepared(self, path: Any) -> Any:
        """The same, with the folder around it made."""
        place = self.place(path)
        if isinstance(place, (str, bytes, os.PathLike)):
            if os.path.abspath(os.fsdecode(place)) in self._kept:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            folder = os.path.dirname(os.path.abspath(os.fsdecode(place)))
            if folder.startswith(self.folder):
                _makedirs(folder, exist_ok=True)
        return place

    def _opened(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, int) or not isinstance(mode, str):
            return _open(file, mode, *args, **kwargs)
        if any(letter in mode for letter in "wxa+"):
            file = self._prepared(file)
        else:
            file = self._found(file)
        return _open(file, mode, *args, **kwargs)

    def _with(self, placed: Callable[[Any], Any], act: Callable[..., Any]) -> Any:
        @functools.wraps(act)
        def acted(path: Any, *args: Any, **kwargs: Any) -> Any:
            return act(placed(path), *args, **kwargs)

        return acted

    def _saving(self, save: Callable[..., Any], argument: str) -> Callable[..., Any]:
        @functools.wraps(save)
        def saved(own: Any, *args: Any, **kwargs: Any) -> Any:
            if args:
                args = (self._prepared(args[0]), *args[1:])
            elif argument in kwargs:
                kwargs[argument] = self._prepared(kwargs[argument])
            return save(own, *args, **kwargs)

        return saved


def _does_nothing(*args: Any, **kwargs: Any) -> None:
    """Stands for what draws or logs."""
