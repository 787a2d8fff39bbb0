"""A course's folder: what is set there, its assignments, seeds and deadlines.

Reads no students' work, and runs no code of a course until a check is asked for.
"""
