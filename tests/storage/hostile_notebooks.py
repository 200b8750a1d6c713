"""Strange notebook files, each by its name: how it is made, and what it must get (storage.md)."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.storage.codec import LIMIT_BYTES, encode
from tests.storage.notebooks import small_notebook

GOOD = encode(small_notebook("one", "two"))


def with_note(note: str) -> bytes:
    return GOOD.replace(b'{"id": "note00000001"', note.encode() + b',\n{"id": "note00000001"')


def with_key(entry: str) -> bytes:
    return GOOD.replace(b'"version": 1', f'"version": 1, {entry}'.encode())


REFUSED = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\r\n", "it is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "something else"),
    "zeros": (bytes(5000), "zeros"),
    "conflict marks": (
        GOOD.replace(b'"posts"', b'<<<<<<< HEAD\n"posts"'),
        "line 8: holds the marks of a Git conflict",
    ),
    "trailing garbage": (GOOD + b"x", "line 10: something stands after the end"),
    "two notebooks": (GOOD + GOOD, "something stands after the end"),
    "zeros behind": (GOOD + bytes(100), "something stands after the end"),
    "deep lists": (with_key('"x": ' + "[" * 100_000 + "]" * 100_000), "nested too deep"),
    "deep objects": (with_key('"x": ' + '{"a":' * 50_000 + "1" + "}" * 50_000), "nested too deep"),
    "rather deep": (with_key('"x": ' + "[" * 70 + "]" * 70), "x: is nested too deep"),
    "nothing but brackets": (b"[" * 1_000_000, "nested too deep|something else"),
    "a number of 5,000 digits": (with_key('"x": ' + "9" * 5000), "thousands of digits"),
    "such a time": (with_note('{"id": "x", "at_ms": ' + "9" * 5000 + "}"), "thousands of digits"),
    "NaN": (with_note('{"id": "x", "at_ms": NaN}'), r"talks\[0\]\.notes\[1\]\.at_ms: must be a whole number"),
    "infinite": (GOOD.replace(b'"title": "A Talk"', b'"rate": Infinity'), r"talks\[0\]\.rate: must be from"),
    "1e400": (GOOD.replace(b'"title": "A Talk"', b'"rate": 1e400'), r"talks\[0\]\.rate: must be from"),
    "1e400 unknown": (with_key('"x": [{"y": 1e400}]'), "x: holds a number that is none, or too large"),
    "NaN unknown": (with_key('"x": NaN'), "x: holds a number that is none"),
    "a key twice": (with_note('{"id": "x", "text": "a", "text": "b"}'), r"notes\[1\]\.text: stands twice"),
    "the format twice": (with_key('"format": "desktopnotes"'), "format: stands twice"),
    "a key twice, unknown": (with_key('"x": [{"y": 1, "y": 2}]'), "x: “y” stands twice"),
    "a lone surrogate": (with_note('{"id": "x", "text": "\\ud800"}'), r"notes\[1\]\.text: holds half a char"),
    "one in a name": (with_key('"\\udfff": 1'), "half a character"),
    "one deep inside": (with_key('"x": {"y": ["\\udc00"]}'), "x: holds half a character"),
    "bad UTF-8": (GOOD.replace(b"two", b"tw\xff"), "line 5: holds bytes that are no text in UTF-8"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "line 1: holds bytes that are no text in UTF-8"),
    "a surrogate in UTF-8": (GOOD.replace(b"two", b"\xed\xa0\x80"), "no text in UTF-8"),
    "a list": (b"[]", "something else|not a notebook"),
    "text": (b'"desktopnotes"', "something else|not a notebook"),
    "HTML": (b"<html></html>", "something else"),
    "another program's": (b'{"nbformat": 4}', "not a notebook of Desktop Notes"),
    "no version": (GOOD.replace(b'"version": 1, ', b""), "version: must be a whole number from 1"),
    "version true": (GOOD.replace(b'"version": 1', b'"version": true'), "version: must be a whole"),
    "version 0": (GOOD.replace(b'"version": 1', b'"version": 0'), "version: must be a whole"),
    "a talk that is none": (
        GOOD.replace(b'{"id": "talk', b'5, {"id": "talk'),
        r"talks\[0\]: must be an object",
    ),
    "talks that are none": (
        b'{"format": "desktopnotes", "version": 1, "talks": {}}',
        "talks: must be a list",
    ),
    "a note that is none": (with_note("null"), r"talks\[0\]\.notes\[1\]: must be an object"),
    "a negative time": (with_note('{"id": "x", "at_ms": -1}'), r"notes\[1\]\.at_ms: must be from 0"),
    "a huge time": (with_note('{"id": "x", "end_ms": 3600000001}'), r"notes\[1\]\.end_ms: must be from 0"),
    "a time with a fraction": (with_note('{"id": "x", "at_ms": 1.5}'), "at_ms: must be a whole number"),
    "a time that is true": (with_note('{"id": "x", "at_ms": true}'), "at_ms: must be a whole number"),
    "a time that is text": (with_note('{"id": "x", "at_ms": "5"}'), "at_ms: must be a whole number"),
    "text that is a number": (with_note('{"id": "x", "text": 5}'), "text: must be text"),
    "text that is null": (with_note('{"id": "x", "text": null}'), "text: must be text"),
    "a flag that is a number": (with_note('{"id": "x", "used": 1}'), "used: must be true or false"),
    "an empty id": (with_note('{"id": ""}'), "id: must be 1 to 64 characters long"),
    "a long id": (with_note('{"id": "' + "x" * 65 + '"}'), "id: must be 1 to 64 characters long"),
    "an id that is a number": (with_note('{"id": 7}'), "id: must be text"),
    "a chapter without time": (
        GOOD.replace(b'"A Talk"', b'"", "chapters": [{"title": "x"}]'),
        "at_ms: is missing",
    ),
}

ACCEPTED = {
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "another layout": json.dumps(json.loads(GOOD), indent=4).encode(),
    "escapes": json.dumps(json.loads(GOOD)).encode(),
    "whole numbers with a point": GOOD.replace(b'"at_ms": 1000', b'"at_ms": 1000.0'),
    "defaults written out": GOOD.replace(b'"at_ms": 1000', b'"at_ms": 1000, "end_ms": null, "used": false'),
    "a whole rate": GOOD.replace(b'"title": "A Talk"', b'"title": "A Talk", "rate": 1'),
}

TEXTS = {
    "NUL": "a\0b",
    "bidi": "\u202eabc\u2066",
    "emoji": "👩‍💻🏳️‍🌈",
    "line ends of all kinds": "a\r\nb\u2028c\u0085d\x0b",
    "a megabyte": "x" * 1_000_000,
    "control characters": "".join(map(chr, range(32))) + "\x7f\x9f\ufffe\U0010ffff",
    "what looks like a conflict": "<<<<<<< HEAD\n=======\n>>>>>>> x",
}


def _bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


def _circle(path: Path) -> None:
    other = path.with_name("other")
    other.symlink_to(path)
    path.symlink_to(other)


def _too_large(path: Path) -> None:
    path.write_bytes(GOOD)
    os.truncate(path, LIMIT_BYTES + 1)


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a FIFO": (os.mkfifo, "device, pipe or socket"),
    "a socket": (_bound, "device, pipe or socket"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "device, pipe or socket"),
    "a terminal": (lambda path: path.symlink_to("/dev/tty"), "device, pipe or socket|cannot|could not"),
    "a folder": (lambda path: path.mkdir(), "is a folder"),
    "a link to nothing": (lambda path: path.symlink_to("nothing"), "There is no file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "could not be read"),
    "two links in a circle": (_circle, "could not be read"),
    "larger than 256 MB": (_too_large, "larger than 256 MB"),
}
"""What is no regular file of a size that can be; each made at a path, and the words of its refusal."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile notebook: `make` puts it at a path; it is refused with `words`; read where there are none."""

    name: str
    make: Callable[[Path], None]
    words: str = ""


def _written(content: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def hostile_notebooks() -> tuple[Hostile, ...]:
    """All of them, for a table of what each gets."""
    cut = Hostile("cut in the middle", _written(GOOD[: len(GOOD) // 2]), "ends in the middle")
    newer = Hostile("of a newer version", _written(GOOD.replace(b'"version": 1', b'"version": 2')))
    return (
        *(Hostile(name, _written(content), words) for name, (content, words) in REFUSED.items()),
        cut,
        *(Hostile(name, make, words) for name, (make, words) in FILES.items()),
        *(Hostile(name, _written(content)) for name, content in ACCEPTED.items()),
        *(Hostile(f"text: {name}", _written(encode(small_notebook(text)))) for name, text in TEXTS.items()),
        newer,
    )
