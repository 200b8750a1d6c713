"""How large a picture is, by the first bytes of its file: a check must not read a hundred of them whole."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

_HEAD_BYTES = 32
_LARGEST_MARKERS = 1000


def longest_side_px(path: Path) -> int:
    """The longer side of a PNG, JPEG or WEBP picture in pixels; 0 for anything else, or what is not there."""
    try:
        status = os.stat(path)
        return _longest_side_px(str(path), status.st_mtime_ns, status.st_size)
    except (OSError, ValueError):
        return 0


@lru_cache(maxsize=2048)
def _longest_side_px(path: str, _changed_ns: int, _size: int) -> int:
    with open(path, "rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return max(int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return _webp(head)
        if head.startswith(b"\xff\xd8"):
            file.seek(2)
            return _jpeg(file.read(1_000_000))
    return 0


def _webp(head: bytes) -> int:
    """The three kinds of WEBP (RFC 9649): plain, lossless, extended."""
    kind = head[12:16]
    if kind == b"VP8 ":
        return max(int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return max(bits & 0x3FFF, bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return max(int.from_bytes(head[24:27], "little"), int.from_bytes(head[27:30], "little")) + 1
    return 0


def _jpeg(rest: bytes) -> int:
    """From marker to marker until the one that begins the picture (ITU T.81, B.2.2)."""
    at = 0
    for _ in range(_LARGEST_MARKERS):
        if rest[at : at + 1] != b"\xff":
            return 0
        marker = rest[at + 1] if at + 1 < len(rest) else 0
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return max(int.from_bytes(rest[start : start + 2], "big") for start in (at + 5, at + 7))
        at += 2 + int.from_bytes(rest[at + 2 : at + 4], "big")
    return 0
