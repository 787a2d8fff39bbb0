"""The code under test, called through its sandbox as if it were a local module.

Knows what a student must have meant by a name or an argument. Judges nothing.
"""
