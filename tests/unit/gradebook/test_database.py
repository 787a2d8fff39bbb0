"""Opening a gradebook, its tables, and what is said when it cannot be used."""

from __future__ import annotations

import re
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from autograder.course.lateness import Late
from autograder.errors import GradeError, UsageError
from autograder.gradebook import Gradebook, database, migrations
from autograder.gradebook.database import Database
from autograder.gradebook.migrations import HEAD
from autograder.gradebook.schema import metadata, names
from tests.unit.gradebook.support import BASIS, entry, report


def test_migrations_make_the_tables_of_the_schema(place):
    """Nothing is left for Alembic to change, on either database."""
    opened = Database(place)
    differences = opened.read(
        lambda connection: compare_metadata(MigrationContext.configure(connection), metadata)
    )
    indexes = opened.read(
        lambda connection: {
            (name, index["name"])
            for name in metadata.tables
            for index in inspect(connection).get_indexes(name)
        }
    )
    opened.close()
    assert differences == []
    declared = {(t.name, index.name) for t in metadata.tables.values() for index in t.indexes}
    assert declared <= indexes


def test_head_is_the_latest_migration():
    """So that opening a gradebook need not load Alembic to know."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_current_head() == HEAD


def test_the_document_lists_every_table_and_column(root):
    """docs/gradebook.md has a table for each of ours, and a row for each column."""
    words = (root / "docs" / "gradebook.md").read_text("utf-8")
    described = {
        section.splitlines()[0].strip("`"): re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for section in re.split(r"^### ", words, flags=re.MULTILINE)[1:]
    }
    assert described == {
        table.name: [column.name for column in table.columns]
        for table in metadata.tables.values()
    }


def test_two_programs_may_make_one_gradebook(place):
    """The second waits for the tables that the first one makes."""
    failures: list[BaseException] = []

    def make() -> None:
        try:
            Database(place).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_gradebook_is_for_its_owner_alone(tmp_path):
    """It holds everybody's work: the file, and what SQLite keeps beside it."""
    with Gradebook.open(str(tmp_path / "g.db")) as book:
        book.begin("small", "batch", "local", [])
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"g.db": 0o600, "g.db-wal": 0o600, "g.db-shm": 0o600}


def test_a_later_gradebook_is_refused(place):
    """Rather than written to in a form that it no longer has."""
    opened = Database(place)
    opened.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    opened.close()
    with pytest.raises(GradeError, match="later version"):
        Database(place)


@pytest.mark.parametrize(
    "place", ["mysql://host/name", "nonsense://", "sqlite://", "postgresql:/", "ht tp://x"]
)
def test_what_is_no_gradebook_is_refused(place, tmp_path, monkeypatch):
    """With two examples of what is one."""
    monkeypatch.chdir(tmp_path)
    if "://" not in place:
        place += "/x/y"
    with pytest.raises(GradeError):
        Database(place)


@pytest.mark.parametrize("place", ["mysql://host/name", "host=db dbname=x password=one"])
def test_an_unknown_database_names_what_there_is(place):
    """SQLite and PostgreSQL, by an address; no file is made of psql's words."""
    with pytest.raises(UsageError) as caught:
        Database(place)
    assert "postgresql://host/name" in caught.value.hint
    assert not Path(place).exists()


def test_a_file_of_another_kind_is_named(tmp_path):
    """Nothing is written over it."""
    path = tmp_path / "letter.db"
    path.write_text("Dear student,\n" * 100)
    with pytest.raises(GradeError, match=r"letter\.db is no gradebook"):
        Database(str(path))
    assert path.read_text().startswith("Dear")


def test_a_password_is_not_shown():
    """Not even where the server cannot be reached."""
    with pytest.raises(GradeError) as caught:
        Database("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in caught.value.message
    assert "127.0.0.1" in caught.value.message


def test_a_gradebook_that_another_program_writes_to(tmp_path, monkeypatch):
    """It is waited for, and then said; nothing of this program's is lost by it."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    path = str(tmp_path / "g.db")
    with Gradebook.open(path) as book:
        run = book.begin("small", "batch", "local", [])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GradeError, match=r"Another program has been writing to .*g\.db"):
            book.take_in(run, "small", [entry("doe")])
        other.execute("COMMIT")
        other.close()
        assert len(book.take_in(run, "small", [entry("doe")])) == 1


def test_what_the_first_form_held_is_kept(place):
    """Its students keep their names, and the seed of its gradings is the assignment's."""
    opened = Database(place)

    def back(connection):
        for table in ("seeds", "people", "names", "practice", "scores", "explanations"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    with Gradebook(opened, Late(), {}) as book:
        run = book.begin("small", "batch", "local", [])
        [number] = book.take_in(run, "small", [entry("Doe")])
        book.record(number, run, report(4), BASIS, seconds=0, engine="local")
        opened.write(back)
    with Gradebook.open(place) as book:
        assert [row.student for row in book.rows()] == ["Doe"]
        assert (book.fits("small", BASIS.seed), book.fits("small", 8)) == (True, False)
        database = Database(place)
        query = select(names.c.kind, names.c.term, names.c.student)
        assert [tuple(row) for row in database.all(query)] == [
            ("id", "doe", "Doe"),
            ("name", "doe", "Doe"),
        ]
        database.close()


def test_a_url_s_passwords_are_not_shown():
    """Wherever they stand in it; and postgres:// is taken for postgresql://."""
    url = database._url(
        "postgres://me:one@host/name?password=two&sslpassword=three&options=-c secret%3Dfour"
    )
    shown = database._shown(url)
    assert shown.startswith("postgresql+psycopg://me:***@host/name")
    assert not [secret for secret in ("one", "two", "three", "four") if secret in shown]
