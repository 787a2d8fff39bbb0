"""Bring a gradebook's tables to the present form, in one transaction.

To change a table: change `schema`, write the step from the last form in `versions/`, and name
it in HEAD. The tests compare what all steps make with the schema, and the schema with
docs/gradebook.md. Alembic is loaded only where there is something to do.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from autograder.errors import GradeError

HEAD = "0005"  # of versions/; a test compares


def revision(connection: Connection) -> str:
    """The revision that a database is at; empty for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def migrate(connection: Connection) -> None:
    """Upgrade to HEAD; the caller holds a lock. Raises GradeError for a later gradebook."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise GradeError(
            f"This gradebook was made by a later version of the autograder: {error}.",
            hint="Update the autograder, or name another file with --gradebook.",
            slug="gradebook",
        ) from error
