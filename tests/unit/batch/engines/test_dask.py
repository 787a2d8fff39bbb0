"""A Dask cluster of one's own is nobody else's."""

from __future__ import annotations

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


def test_another_user_cannot_connect(dask_loops):
    """Neither with keys of their own nor without any; whoever started it can."""
    engine = engines.engine("dask", jobs=1)
    try:
        address = engine.client.scheduler.address
        assert address.startswith("tls://127")
        done = unprivileged.run(STRANGER, address)
        assert done.stdout.split() == ["refused", "refused"], done.stderr
        assert engine.terms(("numpy",)).tier
    finally:
        engine.close()
