"""The gradebook: submissions, every grading of them, and what counts."""

from autograder.gradebook.book import Gradebook

__all__ = ["Gradebook"]
