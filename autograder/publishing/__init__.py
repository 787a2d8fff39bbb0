"""From the instructor's one source to every form of an assignment that a student gets.

The source is a Python file in percent format. Between `### BEGIN SOLUTION` and
`### END SOLUTION` stands what a student is to write; a cell tagged `instructor`
(``# %% tags=["instructor"]``) is in no student's form. Needs the extra `author`.
"""

from __future__ import annotations

from autograder.publishing.build import build, build_assignment, stale
from autograder.publishing.source import has_cells

__all__ = ["build", "build_assignment", "has_cells", "stale"]
