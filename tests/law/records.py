"""The gradebook is a function of its records: two histories of the same ones export alike."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.histories import History, World, term
from tests.law.figures import Figure


def figures(full: bool) -> Iterator[Figure]:
    """Pairs of random histories: 200, or 12 in the short form."""
    count = 200 if full else 12
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        try:
            yield from _compared(world, count)
        finally:
            world.close()


def _compared(world: World, count: int) -> Iterator[Figure]:
    differing: list[str] = []
    wrong: list[str] = []
    commands = refused = 0
    for number in range(count):
        records = term(random.Random(number), world.folder / f"term{number}")
        exports = []
        for way in range(2):
            with world.book(records.late) as book:
                history = History(world, records, book, random.Random(f"{number}/{way}"))
                history.run()
                exports.append(history.exported(world.folder / f"out{number}-{way}"))
            commands += len(history.commands)
            refused += history.refused
            wrong += history.wrong
        if exports[0] != exports[1]:
            files = [name for name in exports[0] if exports[0][name] != exports[1].get(name)]
            differing.append(f"{number} ({', '.join(files)})")
    yield Figure(
        "pairs of histories with the same records that export the same bytes",
        f"{count - len(differing)} of {count}, by {commands} commands"
        + (f"; not: {', '.join(differing[:5])}" if differing else ""),
        "all",
        not differing,
    )
    yield Figure(
        "exports on the way that were refused for mixed gradings, and wrongly so or not",
        f"{refused} refused, {len(wrong)} wrong" + (f": {wrong[0]}" if wrong else ""),
        "some refused, none wrong",
        refused > 0 and not wrong,
    )
