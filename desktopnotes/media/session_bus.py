"""A connection to the desktop's session bus (D-Bus) that bears whatever comes, or does not come, from there.

It belongs to one thread. Nothing waits longer than `_SEND_S`; what is larger than any message for us is
refused unread.
"""

from __future__ import annotations

import os
import selectors
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jeepney.low_level import Header, Message

_CONNECT_S = 2.0
_SEND_S = 2.0

_READ_BYTES = 1 << 14
MOST_BYTES = 1 << 16
"""An address is the longest that is ever sent to us, and no path has more than 4096 bytes."""


def address(environment: Mapping[str, str]) -> str:
    """Where the user's bus listens; empty where none is known."""
    if sys.platform in ("win32", "darwin"):
        return ""
    named = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return named
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    usual = os.path.join(runtime, "bus")
    return f"unix:path={usual}" if os.path.isabs(runtime) and os.path.exists(usual) else ""


class TooLarge(Exception):  # noqa: N818  (it is what came, and no error of ours)
    """A message of which only the head was read; the rest is thrown away as it comes."""

    def __init__(self, header: Header | None) -> None:
        super().__init__()
        self.header = header


class Bus:
    """Messages in and out. Raises `OSError` or `ValueError` where the bus is gone, or is none."""

    def __init__(self, where: str) -> None:
        from jeepney.bus import get_connectable_addresses
        from jeepney.io.blocking import prep_socket

        try:
            path = next(get_connectable_addresses(where))
        except (RuntimeError, StopIteration) as error:
            raise ValueError(f"there is no bus at {where}") from error
        self._socket: socket.socket = prep_socket(path, timeout=_CONNECT_S)
        self._socket.settimeout(_SEND_S)
        self._waking, self._woken = socket.socketpair()
        self._waking.setblocking(False)
        self._woken.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._came = bytearray()
        self._to_skip = 0
        self._serial = 0

    def send(self, message: Message) -> int:
        """Sends a message; the number under which it is answered."""
        self._serial += 1
        self._socket.sendall(message.serialise(serial=self._serial))
        return self._serial

    def wake(self) -> None:
        """Lets `wait` return; from any thread."""
        with suppress(OSError):  # full: it wakes anyway; or closed
            self._waking.send(b"w")

    def wait(self, timeout_s: float | None) -> bool:
        """Returns when something came, or it was woken; False where neither was so in time."""
        ready = self._selector.select(timeout_s)
        for key, _ in ready:
            if key.fileobj is self._woken:
                with suppress(BlockingIOError):
                    self._woken.recv(_READ_BYTES)
                continue
            got = self._socket.recv(_READ_BYTES)
            if not got:
                raise ConnectionResetError("the bus has hung up")
            self._came += got
        return bool(ready)

    def messages(self) -> Iterator[Message]:
        """What has come whole; raises `TooLarge` in place of one that is, and can be asked again then."""
        from jeepney.low_level import Message, calc_msg_size

        while True:
            skipped = min(self._to_skip, len(self._came))
            del self._came[:skipped]
            self._to_skip -= skipped
            if len(self._came) < 16:
                return
            try:
                size = calc_msg_size(bytes(self._came[:16]))
            except KeyError as error:
                raise ValueError("the bus sends what is no message") from error
            if size > MOST_BYTES:
                self._skip(size)
            if len(self._came) < size:
                return
            content = bytes(self._came[:size])
            del self._came[:size]
            with suppress(Exception):  # one that cannot be read is none: the bus lets none of them through
                yield Message.from_buffer(content)

    def _skip(self, size: int) -> None:
        """Raises `TooLarge` as soon as the head of a message of that size is there."""
        from jeepney.low_level import Header

        fields_bytes = int.from_bytes(self._came[12:16], "little" if self._came[:1] == b"l" else "big")
        head = 16 + fields_bytes
        if head > MOST_BYTES:
            raise ValueError("the bus sends what is no message")
        if len(self._came) >= head:
            header: Header | None = None
            with suppress(Exception):  # it is thrown away without an answer, then
                header = Header.from_buffer(bytes(self._came[:head]))[0]
            self._to_skip = size
            raise TooLarge(header)

    def close(self) -> None:
        """On the thread that it belongs to, once no other wakes it any more."""
        for each in (self._selector, self._socket, self._waking, self._woken):
            each.close()
