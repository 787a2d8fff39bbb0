"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.missing import missing
from tests.postgres import PROGRAMS, Postgres
from tests.support import loops_collected

# A busy machine makes nothing wrong: no test is asked how long an example took. GRADE_EXAMPLES
# asks for more than the usual hundred of them.
hypothesis.settings.register_profile(
    "busy",
    deadline=None,
    max_examples=int(os.environ.get("GRADE_EXAMPLES", "100")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("busy")


@pytest.fixture(scope="session", autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What commands remember of this user is not kept beyond the tests."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder, which is a course folder too."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; every test asks it for a database of its own."""
    if not PROGRAMS:
        missing("PostgreSQL is not installed: apt-get install postgresql")
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new gradebook can be: a file, and then a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "gradebook.db")
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def processors() -> Iterator[set[int]]:
    """All processors there are, for this thread, though it was left with fewer."""
    if not hasattr(os, "sched_getaffinity"):
        missing("a choice of processors")
    left_with = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    if len(os.sched_getaffinity(0)) == 1:
        missing("a choice of processors")
    yield os.sched_getaffinity(0)
    os.sched_setaffinity(0, left_with)


@pytest.fixture
def dask_loops() -> Iterator[None]:
    """See `loops_collected`."""
    with loops_collected():
        yield


# By how long they take, so that what fails soon is told soon.
FOLDERS = (
    "architecture",
    "unit",
    "course",
    "law",
    "fuzz",
    "attacks",
    "batch",
    "faults",
    "nbgrader",
    "hub",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        inside = item.path.is_relative_to(here)  # and no check of `pytest --grade`
        return FOLDERS.index(item.path.relative_to(here).parts[0]) if inside else 0

    items.sort(key=rank)
