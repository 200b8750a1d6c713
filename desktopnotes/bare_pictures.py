"""Whether a picture's file holds the picture alone: no place, no camera, no words, nothing behind its end.

Read by the parts that the formats are made of, without decoding; what is not understood is not bare.
"""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    )
)
_WEBP_PARTS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_EXIF_AND_XMP = 0x08 | 0x04


def is_bare(content: bytes, kind: str) -> bool:
    """Whether `content` is a whole picture of that kind ("webp", "jpeg", "png") and nothing else."""
    try:
        return {"webp": _is_bare_webp, "png": _is_bare_png, "jpeg": _is_bare_jpeg}[kind](content)
    except IndexError:
        return False


def _is_bare_png(content: bytes) -> bool:
    if not content.startswith(_PNG):
        return False
    at = len(_PNG)
    part = b""
    while at + 12 <= len(content):
        size, part = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if part not in _PNG_PARTS:
            return False
        at += 12 + size
        if part == b"IEND":
            break
    return part == b"IEND" and at == len(content)


def _is_bare_webp(content: bytes) -> bool:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return False
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        return False
    at = 12
    while at + 8 <= len(content):
        part, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if part not in _WEBP_PARTS or (part == b"VP8X" and content[at + 8] & _EXIF_AND_XMP):
            return False
        at += 8 + size + size % 2
    return at == len(content) and at > 20


def _is_bare_jpeg(content: bytes) -> bool:
    """Tables, frame and scan alone, a JFIF head and a colour profile; no thumbnail, no comment."""
    if content[:2] != b"\xff\xd8":
        return False
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        mark, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        body = content[at + 4 : at + 2 + size]
        known = mark in (0xDB, 0xC4, 0xDD) or 0xC0 <= mark <= 0xC2
        jfif = mark == 0xE0 and body.startswith(b"JFIF\0") and len(body) == 14
        colours = mark == 0xE2 and body.startswith(b"ICC_PROFILE\0")
        adobe = mark == 0xEE and body.startswith(b"Adobe") and len(body) == 12
        if not (known or jfif or colours or adobe) or size < 2:
            return False
        at += 2 + size
    return content[at] == 0xFF and content.find(b"\xff\xd9", at) == len(content) - 2
