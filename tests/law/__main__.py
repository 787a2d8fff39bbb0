"""Measure what the law promises: `python -m tests.law`, or with the names of some laws.

`--short` takes the form that `make test` runs. The exit code is 1 where a figure misses.
"""

from __future__ import annotations

import sys
import time

from tests.law.figures import measured, names


def main(arguments: list[str]) -> int:
    """Print the table, a row as soon as it is measured."""
    full = "--short" not in arguments
    chosen = [name for name in arguments if not name.startswith("--")] or names()
    if unknown := sorted(set(chosen) - set(names())):
        print(f"Expected some of {', '.join(names())}, but got {', '.join(unknown)}.")
        return 2
    missed = 0
    for name in chosen:
        started = time.monotonic()
        for figure in measured(name, full=full):
            missed += not figure.holds
            verdict = "holds" if figure.holds else "MISSED"
            row = f"{figure.what}: {figure.measured} ({figure.bar}) {verdict}"
            print(f"{name:10} {row}", flush=True)
        print(f"{name:10} took {time.monotonic() - started:.0f} s", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
