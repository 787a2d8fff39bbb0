"""From a student's file to a `Submission`: text, never executed and never parsed here."""

from autograder.submissions.reader import parse, read

__all__ = ["parse", "read"]
