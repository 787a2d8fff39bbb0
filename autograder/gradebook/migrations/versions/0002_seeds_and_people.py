"""The gradebook knows its seeds, its people, and what sources have called them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from autograder.seeds import fingerprint, new_salt

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, and fill them from what is there."""
    seeds = op.create_table(
        "seeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    columns = ("login", "email", "id", "name", "canvas", "moodle", "section", "nbgrader")
    op.create_table(
        "people",
        sa.Column("student", sa.Text(), nullable=False),
        *(sa.Column(column, sa.Text(), nullable=False) for column in columns),
        sa.PrimaryKeyConstraint("student"),
    )
    names = op.create_table(
        "names",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('id', 'number', 'name')", name="kind"),
        sa.PrimaryKeyConstraint("kind", "term"),
    )
    op.create_index("ix_names_student", "names", ["student"])
    connection = op.get_bind()
    known = connection.execute(
        sa.text("SELECT student FROM submissions UNION SELECT student FROM adjustments")
    )
    terms = {_folded(student): student for (student,) in known}
    if terms:
        rows = [{"kind": "id", "term": t, "student": who} for t, who in sorted(terms.items())]
        op.bulk_insert(names, rows)
    used = connection.execute(
        sa.text(
            "SELECT submissions.assignment, gradings.seed FROM gradings JOIN submissions"
            " ON submissions.id = gradings.submission WHERE gradings.state = 'current'"
            " ORDER BY gradings.id"
        )
    )
    last = {assignment: seed for assignment, seed in used}
    salt, since = new_salt(), datetime.now(UTC).isoformat(timespec="seconds")
    prints = {seed: fingerprint(seed, salt) for seed in sorted(set(last.values()))}
    if last:
        op.bulk_insert(
            seeds,
            [
                {"assignment": assignment, "fingerprint": prints[seed], "since": since}
                for assignment, seed in sorted(last.items())
            ],
        )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()
