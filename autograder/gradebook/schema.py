"""The tables of the gradebook. docs/gradebook.md explains them; a test compares the two.

Times are ISO 8601 in UTC, as text, which both databases sort rightly. A table is changed by a
migration (`migrations/`), never in place.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# Named, so that a migration can speak of them on either database.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

CURRENT, CANDIDATE, PAST, UNGRADED = "current", "candidate", "past", "ungraded"

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    CheckConstraint("kind IN ('batch', 'regrade')", name="kind"),
)

contents = Table(
    "contents",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("cells", LargeBinary, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", Text, nullable=False),
    Column("student", Text, nullable=False),
    Column("digest", ForeignKey("contents.digest"), nullable=False),
    Column("name", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("submitted", Text),
    Column("late", Boolean),
    Column("attempt", Integer, nullable=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("place", Integer, nullable=False),
    UniqueConstraint("assignment", "student", "digest"),
    Index("ix_submissions_run", "run"),
)

gradings = Table(
    "gradings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("framework", Text, nullable=False),
    Column("points", Float, nullable=False),
    Column("possible", Float, nullable=False),
    Column("report", Text, nullable=False),
    Column("timings", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("tier", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("graded", Text, nullable=False),
    CheckConstraint("state IN ('current', 'candidate', 'past', 'ungraded')", name="state"),
    Index("ix_gradings_submission", "submission"),
    # Whatever goes wrong in a program, the database itself never counts a submission twice.
    *(
        Index(
            f"uq_gradings_{state}",
            "submission",
            unique=True,
            sqlite_where=text(f"state = '{state}'"),
            postgresql_where=text(f"state = '{state}'"),
        )
        for state in (CURRENT, CANDIDATE)
    ),
)

practice = Table(
    "practice",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("framework", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("timings", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("engine", Text, nullable=False),
    Column("graded", Text, nullable=False),
)

adjustments = Table(
    "adjustments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", Text, nullable=False),
    Column("student", Text, nullable=False),
    Column("points", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made", Text, nullable=False),
    Index("ix_adjustments_assignment", "assignment", "student"),
)

# Of each assignment, the seed of the last row draws the inputs.
seeds = Table(
    "seeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("since", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("student", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("canvas", Text, nullable=False),
    Column("moodle", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("nbgrader", Text, nullable=False),
)

names = Table(
    "names",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("student", Text, nullable=False),
    CheckConstraint("kind IN ('id', 'number', 'name')", name="kind"),
    Index("ix_names_student", "student"),
)
