"""The gradebook knows its seeds, its people, and what sources have called them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from autograder.course.seeds import fingerprint, new_salt

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
    terms: dict[tuple[str, str], str] = {}
    for student in sorted(student for (student,) in known):
        folded = unicodedata.normalize("NFC", student).casefold().strip()
        terms.setdefault(("id", folded), student)
        terms.setdefault(("name", "".join(filter(str.isalnum, folded))), student)
    rows = [
        {"kind": k, "term": t, "student": who} for (k, t), who in sorted(terms.items()) if t
    ]
    if rows:
        op.bulk_insert(names, rows)
    given = sa.text("SELECT id, submitted FROM submissions WHERE submitted IS NOT NULL")
    change = sa.text("UPDATE submissions SET submitted = :time WHERE id = :id")
    for number, submitted in connection.execute(given).all():
        moment = datetime.fromisoformat(submitted)
        if moment.tzinfo is not None:
            utc = moment.astimezone(UTC).isoformat(timespec="microseconds")
            connection.execute(change, {"time": utc, "id": number})
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
