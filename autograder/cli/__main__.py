"""`python -m autograder.cli` is `grade`."""

import os
import sys

# With -m the first place for modules is the current folder, which may be a student's.
if not sys.flags.safe_path and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

from autograder.cli import main

main()
