"""`python -m tests.fuzz COUNT [SEED]`: mutated frames against the wire, as many as you like."""

from __future__ import annotations

import sys
import time

from tests.fuzz.run import fuzz


def main() -> None:
    """Fuzz, and print what became of the frames."""
    count, *seeds = map(int, sys.argv[1:] or ["20000"])
    seed = seeds[0] if seeds else 0
    started = time.monotonic()
    found = fuzz(count, seed)
    print(f"{found.frames:,} frames in {time.monotonic() - started:.0f} s, seed {seed}")
    for name, times in found.became.most_common():
        print(f"{times:>12,}  {name}")
    print(f"{found.slowest * 1e3:>9.1f} ms  the slowest frame")
    print(f"{found.megabytes:>9.1f} MB  the growth of the process")


if __name__ == "__main__":
    main()
