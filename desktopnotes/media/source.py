"""Whether a source may be given to a player at all; what libVLC would hang on or misuse is refused here."""

from __future__ import annotations

import stat
from pathlib import Path

from desktopnotes.model.errors import ReadError

PLAYLIST_SUFFIXES = frozenset(
    {".asx", ".cue", ".ifo", ".m3u", ".m3u8", ".mpd", ".pls", ".ram", ".strm", ".wpl", ".wvx", ".xspf"}
)
_LIST_BEGINS = (b"#extm3u", b"[playlist]", b"[reference]", b"<", b"rtsptext", b"http://", b"https://")
_SAFE = "The notes are safe."


def check_source(source: Path | str) -> None:
    """Raises `ReadError` unless it is an http(s) address (str) or an ordinary, readable, single media file.

    Only the file's kind, name and first bytes are looked at. A device never ends and a pipe hangs the
    player; a list of addresses, whatever its name, would make it ask the network.
    """
    if isinstance(source, str) and "://" in source:
        if source.partition("://")[0].lower() not in ("http", "https"):
            raise ReadError(
                f"“{source}” cannot be played. {_SAFE}", "Use an http or https address, or a file."
            )
        return
    path = Path(source)
    try:
        _check_kind(path)
        with path.open("rb") as file:
            begin = file.read(256)
    except FileNotFoundError:
        raise ReadError(f"“{path.name}” is not there. {_SAFE}", f"It was looked for at {path}.") from None
    except PermissionError:
        raise ReadError(f"“{path.name}” may not be read. {_SAFE}", "Ask for the right to read it.") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"“{path.name}” cannot be read: {error}. {_SAFE}") from None
    if not begin:
        raise ReadError(f"“{path.name}” is empty. {_SAFE}", "Copy or download the recording again.")
    text = begin.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    if text.startswith(_LIST_BEGINS):
        raise _a_playlist(path)


def _check_kind(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError(f"“{path.name}” is a folder, not a recording. {_SAFE}", "Choose a file inside it.")
    if not stat.S_ISREG(mode):
        raise ReadError(f"“{path.name}” is not an ordinary file. {_SAFE}", "Choose a video or sound file.")
    if path.suffix.lower() in PLAYLIST_SUFFIXES:
        raise _a_playlist(path)


def _a_playlist(path: Path) -> ReadError:
    return ReadError(
        f"“{path.name}” is a list of recordings, not a recording. {_SAFE}", "Add the recordings themselves."
    )
