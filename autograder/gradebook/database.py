"""A database: SQLite in a file or PostgreSQL by URL, transactions, and what goes wrong."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from autograder.errors import GradeError, UsageError
from autograder.gradebook.migrations import HEAD, migrate, revision
from autograder.wording.secrets import HIDDEN, is_secret

BUSY_SECONDS = 30.0  # how long SQLite waits for another program that is writing
RETRY_SECONDS = 90.0  # how long a PostgreSQL that went away may stay away
PAUSE_SECONDS = 0.5
MIGRATION_LOCK = 0x67726164  # of PostgreSQL's advisory locks, for whoever makes the tables

T = TypeVar("T")
Columns = TypeVarTuple("Columns")


class Database:
    """Runs transactions. Every failure of it is a GradeError."""

    def __init__(self, place: str) -> None:
        """`place` is a file's path, or a URL of SQLite or PostgreSQL."""
        self.url = _url(place)
        self._engine = _engine(self.url)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Its name for people: the file, or the URL without its password."""
        if self.url.get_backend_name() == "sqlite":
            return self.url.database or ""
        return _shown(self.url)

    def insert(self, table: Any) -> Any:
        """An INSERT that knows ON CONFLICT, which both databases have in their own dialect."""
        dialect = sqlite if self._is_sqlite else postgresql
        return dialect.insert(table)

    def read(self, action: Callable[[Connection], T]) -> T:
        """Run `action`, which only reads, in one transaction."""
        return self._run(action, reads=True)

    def all(self, query: Select[*Columns]) -> Sequence[Row[*Columns]]:
        """The rows of a query."""
        return self.read(lambda connection: connection.execute(query).all())

    def write(self, action: Callable[[Connection], T], *, tries: bool = True) -> T:
        """Run `action` in one transaction: all of it happens, or nothing.

        tries   when a PostgreSQL goes away, run it again as soon as that is back. Nobody knows
                then whether the first one was committed: it must do no harm when done twice.
        """
        return self._run(action, reads=False, tries=tries)

    def copy(self, to: Path) -> None:
        """Write a copy of a file's database to a new file, whatever is being written."""
        if not self._is_sqlite:
            raise UsageError(
                f"{self.name} is on a server, which copies it by itself.",
                hint="Run: pg_dump --format=custom --file=COPY URL",
            )
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise UsageError(f"{to} cannot be written: {error.strerror}.") from None
        with (
            contextlib.closing(sqlite3.connect(str(self.url.database))) as here,
            contextlib.closing(sqlite3.connect(to)) as there,
        ):
            here.backup(there)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @property
    def _is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def _run(self, action: Callable[[Connection], T], *, reads: bool, tries: bool = True) -> T:
        give_up = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                with (
                    self._engine.connect().execution_options(reads=reads) as connection,
                    connection.begin(),
                ):
                    return action(connection)
            except DBAPIError as error:
                if self._is_sqlite or not tries or not _lost(error) or _late(give_up):
                    raise self._said(error) from error
                time.sleep(PAUSE_SECONDS)

    def _prepare(self) -> None:
        """Make the tables, or bring them to the present form."""
        if self._run(revision, reads=True, tries=False) == HEAD:
            return

        def action(connection: Connection) -> None:
            if not self._is_sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            if revision(connection) != HEAD:  # nobody else was faster
                migrate(connection)

        self.write(action)

    def _said(self, error: DBAPIError) -> GradeError:
        told = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "?"
        again = "Nothing is lost: give the same command again, and it goes on from here."
        if "locked" in told:
            return GradeError(
                f"Another program has been writing to {self.name} for {BUSY_SECONDS:g} s.",
                hint=f"Close what has it open. {again}",
                slug="gradebook",
            )
        if "full" in told or "disk I/O" in told:
            return GradeError(
                f"There is no room to write to {self.name} ({told}).",
                hint=f"Make room on that disk. {again}",
                slug="gradebook",
            )
        if "not a database" in told or "malformed" in told:
            return GradeError(
                f"{self.name} is no gradebook, or is damaged ({told}).",
                hint="Name another file with --gradebook, or bring back a copy of this one.",
                slug="gradebook",
            )
        return GradeError(
            f"The gradebook {self.name} cannot be used: {told}.",
            hint=f"Check that it is there and may be written to. {again}",
            slug="gradebook",
        )


# As psql takes them; a file of that name would have the password in it.
_WORDS = re.compile(r"(?:^|\s)(?:host|hostaddr|port|dbname|user|password|service)\s*=")


def _url(place: str) -> URL:
    if "://" not in place and not _WORDS.search(place):
        return URL.create("sqlite", database=str(Path(place).absolute()))
    try:
        url = make_url(place)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        backend = ""
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise UsageError(
        "A gradebook is a file or a PostgreSQL database.",
        hint="For instance: --gradebook term.db, or --gradebook postgresql://host/name.",
    )


def _shown(url: URL) -> str:
    """Without its passwords, of which some may stand behind the question mark."""
    secret = [key for key, said in url.query.items() if is_secret(f"{key}={said}")]
    return url.update_query_dict(dict.fromkeys(secret, HIDDEN)).render_as_string(
        hide_password=True
    )


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            return create_engine(url, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise UsageError(
                "PostgreSQL needs the package psycopg, which is not installed here.",
                hint="pip install 'deep-learning-autograder[postgresql]'",
            ) from error
    path = str(url.database)
    try:  # it will hold everybody's work, their points and the secret seed
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise GradeError(
            f"The gradebook {path} cannot be opened: {error.strerror}.",
            hint="Name another place with --gradebook.",
            slug="gradebook",
        ) from error
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


_PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=NORMAL",
    "cache_size=-256",  # kilobytes; with more of them a large class takes no less time
)


def _configure(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # `_begin` begins each transaction
    with contextlib.closing(connection.cursor()) as cursor:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: it could not get it later without a deadlock."""
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _lost(error: DBAPIError) -> bool:
    """True if PostgreSQL went away, is starting, or gave up on one of two that wait."""
    kinds = {kind.__name__ for kind in type(error.orig).__mro__}
    return error.connection_invalidated or bool(kinds & {"OperationalError", "InterfaceError"})


def _late(deadline: float) -> bool:
    return time.monotonic() > deadline
