"""`grade serve`: the review page, live, on this machine."""

from __future__ import annotations

import contextlib
import getpass
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from autograder.cli.here import opened
from autograder.cli.options import AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook, present
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.batch.served import LiveClass
    from autograder.course.course import Assignment, Course
    from autograder.gradebook import Gradebook

LOOPBACK = "127.0.0.1"


@exits
def serve(
    assignment: AssignmentName,
    port: Annotated[
        int,
        typer.Option(
            "--port", min=0, max=65535, help="By default a free one.", show_default=False
        ),
    ] = 0,
    author: Annotated[
        str, typer.Option("--author", help="Who says so.", show_default=False)
    ] = "",
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Show the review in a browser while a class submits.

    The page follows the gradebook: run `grade batch` beside it. Groups of equal answers are
    explained there, and open questions get their points. Only this machine reaches it, and
    only with the address that is printed. Ctrl-C ends it.

    \b
    Examples:
      grade serve assignment3
      grade serve assignment3 --port 8765
    """
    try:
        import uvicorn

        from autograder.batch.served import Address, application
    except ModuleNotFoundError as error:
        raise UsageError(
            f"Serving a page needs the package {error.name}, which is not installed here.",
            hint="pip install 'deep-learning-autograder[serve]'",
        ) from error
    there = opened(course)
    found = there.assignment(assignment)
    with open_gradebook(there, gradebook_place) as book, socket.socket() as listening:
        classroom = classroom_of(book, there, found, author or getpass.getuser())
        classroom.page("")  # where nothing is graded, it says so now
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
            listening.listen()
        except OSError as error:
            raise UsageError(
                f"Port {port} cannot be used: {error.strerror}.",
                hint="Name another one, or leave out --port.",
            ) from error
        address = Address(f"{LOOPBACK}:{listening.getsockname()[1]}")
        server = uvicorn.Server(
            uvicorn.Config(
                application(classroom, address),
                access_log=False,  # it would hold the address
                log_level="warning",
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        typer.echo(
            f"{address.entrance}\nWhoever has this address sees the class: show it "
            "to nobody. Ctrl-C ends it."
        )
        with contextlib.suppress(KeyboardInterrupt):  # said again after the server has ended
            server.run(sockets=[listening])
        typer.echo("Ended.")
    return PASSED


def classroom_of(
    book: Gradebook, course: Course, assignment: Assignment, author: str
) -> LiveClass:
    """The part of an assignment's gradebook that is served."""
    from autograder.batch.review_page import review_page
    from autograder.batch.reviewing import reviewed
    from autograder.batch.served import LiveClass
    from autograder.cli.show import paper_of
    from autograder.feedback.page import page
    from autograder.gradebook.hand import Score

    name = assignment.name

    def whole(token: str) -> str:
        seen = reviewed(book, present(course, name), name)
        links = {row.student: f"student/{quote(row.student, safe='')}" for row in seen.rows}
        waiting = [(row.student, one) for row in seen.rows for one in row.open]
        return review_page(
            seen.review, assignment.title, links, token=token, state=book.state(), open=waiting
        )

    def student(called: str) -> str:
        key = book.meant(called)
        row = next((row for row in book.rows(name) if row.student == key), None)
        if row is None:
            raise UsageError(f"{key} is not graded yet.")
        number = book.counting_students(name).get(key)
        texts = book.texts([number]) if number is not None and row.digest else []
        cells = texts[0][1].cells if texts else ()
        return page(paper_of(course, assignment, book.called(key), row, cells))

    def explain(sent: Mapping[str, str]) -> None:
        check, group = sent.get("check", ""), sent.get("group", "")
        groups = reviewed(book, present(course, name), name).review.groups
        if (check, group) not in {(one.check, one.name) for one in groups}:
            raise UsageError("Nobody is in that group now.")
        book.explain(name, check, group, sent.get("sentence", ""), author=author)

    def score(sent: Mapping[str, str]) -> None:
        said = sent.get("points", "").replace(",", ".").strip()
        try:
            points = float(said)
        except ValueError:
            raise UsageError(f"{said!r} is not a number of points.") from None
        key = book.meant(sent.get("student", ""))
        given = Score(key, sent.get("question", ""), points, sent.get("comment", ""))
        book.score(name, [given], author=author)

    return LiveClass(whole, student, book.state, explain, score)
