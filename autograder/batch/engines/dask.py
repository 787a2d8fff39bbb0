"""The workers of a Dask cluster: the only module that knows Dask."""

from __future__ import annotations

import contextlib
import logging
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from autograder.batch import workplace
from autograder.batch.workplace import Terms
from autograder.errors import GradeError, UsageError

if TYPE_CHECKING:
    from distributed import Client
    from distributed.security import Security

CONNECT_SECONDS = 30
PATIENCE_SECONDS = 30.0  # for a cluster that has lost its last worker


class Dask:
    """The workers of a Dask cluster."""

    name = "dask"

    def __init__(
        self, client: Client, scratch: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        from distributed import KilledWorker

        self.client = client
        self._scratch = scratch
        self.lost: tuple[type[BaseException], ...] = (KilledWorker,)
        self.executor = client.get_executor(pure=False)
        self._seen = time.monotonic()  # a worker
        # A worker takes its next task from a queue of its own, without asking.
        self.window = 2 * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

    @classmethod
    def connect(cls, scheduler: str | None, jobs: int) -> Dask:
        """The cluster at an address, or one of its own on this machine."""
        try:
            import dask
            from distributed import Client, LocalCluster
            from distributed.security import Security
        except ModuleNotFoundError as error:
            raise UsageError(
                "The Dask engine needs the package distributed, which is not installed here.",
                hint="pip install 'deep-learning-autograder[dask]'",
            ) from error
        for name in ("distributed", "distributed.client"):  # we say it, in a sentence
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if scheduler is None:
            # Dask takes modules from its scratch folder. In the machine's temporary folder its
            # name is known, so that another user could have made it.
            scratch = tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True)
            private = dask.config.set({"temporary-directory": scratch.name})
            with _deaf_to_ctrl_c(), private:
                cluster = LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    # Whoever reaches a scheduler runs code as its user, and other users of this
                    # machine could: keys that nobody else has, in memory alone.
                    security=_keys(Security),
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            return cls(Client(cluster), scratch)
        try:
            return cls(Client(scheduler, timeout=CONNECT_SECONDS))
        except (OSError, ValueError) as error:
            raise GradeError(
                f"There is no Dask scheduler at {scheduler}: {error}",
                hint="Start one with `dask scheduler`, and give the address that it prints.",
                slug="workers",
            ) from error

    def terms(self, preload: Sequence[str]) -> Terms:
        """The terms that all workers have in common; differences are named by worker."""
        try:
            self.client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            found = self.client.run(workplace.terms, tuple(preload))
        except TimeoutError as error:
            raise GradeError(
                "The scheduler has no worker.",
                hint="Start one where the autograder is installed: dask worker ADDRESS",
                slug="workers",
            ) from error
        except ImportError as error:
            raise GradeError(
                f"A worker has no autograder: {error}",
                hint="Install the same version on every machine.",
                slug="workers",
            ) from error
        ours = workplace.terms(preload)
        first = Terms(next(iter(found.values())).tier, ours.versions)
        for address, terms in found.items():
            if terms != first:
                said = workplace.differences(first, terms)
                raise GradeError(
                    f"The worker at {address} differs from the others: {said}.",
                    hint="Give all workers the same versions and the same confinement.",
                    slug="workers",
                )
        return first

    def check(self) -> None:
        """Raises GradeError when the scheduler is gone, or every worker for a while."""
        if self.client.status != "running":
            raise _lost("The connection to the Dask scheduler is lost.")
        if self.client.scheduler_info(n_workers=-1)["workers"]:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > PATIENCE_SECONDS:
            raise _lost("The Dask scheduler has lost all its workers.")

    def close(self) -> None:
        """Cancel what is left, and end the workers if they are ours."""
        cluster = self.client.cluster
        self.client.close(timeout=5)
        if cluster is not None:
            cluster.close(timeout=10)
        if self._scratch is not None:
            self._scratch.cleanup()


def _keys(security: type[Security]) -> Security:
    try:
        keys: Security = security.temporary()
        return keys
    except ImportError as error:
        raise UsageError(
            "A Dask cluster of its own needs the package cryptography, which is not installed.",
            hint="pip install cryptography",
        ) from error


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that are started meanwhile leave Ctrl-C to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _lost(message: str) -> GradeError:
    return GradeError(
        message,
        hint="What was graded is kept. Start them again, and give the same command: it goes on "
        "from there.",
        slug="workers",
    )
