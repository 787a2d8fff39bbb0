"""The plan of the house: which room imports which, and on which floor each stands.

A room is a package or a module directly below `autograder`; an arrow leads from a room to one
that it imports anywhere; a room stands one floor above the highest of those that it imports.
`python -m tests.architecture.plan` prints it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "autograder"


def rooms() -> dict[str, set[str]]:
    """Each room, with those that it imports."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room != "__init__":
            found.setdefault(room, set()).update(_imported(path))
    return {room: named & found.keys() - {room} for room, named in found.items()}


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("autograder.")}


def floors(plan: Mapping[str, set[str]]) -> dict[str, int]:
    """The floor of each room; raises RecursionError where rooms import one another."""

    @cache
    def floor(room: str) -> int:
        return 1 + max(map(floor, plan[room]), default=0)

    return {room: floor(room) for room in plan}


def main() -> None:
    """Print the floors from the top, and how much there is of all."""
    plan = rooms()
    stands = floors(plan)
    for number in range(max(stands.values()), 0, -1):
        print(f"floor {number:2}")
        for room in sorted(room for room in plan if stands[room] == number):
            print(f"  {room:16} {' '.join(sorted(plan[room])) or '-'}")
    arrows = sum(map(len, plan.values()))
    print(f"{len(plan)} rooms, {max(stands.values())} floors, {arrows} arrows, no cycle")


if __name__ == "__main__":
    main()
