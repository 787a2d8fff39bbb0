"""The owner of a submission: rosters, names, groups, and when each was handed in.

Knows tables and names, and nothing of what a file holds.
"""
