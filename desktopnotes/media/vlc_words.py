"""What libVLC says of its own work while it jumps and opens: of some things there is no other sign.

The words are those of libVLC 3.0, the same since 3.0.0; where others come, nothing is heard and whoever waits
goes on without. They arrive on libVLC's threads, in the midst of its work.
"""

from __future__ import annotations

import threading
import time
from typing import Any

_READY = b"Decoder wait done"
_REDIRECT = b"redirecting to"
_NO_CODEC = b"Codec `%4.4s' (%s) is not supported"
_HARDWARE = b"Using %s for hardware decoding"


class VlcWords:
    """Listens from `__enter__` to `__exit__`; `ready` is set when decoding has come to a jump's target.

    `in_hardware` says whether what was opened last is decoded there, `redirected` whether its server led
    elsewhere, `lacks_codec` whether a part of it could not be decoded; whoever opens lets it `forget` them.
    """

    def __init__(self, vlc: Any, instance: Any) -> None:
        self._instance = instance
        self._hear = vlc.CallbackDecorators.LogCb(self._on_words)
        self.ready = threading.Event()
        self.ready_s = 0.0
        self.forget()

    def forget(self) -> None:
        """What is heard from now on is of another opening."""
        self.in_hardware = self.redirected = self.lacks_codec = False

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
        elif words.startswith(_REDIRECT):
            self.redirected = True
        elif words.startswith(_NO_CODEC):
            self.lacks_codec = True
