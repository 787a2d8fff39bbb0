"""The answer key: what each probe must give, from the reference or from a recording.

Knows right answers, and those of each misconception. Knows no submission and no verdict.
"""
