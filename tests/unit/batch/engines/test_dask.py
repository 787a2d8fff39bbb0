"""A Dask cluster of one's own is nobody else's."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from autograder.batch import engines
from tests import unprivileged

STRANGER = """
import logging, sys
logging.disable()
from distributed import Client
from distributed.security import Security
address = sys.argv[1]
for where, keys in [(address, Security.temporary()), (address.replace("tls", "tcp"), None)]:
    try:
        with Client(where, security=keys, timeout=5) as client:
            client.run_on_scheduler(lambda: None)
    except Exception as error:
        print("refused")
    else:
        print("ran")
"""


def test_another_user_gets_in_on_no_way(dask_loops, tmp_path, monkeypatch):
    """Not by the address, with keys or without, nor by a folder made for Dask beforehand.

    Whoever started it can.
    """
    planted = tmp_path / "dask-scratch-space"
    planted.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine = engines.engine("dask", jobs=1)
    try:
        address = engine.client.scheduler.address
        assert address.startswith("tls://127")
        done = unprivileged.run(STRANGER, address)
        assert done.stdout.split() == ["refused", "refused"], done.stderr
        modules = [
            *sys.path,
            *(path for found in engine.client.run(_path).values() for path in found),
        ]
        assert not [path for path in modules if Path(path).is_relative_to(planted)]
        assert os.listdir(planted) == []
        assert engine.terms(("numpy",)).tier
    finally:
        engine.close()
    assert os.listdir(tmp_path) == [planted.name]


def _path() -> list[str]:
    return sys.path
