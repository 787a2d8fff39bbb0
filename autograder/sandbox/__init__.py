"""Runs student code in a process of its own, which answers calls and nothing else.

`host` is the grader's side, `guest` the untrusted one, `kernel` what confines it; the modules
beside them are known to both sides.
"""
