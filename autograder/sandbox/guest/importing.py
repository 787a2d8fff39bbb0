"""Tell the host when a guest imports something: a library's time is no student's.

Python looks for a module that is not there yet in one function, whatever asks for it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from autograder.sandbox.guest.standins import is_stood_in


def announce(tell: Callable[[bool], None]) -> None:
    """Call `tell(True)` before, and `tell(False)` after each import of this thread.

    What an import imports by itself is not told.
    """
    machinery: Any = sys.modules["_frozen_importlib"]
    find_and_load = machinery._find_and_load
    main = threading.get_ident()
    busy = False

    def told(name: str, import_: Any) -> Any:
        nonlocal busy
        quick = is_stood_in(name)
        if busy or quick or threading.get_ident() != main:
            return find_and_load(name, import_)
        busy = True
        tell(True)
        try:
            return find_and_load(name, import_)
        finally:
            busy = False
            tell(False)

    machinery._find_and_load = told
