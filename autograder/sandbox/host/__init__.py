"""The grader's side of the sandbox: it starts guests, asks them, and measures their time.

Most of the framework needs `sandbox` alone, and the `messages` that it gives.
"""
