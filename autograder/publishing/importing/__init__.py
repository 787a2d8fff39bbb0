"""`grade import`: a first draft of an assignment from a notebook of nbgrader or Otter-Grader.

Nothing of the notebook runs: it may be a stranger's. Its code is read as a syntax tree; what is
written of it is quoted, or a comment. Where a person must decide, the draft says so.
"""

from __future__ import annotations

from autograder.publishing.importing.draft import Draft, draft

__all__ = ["Draft", "draft"]
