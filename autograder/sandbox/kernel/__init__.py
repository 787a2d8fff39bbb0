"""Ways of the Linux kernel to confine a process, for which Python has no functions.

Each module is one of its mechanisms, in terms of system calls and nothing else. What a
guest gets of them is decided in `autograder.sandbox.host.confinement`.
"""
