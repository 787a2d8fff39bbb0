"""`grade doctor`: what is installed here, and whether the sandbox holds."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable

from autograder.cli.here import console
from autograder.cli.outcome import NOT_GRADED, PASSED, exits


@exits
def doctor() -> int:
    """Show what is here, and test the sandbox live.

    \b
    Example:
      grade doctor
    """
    import numpy as np
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from autograder import __version__
    from autograder.feedback.signs import TIERS
    from autograder.sandbox.host import confinement
    from autograder.sandbox.host.selftest import trials
    from autograder.wording import listed

    page = console()

    def section(title: str, rows: Iterable[tuple[str, str, str]]) -> None:
        page.print(Text(f"\n{title}", "bold"))
        for mark, name, detail in rows:
            style = {"ok": "green", "no": "dim", "BROKEN": "bold red"}.get(mark, "")
            row = Table.grid(padding=(0, 1))
            for width in (1, 6, 32):
                row.add_column(width=width)
            row.add_column(overflow="fold")
            row.add_row("", Text(mark, style), name, Text(detail))
            page.print(row)

    section(
        "Installed",
        [
            ("", "autograder", __version__),
            ("", "Python", f"{platform.python_version()} on {platform.system()}"),
            ("", "NumPy", np.__version__),
            ("", "processors", str(_processors())),
        ],
    )
    layers = confinement.probe()
    section("Sandbox", [("ok" if one.present else "no", one.name, one.why) for one in layers])
    for remedy in dict.fromkeys(filter(None, map(confinement.remedy, layers))):
        names = [one.name for one in layers if confinement.remedy(one) == remedy]
        page.print(Padding(f"To have the {listed(names, most=6)}, {remedy}.", (0, 2)))
    tier = confinement.tier()
    page.print(f"  Tier {tier.value}: {TIERS[tier]}", soft_wrap=True)
    held = True

    def results() -> Iterable[tuple[str, str, str]]:
        nonlocal held
        for trial in trials():
            held = held and trial.held
            yield "ok" if trial.held else "BROKEN", trial.promise, trial.saw

    section("Self-test", results())
    if held:
        page.print(Text(f"\nAll that tier {tier.value} promises holds here.", "bold green"))
        return PASSED
    page.print(
        Text(f"\nNot all that tier {tier.value} promises holds: do not grade here.", "bold red")
    )
    return NOT_GRADED


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
