"""The untrusted side of the sandbox: what runs in one process with a student's code.

It imports the standard library, NumPy, msgspec, `sandbox.kernel` and what both sides share
(the modules beside this folder); it holds no answer, and no module of the grader's.
"""
