"""Python's search for garbage, which stops everything, held off while very many values come into being."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_holders = 0
_was_on = False


@contextmanager
def no_collecting() -> Iterator[None]:
    """In it nothing is searched for garbage, on any thread; what has come into being counts as staying.

    The search keeps the interpreter: while 100,000 notes (19 MB) were read and compared, for 50 ms of the
    processor at a time. Without it nothing holds the window up longer than 30 ms: reading itself lets others
    in at every note. What is not part of a circle is freed all the same. Circles that nobody had found yet at
    the end stay in memory, so this is for what is large and rare.
    """
    global _holders, _was_on
    with _lock:
        if _holders == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _holders += 1
    try:
        yield
    finally:
        with _lock:
            _holders -= 1
            if _holders == 0:
                gc.freeze()
                if _was_on:
                    gc.enable()
