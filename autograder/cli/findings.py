"""The output of `grade verify` and `grade calibrate`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from autograder.feedback.signs import shown

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.verify import Calibration, Finding, Strength, Verification


def show_finding(finding: Finding, console: Console) -> None:
    """One line: whether it is as it must be, what it is about, what was found."""
    word, style = ("ok", "green") if finding.ok else ("WRONG", "bold red")
    head = f"{finding.kind} {finding.name}: "
    detail = shown(f"{head}{finding.detail}", console.encoding)
    console.print(Text.assemble((f"{word:<6}", style), detail), soft_wrap=True)


def show_verdict(verification: Verification, console: Console) -> None:
    """The last line on one assignment: how many findings, and how many are wrong."""
    wrong = [line for line in verification.lines if not line.ok]
    total = len(verification.lines)
    if wrong:
        said = f"{verification.assignment}: {len(wrong)} of {total} are not as they must be."
    else:
        said = f"{verification.assignment}: all {total} are as they must be."
    console.print(Text(said, "bold red" if wrong else "bold green"), soft_wrap=True)


def show_strength(name: str, strength: Strength, console: Console) -> None:
    """Show how many small changes of the reference are caught, and each that is not."""
    missed = strength.missed
    total = strength.caught + len(missed)
    said = f"{name}: {strength.caught} of {total} small changes of the reference are caught."
    console.print(said, style="bold", soft_wrap=True)
    for mutant in missed:
        change = f"{mutant.was} → {mutant.now}" if mutant.now else f"without {mutant.was}"
        line = f"      {mutant.of}, line {mutant.line}: {change}"
        console.print(Text(shown(line, console.encoding)), soft_wrap=True)
    if missed:
        console.print(
            "Each of these is no mistake (a seed, a default, what is printed), or shows what "
            "no check looks at.",
            soft_wrap=True,
        )


def show_calibration(found: Mapping[str, Calibration], console: Console) -> None:
    """A table of what the reference reaches on each check that measures."""
    if not found:
        console.print(
            "This assignment has nothing to calibrate: no threshold, and no data held out."
        )
        return
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for name in ("check", "bar", "worst", "median", "best", "margin", "seeds", "false fails"):
        table.add_column(name, justify="left" if name == "check" else "right")
    for check, one in found.items():
        numbers = (one.at_least, one.minimum, one.median, one.maximum, one.margin)
        style = "" if one.margin >= 0 else "bold red"
        table.add_row(
            check,
            *(f"{number:.4f}" for number in numbers),
            f"{one.seeds}",
            f"{one.missed:.1%}",
            style=style,
        )
    console.print(table)
    below = [check for check, one in found.items() if one.margin < 0]
    if below:
        console.print(f"The reference itself misses the bar of {', '.join(below)}: lower it.")
