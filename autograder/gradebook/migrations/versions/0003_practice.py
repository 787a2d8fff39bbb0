"""Gradings on the public inputs, which students' feedback is made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "practice",
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("timings", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("graded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"]),
        sa.PrimaryKeyConstraint("submission"),
    )
