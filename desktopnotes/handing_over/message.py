"""What is said between two calls of the program: the message, and the answers to it."""

from __future__ import annotations

import os
from dataclasses import dataclass

_HEAD = b"desktopnotes 1"
LIMIT_BYTES = 1_000_000
LIMIT_NAMES = 1_000

NEW, LAST = "--new", "--last"
"""What a call may ask for in place of names: a new notebook, the one that was open last."""

WAIT, TAKEN, DONE, LATER, REFUSED, ENDING, UNCLEAR = b"w", b"t", b"d", b"l", b"e", b"n", b"?"
"""How a window answers: wait, it starts or ends just now; it has the message; what that named is open; it
opens when a question that stands open there is answered; it is not, for the reason that follows; open one
yourself, it ends; this is no message.
"""


@dataclass(frozen=True, slots=True)
class Message:
    """What a call names, as it was typed in `folder`; `startup_id` lets the window come to the front."""

    names: tuple[str, ...]
    folder: str
    startup_id: str = ""


def encoded(message: Message) -> bytes:
    """A head that counts the fields, then each field's bytes; a zero byte, which no name has, ends each."""
    fields = (message.folder, message.startup_id, *message.names)
    head = b"%s %d" % (_HEAD, len(fields))
    return b"".join(field + b"\0" for field in (head, *map(os.fsencode, fields)))


def decoded(content: bytes) -> Message | None:
    """None for anything but a whole message."""
    if len(content) > LIMIT_BYTES or content.count(b"\0") > LIMIT_NAMES + 3:
        return None
    head, *fields, rest = content.split(b"\0") if b"\0" in content else (b"", b"")
    if rest or len(fields) < 2 or head != b"%s %d" % (_HEAD, len(fields)):
        return None
    folder, startup_id, *names = map(os.fsdecode, fields)
    return Message(tuple(names), folder, startup_id) if os.path.isabs(folder) and all(names) else None
