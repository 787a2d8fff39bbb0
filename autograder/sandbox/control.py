"""The messages between the host and its zygote, and the exit status of a lost guest."""

from __future__ import annotations

import struct

REQUEST = struct.Struct("<ci")  # what to do, and the process id that it is about
ANSWER = struct.Struct("<ii")  # a code, then a process id or a wait status
LENGTH = struct.Struct("<I")  # of what the zygote says first: why each layer is not there

FORK = b"f"  # with a guest's socket and output pipe; answers with its process id
KILL = b"k"  # answers with the wait status
REAP = b"r"  # the same, for a guest that seems to be ending by itself

DONE = 0  # codes above it are an errno
TOO_MANY_THREADS = -1

LOST = 113  # the exit status of a guest that cannot go on, because its connection is gone
