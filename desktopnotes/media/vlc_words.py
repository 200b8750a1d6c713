"""What libVLC says of its own work while it jumps and opens: of some things there is no other sign.

The words are those of libVLC 3.0, the same since 3.0.0; where others come, nothing is heard and whoever waits
goes on without. They arrive on libVLC's threads, in the midst of its work.
"""

from __future__ import annotations

import threading
import time
from typing import Any

_READY = b"Decoder wait done"
_HARDWARE = b"Using %s for hardware decoding"


class VlcWords:
    """Listens between `__enter__` and `__exit__`; `ready` is set when decoding has come to the jump's target.

    While libVLC plays, the picture of the target is due `SHOWN_AFTER_S` after `ready_s`: es_out.c sets its
    clock so at that moment ("i_wakeup_delay").
    """

    SHOWN_AFTER_S = 0.010

    def __init__(self, vlc: Any, instance: Any) -> None:
        self._instance = instance
        self._hear = vlc.CallbackDecorators.LogCb(self._on_words)
        self.ready = threading.Event()
        self.ready_s = 0.0
        self.in_hardware = False

    def __enter__(self) -> VlcWords:
        self.ready.clear()
        self._instance.log_set(self._hear, None)
        return self

    def __exit__(self, *_: object) -> None:
        self._instance.log_unset()

    def _on_words(self, _data: object, _level: int, _context: object, words: bytes, _values: object) -> None:
        if words is None:
            return
        if words.startswith(_READY):
            self.ready_s = time.monotonic()
            self.ready.set()
        elif words.startswith(_HARDWARE):
            self.in_hardware = True
