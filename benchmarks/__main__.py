"""`python -m benchmarks [GROUP…]`: tables of ratios. Measure on a quiet machine.

Every figure and the one that it is compared with are measured in turns, in one run, so
that a slow or busy machine slows both. Medians are shown. A group is a module here, with
a function `rows`; without one named, all are measured, which takes a long while.
"""

from __future__ import annotations

import importlib
import sys

GROUPS = (
    "cold",
    "warm",
    "watch",
    "confinement",
    "hostile",
    "batch",
    "peers",
    "keras",
    "nbgrader",
)


def main() -> int:
    """Measure, and print each group's table; 1 where a figure is not as it should be."""
    unknown = [name for name in sys.argv[1:] if name not in GROUPS]
    if unknown:
        print(f"There is no group {unknown[0]}: there are {', '.join(GROUPS)}.")
        return 2
    missed = 0
    for name in sys.argv[1:] or GROUPS:
        rows = importlib.import_module(f"benchmarks.{name}").rows()
        width = max(len(row[0]) for row in rows) if rows else 0
        print(f"\n{name:{width}}  {'measured':>22}  {'allowed':>10}", flush=True)
        for what, found, allowed, ok in rows:
            print(
                f"{what:{width}}  {found:>22}  {allowed:>10}  {'' if ok else 'MISSED'}".rstrip()
            )
            missed += not ok
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
