"""A class's submissions, from whatever they were downloaded with.

    collect ──► iterate, source by source ──► container: a folder, a zip, a tar
                                         ├──► layouts: which layout it has, whose each file is
                                         ├──► choice: which of a student's files counts
                                         └──► reading: bytes become a Submission

The last submission of a student counts, within a source and over all of them. What cannot
be read is listed by name with the reason, and never stops the rest.
"""

from autograder.submissions.sources.collecting import Item, Looking, collect, iterate
from autograder.submissions.sources.model import Collected, Entry, Surveyed, Unread

__all__ = [
    "Collected",
    "Entry",
    "Item",
    "Looking",
    "Surveyed",
    "Unread",
    "collect",
    "iterate",
]
