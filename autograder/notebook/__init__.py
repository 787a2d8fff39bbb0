"""Checks inside a notebook, with the feedback below the cell.

    from autograder.notebook import check

    check("sigmoid")

What is judged is the code that this kernel has run, as it stands now: run the cell that
defines a function, and then its check. It runs once more in a sandbox, so nothing in the
notebook can change how it is judged. Answers come from the bundle beside the notebook.
"""

from __future__ import annotations

from autograder.notebook.shell import check

__all__ = ["check"]
