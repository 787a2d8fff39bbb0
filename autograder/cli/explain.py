"""`grade explain`: one sentence of a teacher for everybody whose answers are equal."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import console, opened
from autograder.cli.options import AsJson, AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook, present
from autograder.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from autograder.batch.review import Group
    from autograder.course.course import Assignment
    from autograder.gradebook import Gradebook
    from autograder.gradebook.explaining import Explanation


@exits
def explain(
    assignment: AssignmentName,
    group: Annotated[
        str | None,
        typer.Argument(
            metavar="GROUP",
            help="A group's name, as the review shows it. By default all are listed.",
            show_default=False,
        ),
    ] = None,
    sentence: Annotated[
        str | None,
        typer.Argument(
            metavar="SENTENCE", help="What everybody in it reads.", show_default=False
        ),
    ] = None,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Nobody reads the group's sentence any more.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Also write a draft of a misconception, with a known submission, for the "
            "course's author.",
        ),
    ] = False,
    author: Annotated[
        str, typer.Option("--author", help="Who says so.", show_default=False)
    ] = "",
    json: AsJson = False,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Tell all who answered alike what is wrong, in a sentence.

    Answers of different students to the same inputs that are equal are one group, whatever the
    code. Everybody in it reads the sentence: in `grade show`, on feedback pages and in exports.
    It follows the answer: who answers so later reads it, and who answers otherwise does not.
    Points stay as they are. Without a sentence, the groups are listed.

    \b
    Examples:
      grade explain assignment3
      grade explain assignment3 k3f7q2 "You divide by m twice: here, and in the cost."
      grade explain assignment3 k3f7q2 --take-back
      grade explain assignment3 k3f7q2 "You divide by m twice." --keep
    """
    from autograder.batch.reviewing import reviewed

    if take_back and (sentence is not None or keep):
        raise UsageError("--take-back goes without a sentence and without --keep.")
    if group is not None and json:
        raise UsageError("--json lists all groups: leave out the name of one.")
    if group is None and (take_back or keep):
        raise UsageError(
            "Which group?", hint=f"Its name is in the list: grade explain {assignment}"
        )
    there = opened(course)
    found = there.assignment(assignment)
    with open_gradebook(there, gradebook_place) as book:
        groups = reviewed(book, present(there, assignment), assignment).review.groups
        given = book.explanations(assignment)
        if group is None:
            _list(assignment, groups, given, json=json)
            return PASSED
        check, name = _meant(group, groups, given, assignment)
        members = next((one for one in groups if (one.check, one.name) == (check, name)), None)
        before = {(one.check, one.group): one.sentence for one in given}.get((check, name), "")
        if sentence is None and not take_back and not before:
            raise UsageError(
                f"What do you say to group {name} of {check}?",
                hint=f'Such as: grade explain {assignment} {name} "Divide by m."',
            )
        said = sentence if sentence is not None else before
        if not said.strip() and not take_back:
            raise UsageError("The sentence is empty.", hint="To remove one: --take-back")
        if keep:
            _can_keep(found, members)
        if take_back or sentence is not None:
            who = author or getpass.getuser()
            book.explain(assignment, check, name, "" if take_back else said, author=who)
        _say(check, name, said, members, taken_back=take_back)
        if keep and members is not None:
            _keep(book, found, members, said)
    return PASSED


def _meant(
    name: str, groups: Sequence[Group], given: Sequence[Explanation], assignment: str
) -> tuple[str, str]:
    """The check and the name of the group that begins so; UsageError for none or several."""
    known = {(one.check, one.name) for one in groups}
    known |= {(one.check, one.group) for one in given}
    wanted = name.strip().lower()
    fitting = sorted(one for one in known if wanted and one[1].startswith(wanted))
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        several = ", ".join(f"{group} ({check})" for check, group in fitting[:8])
        raise UsageError(f"{name!r} may be several groups: {several}.")
    raise UsageError(
        f"{assignment} has no group {name!r}.",
        hint=did_you_mean(
            wanted,
            [group for _, group in known],
            f"They are listed by: grade explain {assignment}",
        ),
    )


def _say(check: str, name: str, said: str, group: Group | None, *, taken_back: bool) -> None:
    from autograder.cli.classes import capped
    from autograder.wording import visible

    who = group.students if group is not None else ()
    many = {0: "nobody at present", 1: "1 student"}.get(len(who), f"{len(who)} students")
    names = f": {visible(capped(who))}" if who else ""
    if taken_back:
        typer.echo(f"The sentence about {check}, group {name}, is taken back ({many}).")
    else:
        typer.echo(f"{check}, group {name}: {visible(said)}")
        typer.echo(f"Read by {many}{names}. No points change.")


def _list(
    assignment: str, groups: Sequence[Group], given: Sequence[Explanation], *, json: bool
) -> None:
    """All groups, the largest first; then the sentences that nobody reads at present."""
    import msgspec

    there = {(one.check, one.name) for one in groups}
    unread = [one for one in given if (one.check, one.group) not in there]
    if json:
        found = {"assignment": assignment, "groups": groups, "unread": unread}
        text = msgspec.json.format(msgspec.json.encode(found), indent=2).decode()
        sys.stdout.write(text + "\n")
        return
    from autograder.cli.classes import show_groups

    show_groups(groups, unread, console())
    waiting = [one for one in groups if not one.explained]
    if waiting:
        typer.echo(
            f'\nTo explain the largest: grade explain {assignment} {waiting[0].name} "…"'
        )


def _can_keep(assignment: Assignment, group: Group | None) -> None:
    """Raises UsageError where a draft has no code, or no place."""
    if group is None:
        raise UsageError("Nobody is in this group now, so there is no code to keep.")
    if assignment.reference is None:
        raise UsageError(
            f"{assignment.name} has no reference here, so a misconception has no place.",
            hint="Use --keep in the course's own repository.",
        )


def _keep(book: Gradebook, assignment: Assignment, group: Group, said: str) -> None:
    """Write the draft of a misconception, with somebody's code whom nothing names."""
    from autograder.batch.drafts import write_draft
    from autograder.batch.reviewing import example

    assert assignment.reference is not None
    lines = example(book, assignment.name, group.students[0], group.of, most=400)
    if not lines:
        raise UsageError(f"The code of {group.of} is not found, so there is nothing to keep.")
    folder = write_draft(assignment.reference, group, said, lines)
    typer.echo(
        f"{folder} has the draft. Read it before you use it: it holds a student's code, and "
        "what is in misconceptions.py runs without a sandbox."
    )
