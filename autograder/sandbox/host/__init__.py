"""The grader's side of the sandbox: it starts guests, asks them, and measures their time.

The rest of the framework imports `sandbox` and `messages` of this folder.
"""
