"""Whether a source may be given to a player at all; what libVLC would hang on or misuse is refused here.

libVLC goes by what a file holds, not by its name, and looks behind tags and through packing: a list of
addresses packed by gzip, or behind an ID3 tag, makes it ask the network, and one packed by xz makes it start
`xzcat` (seen of 3.0.24). So lists are looked for in all these places.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from desktopnotes.model.errors import ReadError
from desktopnotes.words import _

PLAYLIST_SUFFIXES = frozenset(
    {
        ".asx",
        ".cue",
        ".ifo",
        ".m3u",
        ".m3u8",
        ".mpd",
        ".pls",
        ".ram",
        ".strm",
        ".url",
        ".wpl",
        ".wvx",
        ".xspf",
    }
)
_LIST_BEGINS = (
    *("#extm3u", "[playlist]", "[reference]", "[internetshortcut]", "[address]", "<", "rtsptext", "smiltext"),
    *("http://", "https://", "ffconcat", "v=0\r", "v=0\n"),
)
_PACKED_BEGINS = (
    *(b"\x1f\x8b", b"\x1f\x9d", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"LZIP", b"\x5d\0\0"),
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"MSCF", b"xar!"),
    b"!<arch>\n",
)
_IN_LISTS = re.compile(r"://|<\w|^\s*(?:file|ref|url)\w* ?[=\"':]", re.IGNORECASE | re.MULTILINE)
_TAR_AT, _DISC_AT = 257, 0x8001
_LOOKED_AT_BYTES = 4096
_MOST_TAGS = 64
_TEXT_CONTROLS = frozenset("\t\n\r\f\x1a\x1b")
_HALF = re.compile("[\ud800-\udfff]")
"""How Python holds bytes of a name that are no text."""

_SAFE = _("The notes are safe.")


def check_source(source: Path | str) -> None:
    """Raises `ReadError` unless it is an http(s) address (str) or an ordinary, readable, single media file.

    Only the file's kind, name and first bytes are looked at. A device never ends and a pipe hangs the
    player; a list of addresses, whatever its name, would make it ask the network.
    """
    if isinstance(source, str) and "://" in source:
        if source.partition("://")[0].lower() not in ("http", "https"):
            raise ReadError(
                _("“{source}” cannot be played. {safe}").format(source=source, safe=_SAFE),
                _("Use an http or https address, or a file."),
            )
        return
    path = Path(source)
    name = _HALF.sub("\ufffd", path.name)
    if name != path.name:
        raise ReadError(
            _("The name of “{name}” holds bytes that are no text, so no notebook can name it. {safe}").format(
                name=name, safe=_SAFE
            ),
            _("Rename the file, and add it then."),
        )
    try:
        _check_kind(path.stat().st_mode, path)
        # Not blocking: the name may be that of a pipe by now, and only the look after opening is sure.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            _check_kind(os.fstat(file.fileno()).st_mode, path)
            _check_content(file, path)
    except FileNotFoundError:
        raise ReadError(
            _("“{name}” is not there. {safe}").format(name=path.name, safe=_SAFE),
            _("It was looked for at {path}.").format(path=path),
        ) from None
    except PermissionError:
        raise ReadError(
            _("“{name}” may not be read. {safe}").format(name=path.name, safe=_SAFE),
            _("Ask for the right to read it."),
        ) from None
    except OSError as error:
        raise ReadError(
            _("“{name}” cannot be read: {reason}. {safe}").format(
                name=path.name, reason=error.strerror, safe=_SAFE
            )
        ) from None
    except ValueError:
        raise ReadError(
            _("“{name}” cannot be read: no file can have that name. {safe}").format(
                name=f"{path.name!a}", safe=_SAFE
            )
        ) from None


def _check_kind(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise ReadError(
            _("“{name}” is a folder, not a recording. {safe}").format(name=path.name, safe=_SAFE),
            _("Choose a file inside it."),
        )
    if not stat.S_ISREG(mode):
        raise ReadError(
            _("“{name}” is not an ordinary file. {safe}").format(name=path.name, safe=_SAFE),
            _("Choose a video or sound file."),
        )
    if path.suffix.lower() in PLAYLIST_SUFFIXES:
        raise _a_playlist(path)


def _check_content(file: BinaryIO, path: Path) -> None:
    begins = list(_beginnings(file))
    if not begins[0]:
        raise ReadError(
            _("“{name}” is empty. {safe}").format(name=path.name, safe=_SAFE),
            _("Copy or download the recording again."),
        )
    for begin in begins:
        _check_beginning(begin, path)
    file.seek(_DISC_AT)
    if file.read(5) == b"CD001":
        raise ReadError(
            _("“{name}” is the image of a disc, not a recording. {safe}").format(name=path.name, safe=_SAFE),
            _("Open it in your files, and add the recordings in it."),
        )


def _check_beginning(begin: bytes, path: Path) -> None:
    text = _as_text(begin)
    if text.lstrip().lower().startswith(_LIST_BEGINS):
        raise _a_playlist(path)
    if _is_packed(begin):
        raise ReadError(
            _("“{name}” is a packed file, not a recording. {safe}").format(name=path.name, safe=_SAFE),
            _("Unpack it, and add what is in it."),
        )
    if _IN_LISTS.search(text) and all(sign.isprintable() or sign in _TEXT_CONTROLS for sign in text):
        raise ReadError(
            _("“{name}” is a text that names other places, not a recording. {safe}").format(
                name=path.name, safe=_SAFE
            ),
            _("Choose a video or sound file."),
        )


def _beginnings(file: BinaryIO) -> Iterator[bytes]:
    """The first bytes of the file, and what stands behind the tags that libVLC passes over."""
    places = [0]
    for at in places:
        if len(places) > _MOST_TAGS:
            raise OSError(errno.EINVAL, _("there are too many tags before it"))
        file.seek(at)
        begin = file.read(_LOOKED_AT_BYTES)
        yield begin
        places += [at + size for size in _tag_bytes(begin) if at + size not in places]


def _tag_bytes(begin: bytes) -> tuple[int, ...]:
    """How long the ID3v2 or APE tag may be that stands there: with a second head or foot, or without."""
    if begin[:3] == b"ID3" and len(begin) >= 10:
        size = 0
        for byte in begin[6:10]:
            size = size << 7 | byte & 0x7F
        return (size + 10, size + 20) if begin[5] & 0x10 else (size + 10,)
    if begin[:8] == b"APETAGEX" and len(begin) >= 32:
        size = int.from_bytes(begin[12:16], "little")
        return size, size + 32
    return ()


def _is_packed(begin: bytes) -> bool:
    is_zlib = (
        len(begin) > 1 and begin[0] & 0x0F == 8 and begin[0] < 0x80 and (begin[0] << 8 | begin[1]) % 31 == 0
    )
    return is_zlib or begin.startswith(_PACKED_BEGINS) or begin[_TAR_AT : _TAR_AT + 5] == b"ustar"


def _as_text(begin: bytes) -> str:
    """The text that a file begins with, in UTF-8 or UTF-16; empty where it is none."""
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif len(begin) > 3 and not any(begin[1::2]):
        encoding = "utf-16-le"
    elif len(begin) > 3 and not any(begin[0::2]):
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig"
    for cut in range(4):  # the last character may be cut off
        try:
            return begin[: len(begin) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
    # Text of another encoding, or bytes: the beginning of a list is in ASCII in any.
    return begin[:32].decode("latin-1") if begin[:32].isascii() else ""


def _a_playlist(path: Path) -> ReadError:
    return ReadError(
        _("“{name}” is a list of recordings, not a recording. {safe}").format(name=path.name, safe=_SAFE),
        _("Add the recordings themselves."),
    )
