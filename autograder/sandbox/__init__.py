"""Runs student code in a process of its own, which answers calls and nothing else.

`host` is the trusted side and the only module that the rest of the framework imports.
"""
