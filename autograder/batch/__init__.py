"""A class: from downloads through workers into the gradebook, and what to print of it.

Knows scheduling and retries. How one submission is graded is `grading`'s business.
"""
