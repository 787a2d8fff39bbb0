"""A graded class on a page: the summary of a batch, the changes of a regrading."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from autograder.feedback.signs import number, shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from autograder.batch.review import Group
    from autograder.batch.similar import Pair
    from autograder.batch.summary import Summary
    from autograder.export.model import Row
    from autograder.gradebook.entries import Change
    from autograder.gradebook.explaining import Explanation
    from autograder.model import Report
    from autograder.submissions.sources.model import Unread

MOST_LOOKS = 40  # reasons on the page; all of them are in the gradebook
MOST_NAMES = 20  # of people, in one line
MOST_REASONS = 3  # for one student's change
BAR = 40
NAMES_BESIDE = 20  # letters of two names that stand in one line
NAME = 32  # the width of the first column at most: a path can be long


def show_summary(
    summary: Summary,
    unread: Sequence[Unread],
    console: Console,
    handled: Collection[str] = (),
) -> None:
    """Print how the points are spread, what was hard, and what a person should look at.

    handled   who has been looked at: points were given by hand since.
    """
    if summary.graded:
        _points(summary, console)
        _hardest(summary, console)
        _misconceptions(summary, console)
    looks = [(look.student, look.why) for look in summary.looks if look.student not in handled]
    settled = sorted({look.student for look in summary.looks} & set(handled))
    if settled:
        said = f"\nLooked at already, with points by hand: {capped(settled)}."
        console.print(shown(said.strip(), console.encoding), soft_wrap=True)
    looks += [(one.student or one.source, f"not read: {one.reason}") for one in unread]
    if looks:
        _heading(f"To be looked at by a person: {len(looks)}", console)
        reasons: dict[str, list[str]] = {}
        for who, why in looks:
            reasons.setdefault(why, []).append(who)
        table = _table(2)
        for why, people in [*reasons.items()][:MOST_LOOKS]:
            table.add_row(shown(capped(people), console.encoding), shown(why, console.encoding))
        _print(table, console)
        if len(reasons) > MOST_LOOKS:
            more = sum(map(len, [*reasons.values()][MOST_LOOKS:]))
            console.print(f"  and {more} more, in the gradebook")


def capped(names: Sequence[str]) -> str:
    """ "one, another and 7 more"."""
    listed = ", ".join(names[:MOST_NAMES])
    return listed + (f" and {len(names) - MOST_NAMES} more" if names[MOST_NAMES:] else "")


def show_changes(changes: Sequence[Change], console: Console, *, details: bool) -> None:
    """Print who would have how many points, and which checks are the reason.

    details   also who keeps the total while single checks change, and every check.
    """
    moved = [change for change in changes if _moves(change)]
    totals = [change for change in moved if change.before is None or _difference(change)]
    within = [change for change in moved if change not in totals]
    same = len(changes) - len(moved)
    if totals:
        _heading(f"Changes: {len(totals)}{_gained(totals)}", console)
        _print(_changed(totals, console, details), console)
    if within and details:
        _heading(f"The same total from other checks: {len(within)}", console)
        _print(_changed(within, console, details), console)
    elif within:
        console.print(
            f"\n{len(within)} keep{'s' if len(within) == 1 else ''} the total, though single "
            "checks change: --details lists them.",
            soft_wrap=True,
        )
    console.print(f"\n{same} keep{'s' if same == 1 else ''} what they have.")


def _gained(changes: Sequence[Change]) -> str:
    """The numbers of those who gain, lose, and are new."""
    by = [
        round(one.after.points - one.before.points, 2)
        for one in changes
        if one.before is not None and not one.after.ungraded
    ]
    gain, lose = sum(one > 0 for one in by), sum(one < 0 for one in by)
    new = sum(one.before is None for one in changes)
    said = [f"{count} {word}" for count, word in ((gain, "gain"), (lose, "lose"), (new, "new"))]
    return f" ({', '.join(one for one in said if not one.startswith('0 '))})"


def _changed(changes: Sequence[Change], console: Console, details: bool) -> Table:
    table = _table(4)
    for change in changes:
        before = "ungraded" if change.before is None else number(change.before.points)
        after = "ungraded" if change.after.ungraded else number(change.after.points)
        reasons = _reasons(change)
        said = reasons if details else reasons[:MOST_REASONS]
        if len(reasons) > len(said):
            said.append(f"{len(reasons) - len(said)} more")
        table.add_row(
            shown(change.student, console.encoding),
            f"{before} -> {after}",
            _difference(change),
            shown("; ".join(said), console.encoding),
        )
    return table


def show_rows(
    rows: Sequence[Row], others: Collection[tuple[str, str]], console: Console
) -> None:
    """Print what counts, a line for each student and assignment.

    others   assignment and student of gradings from other checks than the rest.
    """
    table = _table(4)
    for row in rows:
        points = "ungraded" if row.report.ungraded else number(row.points)
        waits = f"waits for a person: {', '.join(row.open)}" if row.open else ""
        other = "from other checks" if (row.assignment, row.student) in others else ""
        table.add_row(
            row.assignment,
            shown(row.student, console.encoding),
            f"{points} / {number(row.possible)}",
            shown("; ".join(filter(None, (other, waits, row.remark))), console.encoding),
        )
    _print(table, console)


def show_groups(
    groups: Sequence[Group], unread: Sequence[Explanation], console: Console
) -> None:
    """Print groups of equal answers, the largest first, and what was said of them.

    unread   sentences about answers that nobody gives at present.
    """
    if not groups:
        console.print("No answer waits for an explanation.")
    table = _table(4)
    for one in groups[:MOST_LOOKS]:
        words = f"Explained: {one.explained}" if one.explained else one.message
        table.add_row(
            f"{len(one.students)} ×",
            one.name,
            one.check,
            shown(" ".join(words.split()), console.encoding),
        )
    _print(table, console)
    if len(groups) > MOST_LOOKS:
        console.print(f"  and {len(groups) - MOST_LOOKS} smaller ones: --json lists all")
    if unread:
        _heading("Sentences about answers that nobody gives now", console)
        table = _table(3)
        for said in unread:
            sentence = shown(said.sentence, console.encoding)
            table.add_row(said.group, said.check, sentence)
        _print(table, console)


def show_pairs(pairs: Sequence[Pair], console: Console) -> None:
    """Print pairs of students, and what they have in common."""
    table = _table(4)
    table.add_row("rare code", "wrong answers", "students", "where")
    for one in pairs:
        names = [shown(name, console.encoding) for name in one.students]
        beside = sum(map(len, names)) <= NAMES_BESIDE
        said = [", ".join(one.where)] if one.where else []
        said += [answer.said for answer in one.answers]
        table.add_row(
            f"{100 * one.code:.0f} %",
            str(len(one.answers)),
            (" and " if beside else " and\n").join(names),
            shown("; ".join(said), console.encoding),
        )
    _print(table, console)


def _points(summary: Summary, console: Console) -> None:
    _heading(
        f"Points: mean {100 * summary.mean:.0f} %, median {100 * summary.median:.0f} %",
        console,
    )
    counts = summary.histogram()
    block = "█" if shown("█", console.encoding) == "█" else "#"
    width = 100 // len(counts)
    for place, count in enumerate(counts):
        drawn = block * math.ceil(BAR * count / max(counts))
        console.print(f"  {place * width:3} to {(place + 1) * width:3} %  {drawn} {count}")


def _hardest(summary: Summary, console: Console) -> None:
    hardest = summary.hardest()
    if not hardest:
        return
    _heading("Hardest checks", console)
    table = _table(3)
    for name, check in hardest:
        table.add_row(
            name,
            f"{100 * check.share:.0f} % of the points",
            f"all of them: {check.whole} of {check.count}",
        )
    _print(table, console)


def _misconceptions(summary: Summary, console: Console) -> None:
    common = summary.common()
    if not common:
        return
    _heading("Most common misconceptions", console)
    table = _table(2)
    for count, name, sentence in common:
        table.add_row(f"{count} ×", f"{name}\n{sentence}")
    _print(table, console)


def _moves(change: Change) -> bool:
    return change.before is None or bool(_reasons(change))


def _reasons(change: Change) -> list[str]:
    """The checks whose points or whose status changed, with the old and the new."""
    if change.before is None:
        return ["graded for the first time"]
    old, new = _verdicts(change.before), _verdicts(change.after)
    said = []
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            one, other = (side.get(name, "none") for side in (old, new))
            said.append(f"{name} {one} -> {other}")
    return said


def _verdicts(report: Report) -> dict[str, str]:
    return {v.id: f"{number(v.points)} ({v.status.value})" for v in report.checks}


def _difference(change: Change) -> str:
    if change.before is None or change.after.ungraded:
        return ""
    difference = round(change.after.points - change.before.points, 2)
    return f"{difference:+g}" if difference else ""


def _heading(text: str, console: Console) -> None:
    from rich.text import Text

    console.print(Text(f"\n{text}", "bold"))


def _print(table: Table, console: Console) -> None:
    """Without the spaces that pad a table to its full width."""
    with console.capture() as rendered:
        console.print(table)
    for line in rendered.get().splitlines():
        console.file.write(f"{line.rstrip()}\n")


def _table(columns: int) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold", max_width=NAME)
    for place in range(1, columns):
        table.add_column(overflow="fold", no_wrap=place < columns - 1)
    table.pad_edge = True
    return table
