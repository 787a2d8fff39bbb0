"""Whose a submission is: rosters, names, groups, and when each was handed in.

Knows tables and names, and nothing of what a file holds.
"""
