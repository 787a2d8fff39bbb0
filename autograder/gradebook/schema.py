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


def _texts(*names: str) -> list[Column[str]]:
    """Columns of texts, none of which may be missing."""
    return [Column(name, Text, nullable=False) for name in names]


CURRENT, CANDIDATE, PAST, UNGRADED = "current", "candidate", "past", "ungraded"

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    *_texts("assignment", "kind", "engine", "sources", "started"),
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
    *_texts("assignment", "student"),
    Column("digest", ForeignKey("contents.digest"), nullable=False),
    *_texts("name", "notes", "source"),
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
    *_texts("key", "framework"),
    Column("points", Float, nullable=False),
    Column("possible", Float, nullable=False),
    *_texts("report", "timings"),
    Column("seconds", Float, nullable=False),
    *_texts("tier", "versions", "engine", "graded"),
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
    *_texts("key", "framework", "report", "timings"),
    Column("seconds", Float, nullable=False),
    *_texts("engine", "graded"),
)

adjustments = Table(
    "adjustments",
    metadata,
    Column("id", Integer, primary_key=True),
    *_texts("assignment", "student"),
    Column("points", Float, nullable=False),
    *_texts("reason", "author", "made"),
    Index("ix_adjustments_assignment", "assignment", "student"),
)

# Of each student and question, the last row holds.
scores = Table(
    "scores",
    metadata,
    Column("id", Integer, primary_key=True),
    *_texts("assignment", "student", "question"),
    Column("points", Float, nullable=False),
    *_texts("comment", "author", "made"),
    Index("ix_scores_assignment", "assignment", "student"),
)

# Of each group, the last row holds; an empty sentence takes back the one before.
explanations = Table(
    "explanations",
    metadata,
    Column("id", Integer, primary_key=True),
    *_texts("assignment", "check", "group", "sentence", "author", "made"),
    Index("ix_explanations_assignment", "assignment"),
)

# Of each assignment, the seed of the last row draws the inputs.
seeds = Table(
    "seeds",
    metadata,
    Column("id", Integer, primary_key=True),
    *_texts("assignment", "fingerprint", "since"),
)

people = Table(
    "people",
    metadata,
    Column("student", Text, primary_key=True),
    *_texts("login", "email", "id", "name", "canvas", "moodle", "section", "nbgrader"),
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
