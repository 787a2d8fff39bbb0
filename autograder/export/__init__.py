"""Grades in the formats that other systems read.

A format is a class with a `name`, a `suffix` and a method `write`, found by the entry points
of the group `autograder.exporters`, so that a package of its own can bring another one.
"""
