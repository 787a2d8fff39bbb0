"""An autograder for introductory deep-learning courses."""

__version__ = "0.1.0"
