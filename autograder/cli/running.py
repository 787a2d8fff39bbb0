"""The parts that `grade batch` and `grade regrade` share: engine, trust, progress, Ctrl-C."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.course import Assignment
    from autograder.gradebook import Gradebook
    from autograder.gradebook.entries import Basis


class EngineName(StrEnum):
    """The engines by name."""

    LOCAL = "local"
    DASK = "dask"


Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help="Worker processes. By default one for each processor.",
        show_default=False,
    ),
]
EngineOption = Annotated[EngineName, typer.Option("--engine", help="Where the work is done.")]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="The Dask scheduler. By default one of its own on this machine.",
        show_default=False,
    ),
]
Trust = Annotated[
    bool,
    typer.Option(
        "--trust-submissions",
        help="Run submissions even where they are not confined: they can read your files.",
    ),
]


def run(
    ids: Sequence[int],
    *,
    book: Gradebook,
    assignment: Assignment,
    basis: Basis,
    number: int | None,
    console: Console,
    engine: EngineName,
    jobs: int | None,
    scheduler: str | None,
    trusted: bool,
    candidate: bool = False,
    again: bool = False,
) -> None:
    """Grade submissions of the gradebook in the run of that number, with progress.

    Without a number, on the public inputs: what students read is made from that.

    Raises UsageError where submissions would not be confined and are not trusted. After
    Ctrl-C it says how far it came, and raises KeyboardInterrupt again.
    """
    from autograder.batch.engines import engine as engine_of
    from autograder.batch.running import Batch
    from autograder.cli.progress import follow

    workers = engine_of(engine.value, jobs=jobs, scheduler=scheduler)
    done = 0
    try:
        terms = workers.terms(assignment.settings.preload)
        batch = Batch(
            book,
            assignment,
            basis,
            workers,
            terms,
            number,
            trusted=trusted,
            candidate=candidate,
            again=again,
        )
        for _ in follow(batch.grade(ids), len(ids), console):
            done += 1
    except KeyboardInterrupt:
        console.print(
            f"\nStopped. {done} of {len(ids)} are graded and kept; the same command "
            + ("begins with all of them again." if again else "goes on from there."),
            soft_wrap=True,
        )
        raise
    finally:
        workers.close()
